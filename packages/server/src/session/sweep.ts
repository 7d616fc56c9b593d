import type { Sweep } from '../platform/jobs/index.ts'
import { removeBucketsBefore, removeDeadSessions } from './storage.ts'

const hour = 3_600_000

const forgetSessions: Sweep = {
  name: 'session.forget',
  everySeconds: 3600,
  run: async (app) => {
    const now = app.now()
    await removeDeadSessions(app.db, { now, idleSince: new Date(now.getTime() - 12 * hour) })
    // A day refills every bucket.
    await removeBucketsBefore(app.db, new Date(now.getTime() - 24 * hour))
  },
}

export const sweeps: readonly Sweep[] = [forgetSessions]
