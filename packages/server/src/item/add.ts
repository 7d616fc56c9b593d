import { previewInputs, type TaskSchema } from '@kasauti/catalog'
import type { Ctx } from '../platform/http/handler.ts'
import { addCounts } from './counts.ts'
import { indexWords } from './search-index.ts'
import { insertItems, reserveOrdinals } from './storage.ts'

const previewCodePoints = 400

/** Put a handful of read items into a project, at its end, counted and searchable. */
export async function addItems(
  ctx: Ctx,
  to: {
    projectId: string
    schema: TaskSchema
    /** Default: the project's own batch. */
    batchId?: string
    wanted: number
    items: readonly { key: string; inputs: Readonly<Record<string, unknown>> }[]
  },
): Promise<void> {
  const count = to.items.length
  if (count === 0) return
  const { projectId } = to
  const batchId = to.batchId ?? projectId
  const first = await reserveOrdinals(ctx.db, { projectId, count })
  const items = to.items.map((item, n) => ({
    ...item,
    itemId: ctx.app.newId(),
    eventId: ctx.app.newId(),
    ordinal: first + n,
    preview: previewInputs(to.schema, item.inputs, previewCodePoints),
  }))
  await insertItems(ctx.db, {
    projectId,
    batchId,
    wanted: to.wanted,
    by: ctx.caller.userId,
    now: ctx.now,
    items,
  })
  await indexWords(
    ctx.db,
    projectId,
    items.map(({ itemId, ...item }) => ({ ...item, item_id: itemId })),
  )
  const none = {
    annotated: 0,
    returned: 0,
    accepted: 0,
    skipped: 0,
    annotations: 0,
    reviews: 0,
    done: 0,
    byReview: 0,
    byAdjudicate: 0,
    byAudit: 0,
  }
  await addCounts(ctx.db, {
    projectId,
    batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: { ...none, items: count, open: count, wanted: count * to.wanted },
    days: [],
  })
}
