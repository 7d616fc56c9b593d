import type { App } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/job.ts'
import { expireLeases, findProjectsWithExpired } from './storage.ts'

const atOnce = 200

/** End the leases of a project that ran out. @returns how many were ended */
export async function sweepLeases(app: App, projectId: string): Promise<number> {
  let ended = 0
  for (;;) {
    const eventIds = Array.from({ length: atOnce }, () => app.newId())
    const rows = await expireLeases(app.db, { projectId, now: app.now(), eventIds })
    ended += rows.length
    if (rows.length < atOnce) break
  }
  if (ended > 0) app.announce({ kind: 'project.changed', projectId })
  return ended
}

/** Leases end at most a minute late. */
export const leaseSweep: Sweep = {
  name: 'leases',
  everySeconds: 60,
  run: async (app) => {
    for (const projectId of await findProjectsWithExpired(app.db, app.now()))
      await sweepLeases(app, projectId)
  },
}
