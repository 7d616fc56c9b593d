import { batchMoveAtOnce, type Input, ItemFilter, type Output } from '@kasauti/contract'
import { isClosed, KasautiError } from '@kasauti/core'
import { findByKeys, readFilter } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { startJob } from '../platform/jobs/index.ts'
import { audit } from '../system/index.ts'
import { moveItemsKind } from './job.ts'
import { moveChunk, tellMoved } from './move-items.ts'
import { insertMove } from './move-storage.ts'
import { lockBatch } from './write-storage.ts'

type At = { readonly projectId: string; readonly batchId: string }
type Selection = Input<'batch.addItems'>['body']
const missingTold = 100

/** Moves a handful at once and leaves more to a job. Throws `batch/not-found`, `batch/closed`, `item/filter-invalid`. */
export async function addToBatch(
  ctx: Ctx,
  at: At,
  selection: Selection,
): Promise<Output<'batch.addItems'>> {
  const batch = await lockBatch(ctx.db, at, 'share')
  if (!batch) throw new KasautiError('batch/not-found')
  if (isClosed(batch.state)) throw new KasautiError('batch/closed')
  if ('itemIds' in selection) return moveNow(ctx, at, { itemIds: selection.itemIds, missing: [] })
  if ('filter' in selection) {
    readFilter(selection.filter)
    return later(ctx, at, {
      title: batch.name,
      selection: { filter: ItemFilter.encode(selection.filter) },
    })
  }
  const keys = [...new Set(selection.keys)]
  if (keys.length > batchMoveAtOnce)
    return later(ctx, at, { title: batch.name, total: keys.length, selection: { keys } })
  const found = await findByKeys(ctx.db, { projectId: at.projectId, keys })
  const known = new Set(found.map((item) => item.key))
  const missing = keys.filter((key) => !known.has(key)).slice(0, missingTold)
  return moveNow(ctx, at, { itemIds: found.map((item) => item.item_id), missing })
}

async function moveNow(
  ctx: Ctx,
  at: At,
  o: { readonly itemIds: readonly string[]; readonly missing: string[] },
): Promise<Output<'batch.addItems'>> {
  const { app, db } = ctx
  const move = { ...at, by: ctx.caller.userId, movedAt: ctx.now }
  const sources = await moveChunk(db, app, { ...move, itemIds: o.itemIds })
  await tellMoved(db, app, { ...move, sources })
  ctx.afterCommit(() => {
    app.announce({ kind: 'item.changed', projectId: at.projectId })
    app.announce({ kind: 'project.changed', projectId: at.projectId })
  })
  return { moved: [...sources.values()].reduce((a, b) => a + b, 0), missing: o.missing }
}

async function later(
  ctx: Ctx,
  at: At,
  o: { readonly title: string; readonly total?: number; readonly selection: unknown },
): Promise<Output<'batch.addItems'>> {
  const { projectId, batchId } = at
  const by = ctx.caller.userId
  const jobId = await startJob(ctx.db, ctx.app, {
    projectId,
    kind: moveItemsKind,
    title: o.title,
    createdBy: by,
    unit: 'items',
    ...(o.total === undefined ? {} : { total: o.total }),
  })
  await insertMove(ctx.db, { projectId, batchId, jobId, selection: o.selection, by })
  await audit(ctx.db, ctx, 'batch.items-moved', { batchId, jobId })
  return { moved: 0, missing: [], jobId }
}
