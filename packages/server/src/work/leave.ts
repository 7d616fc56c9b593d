/** Ways to put an assignment down without answers: skip, release; and to take it up again: reopen. */
import { KasautiError, leaseUntil } from '@kasauti/core'
import { type LockedAnnotation, lockAnnotation, setReviewer } from '../annotation/index.ts'
import {
  addCounts,
  countDelta,
  insertEvent,
  slotsOf,
  type Tally,
  writeTally,
} from '../item/index.ts'
import { storableText } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { type Act, lockMine, resume, type Work } from './resume.ts'
import { countSkips, endAssignment, leaseAgain } from './storage.ts'

export async function skip(ctx: Ctx, act: Act & { reason: string; note: string }): Promise<void> {
  const work = await resume(ctx, act)
  if (work.row.stage === 'review') return skipReview(ctx, act, work)
  // Returned work is this person's to finish: nobody else could.
  if (work.row.annotation_id) throw new KasautiError('assignment/wrong-state')
  checkReason(act, work)
  const skips = 1 + (await countSkips(ctx.db, { ...act, itemId: work.item.itemId }))
  const t = work.item.tally
  const tally = {
    ...t,
    leased: t.leased - 1,
    withdrawn: t.withdrawn || skips > t.wanted,
  }
  await end(ctx, act, { work, state: 'skipped' })
  await insertEvent(ctx.db, {
    projectId: act.projectId,
    itemId: work.item.itemId,
    eventId: ctx.app.newId(),
    kind: 'skipped',
    userId: ctx.caller.userId,
    note: act.note ? `${act.reason}: ${act.note}` : act.reason,
    at: ctx.now,
  })
  await settle(ctx, act, { work, tally, skipped: 1 })
}

function checkReason(act: { reason: string }, work: Work): void {
  if (work.row.skip_reasons.some((r) => r.id === act.reason)) return
  throw new KasautiError('request/invalid', undefined, {
    problems: [{ path: 'reason', message: 'not one of the skip reasons of this project' }],
  })
}

async function skipReview(ctx: Ctx, act: Act & { reason: string; note: string }, work: Work) {
  checkReason(act, work)
  await letGo(ctx, act, work)
  await end(ctx, act, { work, state: 'skipped' })
}

export async function release(ctx: Ctx, act: Act): Promise<void> {
  const work = await lockMine(ctx, act)
  const { row, item } = work
  if (row.state !== 'leased') throw new KasautiError('assignment/wrong-state')
  const annotation = await letGo(ctx, act, work)
  if (row.stage === 'annotate' && annotation) {
    const state = annotation.state === 'returned' ? 'returned' : 'submitted'
    return end(ctx, act, { work, state })
  }
  await end(ctx, act, { work, state: 'released' })
  if (row.stage === 'review') return
  const tally = { ...item.tally, leased: item.tally.leased - 1 }
  await writeTally(ctx.db, { projectId: act.projectId, itemId: item.itemId, tally })
  await insertEvent(ctx.db, {
    projectId: act.projectId,
    itemId: item.itemId,
    eventId: ctx.app.newId(),
    kind: 'released',
    userId: ctx.caller.userId,
    at: ctx.now,
  })
}

/** The annotation of the assignment, no longer in this assignment's hands. */
async function letGo(ctx: Ctx, act: Act, work: Work): Promise<LockedAnnotation | undefined> {
  if (!work.row.annotation_id) return undefined
  const at = { projectId: act.projectId, annotationId: work.row.annotation_id }
  const annotation = await lockAnnotation(ctx.db, at)
  if (annotation?.review_assignment_id === act.assignmentId)
    await setReviewer(ctx.db, { ...at, assignmentId: null })
  return annotation
}

/** Go back to what this person submitted or skipped, as long as nobody builds on it. */
export async function reopen(ctx: Ctx, act: Act): Promise<void> {
  const work = await lockMine(ctx, act)
  if (work.row.stage !== 'annotate' || work.item.tally.removed)
    throw new KasautiError('assignment/wrong-state')
  if (work.row.state === 'submitted') await reopenSubmitted(ctx, act, work)
  else if (work.row.state === 'skipped') await reopenSkipped(ctx, act, work)
  else throw new KasautiError('assignment/wrong-state')
  await leaseAgain(ctx.db, { ...act, leaseExpiresAt: leaseUntil(ctx.now), clock: ctx.now })
  await insertEvent(ctx.db, {
    projectId: act.projectId,
    itemId: work.item.itemId,
    eventId: ctx.app.newId(),
    kind: 'reopened',
    userId: ctx.caller.userId,
    at: ctx.now,
  })
}

async function reopenSubmitted(ctx: Ctx, act: Act, work: Work): Promise<void> {
  const at = { projectId: act.projectId, annotationId: work.row.annotation_id ?? '' }
  const annotation = await lockAnnotation(ctx.db, at)
  if (annotation?.state !== 'submitted' || annotation.review_assignment_id)
    throw new KasautiError('assignment/wrong-state')
  // In its author's hands: no reviewer is given it meanwhile.
  await setReviewer(ctx.db, { ...at, assignmentId: act.assignmentId })
}

async function reopenSkipped(ctx: Ctx, act: Act, work: Work): Promise<void> {
  const open = { ...work.item.tally, withdrawn: false }
  if (slotsOf(open) === 0) throw new KasautiError('assignment/wrong-state')
  const tally = { ...open, leased: open.leased + 1 }
  await settle(ctx, act, { work, tally, skipped: -1 })
}

const end = (
  ctx: Ctx,
  act: Act & { reason?: string; note?: string },
  o: { work: Work; state: 'submitted' | 'skipped' | 'released' | 'returned' },
): Promise<void> =>
  endAssignment(ctx.db, {
    projectId: act.projectId,
    assignmentId: act.assignmentId,
    state: o.state,
    activeMs: o.work.row.active_ms,
    now: ctx.now,
    ...(act.reason ? { skip: { reason: act.reason, note: storableText(act.note ?? '') } } : {}),
  })

async function settle(
  ctx: Ctx,
  act: Act,
  o: { work: Work; tally: Tally; skipped: number },
): Promise<void> {
  const { projectId } = act
  const { itemId } = o.work.item
  await writeTally(ctx.db, { projectId, itemId, tally: o.tally, touched: ctx.now })
  await addCounts(ctx.db, {
    projectId,
    batchId: o.work.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(o.work.item.tally, o.tally),
    days: [
      {
        userId: ctx.caller.userId,
        skipped: o.skipped,
        activeMs: Math.max(0, o.skipped) * o.work.row.active_ms,
      },
    ],
  })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
}
