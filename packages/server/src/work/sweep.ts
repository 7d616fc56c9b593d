import type { App } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/job.ts'
import { expireLeases, findProjectsWithExpired } from './storage.ts'
import { findBatchesWithFreed, tellNobodyLeft } from './stranded.ts'

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

/** Places given back that nobody is left for are told to the leads. */
export const strandedSweep: Sweep = {
  name: 'stranded items',
  everySeconds: 60,
  run: async (app) => {
    for (const { project_id: projectId, batch_id: batchId } of await findBatchesWithFreed(app.db))
      await app.db.transaction().execute((trx) => tellNobodyLeft(trx, app, { projectId, batchId }))
  },
}
