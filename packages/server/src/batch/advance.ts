/** From state to state. Delivering makes the delivery in the same transaction. */
import type { Input } from '@kasauti/contract'
import { type CriterionCheck, criteriaMet, KasautiError, moveBatch, stageOf } from '@kasauti/core'
import { createDelivery } from '../delivery/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { audit } from '../system/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import { ownStates } from './presenter.ts'
import { findProjectStanding } from './storage.ts'
import { insertBatchEvent, lockBatch, setBatchState } from './write-storage.ts'

type At = { readonly projectId: string; readonly batchId: string }
type Wish = Input<'batch.move'>['body'] & { readonly checks: readonly CriterionCheck[] }

/** @returns the delivery's id if one was made. Throws `batch/wrong-state`, `batch/everything-else`, `batch/criteria-unmet`, `delivery/empty`. */
export async function advanceBatch(ctx: Ctx, at: At, wish: Wish): Promise<string | undefined> {
  const batch = await lockBatch(ctx.db, at, 'change')
  if (!batch) throw new KasautiError('batch/not-found')
  if (batch.state === wish.to) return undefined
  if (at.batchId === at.projectId && !ownStates.includes(wish.to))
    throw new KasautiError('batch/everything-else')
  const moved = moveBatch(batch.state, wish.to)
  if (!moved.ok)
    throw new KasautiError(moved.error, `From ${batch.state} it cannot become ${wish.to}.`)
  // Back from accepted or rejected: its delivery was made when it was delivered.
  const delivers = wish.to === 'delivered' && !['accepted', 'rejected'].includes(batch.state)
  const unmet = delivers && !criteriaMet(wish.checks)
  if (unmet && wish.despite === undefined)
    throw new KasautiError('batch/criteria-unmet', undefined, { extra: { checks: wish.checks } })
  const deliveryId = delivers
    ? await deliver(ctx, at, { ...wish, batchName: batch.name })
    : undefined
  await setBatchState(ctx.db, { ...at, state: wish.to, now: ctx.now })
  await insertBatchEvent(ctx.db, {
    ...at,
    eventId: ctx.app.newId(),
    kind: wish.to,
    by: ctx.caller.userId,
    now: ctx.now,
    note: [wish.note, unmet ? wish.despite : undefined].filter(Boolean).join(' · '),
    detail: unmet ? { despite: true } : {},
  })
  await audit(ctx.db, ctx, 'batch.moved', {
    batchId: at.batchId,
    from: batch.state,
    to: wish.to,
    ...(unmet && wish.despite !== undefined ? { despite: wish.despite } : {}),
  })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId: at.projectId }))
  return deliveryId
}

async function deliver(ctx: Ctx, at: At, wish: Wish & { batchName: string }): Promise<string> {
  const { projectId, batchId } = at
  return createDelivery(ctx, {
    projectId,
    batchId,
    name: wish.delivery?.name ?? wish.batchName,
    formats: wish.delivery?.formats ?? ['jsonl'],
    states: wish.delivery?.states ?? (await finishedStates(ctx, projectId)),
  })
}

/** Where nobody reviews, what is annotated is as finished as it gets. */
async function finishedStates(ctx: Ctx, projectId: string) {
  const project = await findProjectStanding(ctx.db, projectId)
  const version = project?.workflow_version ?? 1
  const workflow = await loadWorkflow(ctx.app, ctx.db, { projectId, version })
  return stageOf(workflow, 'review')
    ? (['accepted'] as const)
    : (['accepted', 'annotated'] as const)
}
