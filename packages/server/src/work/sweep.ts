import type { App, Db } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/job.ts'
import { dropPlaces } from '../workflow/index.ts'
import { type Expired, expireLeases, findProjectsWithExpired } from './storage.ts'
import { findBatchesWithFreed, tellNobodyLeft } from './stranded.ts'

const atOnce = 200

/** End the leases of a project that ran out. @returns how many were ended */
export async function sweepLeases(app: App, projectId: string): Promise<number> {
  let ended = 0
  for (;;) {
    const rows = await app.db.transaction().execute((trx) => expire(app, trx, projectId))
    ended += rows.length
    if (rows.length < atOnce) break
  }
  if (ended > 0) app.announce({ kind: 'project.changed', projectId })
  return ended
}

async function expire(app: App, db: Db, projectId: string): Promise<readonly Expired[]> {
  const eventIds = Array.from({ length: atOnce }, () => app.newId())
  const rows = await expireLeases(db, { projectId, now: app.now(), eventIds })
  const places = rows.filter((row) => row.stage === 'annotate')
  const [first] = places
  if (first) {
    const itemIds = places.map((row) => row.item_id)
    await dropPlaces(app, db, { projectId, itemIds, by: first.user_id })
  }
  return rows
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
