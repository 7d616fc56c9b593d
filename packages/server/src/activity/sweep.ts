import type { App } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/index.ts'
import { findAllProjects, removeBeatsBefore } from './storage.ts'

/** Beats are kept for so long: to look into a time that somebody doubts. */
const beatDays = 30
const atOnce = 5000

/** Forget beats older than `beatDays`. @returns how many */
export async function forgetBeats(app: App): Promise<number> {
  const before = new Date(app.now().getTime() - beatDays * 86_400_000)
  let forgotten = 0
  for (const projectId of await findAllProjects(app.db)) {
    for (;;) {
      const n = await removeBeatsBefore(app.db, { projectId, before, atMost: atOnce })
      forgotten += n
      if (n < atOnce) break
    }
  }
  return forgotten
}

export const sweeps: readonly Sweep[] = [
  {
    name: 'activity.forget',
    everySeconds: 3600,
    run: async (app) => {
      await forgetBeats(app)
    },
  },
]
