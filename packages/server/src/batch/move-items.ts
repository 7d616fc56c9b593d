/** Items from batch to batch, a chunk at a time; each chunk is whole or not at all. */
import { isClosed, KasautiError } from '@kasauti/core'
import { shardOf } from '../item/index.ts'
import type { App, Db } from '../platform/app.ts'
import { rewindQueues } from '../work/index.ts'
import { hasMarked, lockMovable, moveCounts, moveLocked, unmark } from './move-storage.ts'
import { insertBatchEvent, lockBatch } from './write-storage.ts'

export type Move = {
  readonly projectId: string
  readonly batchId: string
  readonly by: string
  /** When the whole move began: the mark of its places. */
  readonly movedAt: Date
}

/** Moves those of the items that can be moved. @returns by source batch how many. Throws `batch/not-found`, `batch/closed`. */
export async function moveChunk(
  db: Db,
  app: App,
  move: Move & { readonly itemIds: readonly string[] },
): Promise<ReadonlyMap<string, number>> {
  const target = await lockBatch(db, move, 'share')
  if (!target) throw new KasautiError('batch/not-found')
  if (isClosed(target.state)) throw new KasautiError('batch/closed')
  const from = await lockMovable(db, move)
  const sources = new Map<string, number>()
  if (from.length === 0) return sources
  for (const { batch_id } of from) sources.set(batch_id, (sources.get(batch_id) ?? 0) + 1)
  const itemIds = from.map((item) => item.item_id)
  await moveLocked(db, { ...move, itemIds, note: target.name, now: app.now() })
  await moveCounts(db, { ...move, from, shard: shardOf(move.by) })
  return sources
}

/**
 * After a long move, everybody looks through the batch from the start again and the marks go: what was
 * moved stands in the project's order, and nobody looks at it again and again. Marked until then, it is
 * found all the while. A short move leaves its marks.
 */
export async function intoOrder(app: App, move: Move): Promise<void> {
  if (!(await hasMarked(app.db, move))) return
  await rewindQueues(app, { projectId: move.projectId, batchId: move.batchId })
  while (await unmark(app.db, move)) app.log.debug({ batchId: move.batchId }, 'moved into order')
}

/** What came and what went, into the batches' histories. */
export async function tellMoved(
  db: Db,
  app: App,
  move: Move & { readonly sources: ReadonlyMap<string, number> },
): Promise<void> {
  const now = app.now()
  const event = { projectId: move.projectId, by: move.by, now }
  let all = 0
  for (const [batchId, items] of move.sources) {
    all += items
    const eventId = app.newId()
    await insertBatchEvent(db, { ...event, batchId, eventId, kind: 'items-out', detail: { items } })
  }
  if (all === 0) return
  const eventId = app.newId()
  const { batchId } = move
  await insertBatchEvent(db, {
    ...event,
    batchId,
    eventId,
    kind: 'items-in',
    detail: { items: all },
  })
}

export const addUp = (
  into: Map<string, number>,
  more: ReadonlyMap<string, number>,
): Map<string, number> => {
  for (const [batchId, n] of more) into.set(batchId, (into.get(batchId) ?? 0) + n)
  return into
}
