import type { ItemState } from '@kasauti/core'
import { KasautiError } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { startJob } from '../platform/jobs/index.ts'
import { audit } from '../system/index.ts'
import { deliveryKind } from './job.ts'
import { type DeliveryFormat, hasBatch, hasItemsIn, insertDelivery } from './storage.ts'

/**
 * Records a delivery of a project's items in some states, or of one batch alone, and queues its job.
 * @returns its id. Throws `delivery/empty`, `batch/not-found`.
 */
export async function createDelivery(
  ctx: Ctx,
  wish: {
    readonly projectId: string
    readonly name: string
    readonly formats: readonly DeliveryFormat[]
    readonly states: readonly ItemState[]
    readonly batchId?: string | undefined
    readonly answers?: 'all' | 'final' | undefined
  },
): Promise<string> {
  const { app, db } = ctx
  const { projectId, batchId, name } = wish
  const states = [...new Set(wish.states)]
  if (batchId !== undefined && !(await hasBatch(db, { projectId, batchId })))
    throw new KasautiError('batch/not-found')
  if (!(await hasItemsIn(db, { projectId, states, batchId })))
    throw new KasautiError('delivery/empty', 'No item is in these states.')
  const deliveryId = app.newId()
  const createdBy = ctx.caller.userId
  const jobId = await startJob(db, app, {
    projectId,
    kind: deliveryKind,
    title: name,
    createdBy,
    unit: 'items',
  })
  await insertDelivery(db, {
    projectId,
    deliveryId,
    jobId,
    batchId,
    answers: wish.answers ?? 'all',
    name,
    formats: [...new Set(wish.formats)],
    states,
    createdBy,
    now: ctx.now,
  })
  await audit(db, ctx, 'delivery.created', { deliveryId, name })
  ctx.afterCommit(() => app.announce({ kind: 'delivery.changed', projectId }))
  return deliveryId
}
