/** A project's order of handing out changed, or items came in before where people stand. */
import { type QueueOrder, rankOf, rankPerPerson } from '@kasauti/core'
import { sql } from 'kysely'
import type { App, Db } from '../platform/app.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { startJob } from '../platform/jobs/index.ts'
import type { JobKind } from '../platform/jobs/job.ts'
import { lockPerson } from './queue-storage.ts'

const atOnce = 2000
const kind = 'reorder'

type Ranked = {
  readonly item_id: string
  readonly ordinal: number
  readonly uncertainty: number | null
}
type Order = {
  readonly queue_order: QueueOrder
  readonly seed: number
  readonly name: string
  readonly items: number
}

async function findOrder(db: Db, projectId: string): Promise<Order | undefined> {
  const { rows } = await sql<Order>`
    select p.settings->'queue'->>'order' as queue_order, p.seed, p.name, p.next_ordinal - 1 as items
    from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]
}

async function findRanked(db: Db, at: { projectId: string; after: number }): Promise<Ranked[]> {
  const { rows } = await sql<Ranked>`
    select i.item_id, i.ordinal, i.uncertainty from items i
    where i.project_id = ${at.projectId} and i.ordinal > ${at.after}
    order by i.ordinal limit ${atOnce}`.execute(db)
  return rows
}

/** `perPerson` is added for everybody who has or had the item, as it stands when it is written. */
async function setRanks(
  db: Db,
  at: {
    projectId: string
    itemIds: readonly string[]
    ranks: readonly number[]
    perPerson: number
  },
): Promise<void> {
  await sql`
    update items i set rank = g.rank + (i.leased + i.annotations) * ${at.perPerson}::bigint
    from unnest(${at.itemIds}::uuid[], ${at.ranks}::bigint[]) as g (item_id, rank)
    where i.project_id = ${at.projectId} and i.item_id = g.item_id`.execute(db)
}

/** Who has a place in the queue, and who may be getting one at this moment. */
async function findPlaced(db: Db, at: { projectId: string; batchId?: string }): Promise<string[]> {
  const inBatch = at.batchId === undefined ? sql`` : sql`and q.batch_id = ${at.batchId}`
  const { rows } = await sql<{ user_id: string }>`
    select m.user_id from members m where m.project_id = ${at.projectId}
    union
    select q.user_id from queue_positions q where q.project_id = ${at.projectId} ${inBatch}`.execute(
    db,
  )
  return rows.map((row) => row.user_id)
}

async function forgetPosition(
  db: Db,
  at: { projectId: string; userId: string; batchId?: string },
): Promise<void> {
  const inBatch = at.batchId === undefined ? sql`` : sql`and q.batch_id = ${at.batchId}`
  await sql`
    delete from queue_positions q
    where q.project_id = ${at.projectId} and q.user_id = ${at.userId} ${inBatch}`.execute(db)
}

/**
 * Everybody looks through the project, or one batch of it, from the start again: to be called after ranks
 * were changed or items were put in anywhere but at the end. Each person under their lock, so that no
 * claim that looked before writes its place afterwards.
 */
export async function rewindQueues(
  app: App,
  at: { projectId: string; batchId?: string },
): Promise<void> {
  for (const userId of await findPlaced(app.db, at))
    await app.db.transaction().execute(async (trx) => {
      await lockPerson(trx, userId)
      await forgetPosition(trx, { ...at, userId })
    })
}

/** Ranks all items of a project anew, in a job. */
export async function startReordering(ctx: Ctx, projectId: string): Promise<void> {
  const order = await findOrder(ctx.db, projectId)
  if (!order || order.items === 0) return
  await startJob(ctx.db, ctx.app, {
    projectId,
    kind,
    title: order.name,
    createdBy: ctx.caller.userId,
    unit: 'items',
    total: order.items,
  })
}

/** May run again from the start: ranks follow from the items alone. */
export const reordering: JobKind = {
  kind,
  async run({ app, projectId, signal, report }) {
    let done = 0
    for (let after = 0; !signal.aborted; ) {
      const order = await findOrder(app.db, projectId)
      const items = await findRanked(app.db, { projectId, after })
      if (!order || items.length === 0) break
      await setRanks(app.db, {
        projectId,
        itemIds: items.map((item) => item.item_id),
        ranks: items.map(({ ordinal, uncertainty }) =>
          rankOf(order.queue_order, {
            ordinal,
            seed: order.seed,
            uncertainty: uncertainty ?? undefined,
          }),
        ),
        perPerson: order.queue_order === 'least-labelled' ? rankPerPerson : 0,
      })
      after = items.at(-1)?.ordinal ?? after
      done += items.length
      report({ done, total: Math.max(done, order.items), unit: 'items' })
    }
    if (!signal.aborted) await rewindQueues(app, { projectId })
  },
}
