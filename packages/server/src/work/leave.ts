/** Ways to put an assignment down without answers: skip, release; and to take it up again: reopen. */
import { deferredUntil, KasautiError, leaseUntil } from '@kasauti/core'
import { keepBeats } from '../activity/index.ts'
import { type LockedAnnotation, lockAnnotation, setReviewer } from '../annotation/index.ts'
import { answerGold, meetsGold } from '../gold/index.ts'
import {
  addCounts,
  addDays,
  countDelta,
  type EventKind,
  insertEvent,
  slotsOf,
  type Tally,
  writeTally,
} from '../item/index.ts'
import { storableText } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { dropPlaces } from '../workflow/index.ts'
import { reopenFrom } from './policy.ts'
import { type Act, lockMine, resume, type Work } from './resume.ts'
import { settled } from './settled.ts'
import { countSkips, endAssignment, isAudited, leaseAgain, setHolder } from './storage.ts'
import { tellNobodyLeft } from './stranded.ts'

type Skip = Act & { readonly reason: string; readonly note: string }

export async function skip(ctx: Ctx, act: Skip): Promise<void> {
  const resumed = await resume(ctx, act)
  const { row, item } = resumed
  const { consequence } = reasonOf(act, resumed)
  if (row.stage !== 'review' && row.annotation_id)
    // Returned work and a decision gone back to are this person's to finish: nobody else could.
    throw new KasautiError('assignment/wrong-state')
  if (consequence === 'me-later' && row.purpose !== 'exam') return putBy(ctx, act, resumed)
  const work = await settled(ctx, act, { work: resumed, outcome: 'put-down' })
  if (row.stage !== 'annotate') return skipLater(ctx, act, work)
  if (row.purpose !== 'work') return skipGold(ctx, act, work)
  const { projectId } = act
  const { itemId, batchId, tally: t } = item
  const skips = 1 + (await countSkips(ctx.db, { ...act, itemId }))
  const withdrawn = t.withdrawn || consequence === 'out' || skips > t.wanted
  await end(ctx, act, { work, state: 'skipped' })
  const kind = withdrawn && !t.withdrawn ? 'taken-out' : 'skipped'
  await tell(ctx, { projectId, itemId, kind, note: skipNote(act) })
  await settle(ctx, act, { work, tally: { ...t, leased: t.leased - 1, withdrawn }, skipped: 1 })
  await dropPlaces(ctx.app, ctx.db, { projectId, itemIds: [itemId], by: ctx.caller.userId })
  if (!withdrawn) await tellNobodyLeft(ctx.db, ctx.app, { projectId, batchId, itemId })
}

/** Put by for its person: kept a day, handed to them again when there is nothing else, or tomorrow. Its time is settled at its end. */
async function putBy(ctx: Ctx, act: Skip, work: Work): Promise<void> {
  await keepBeats(ctx, act)
  await end(ctx, act, { work, state: 'deferred', until: deferredUntil(ctx.now) })
  const { projectId } = act
  await tell(ctx, { projectId, itemId: work.item.itemId, kind: 'deferred', note: skipNote(act) })
}

/** Seen by its person as any other skip; of an exam, it is an answer that is not right. */
async function skipGold(ctx: Ctx, act: Skip, work: Work) {
  const { projectId } = act
  const { itemId } = work.item
  await tell(ctx, { ...act, itemId, kind: 'skipped', note: skipNote(act) })
  if (work.row.purpose === 'exam') {
    await answerGold(ctx, {
      projectId,
      assignmentId: act.assignmentId,
      itemId,
      schemaVersion: work.row.schema_version,
      inputs: work.row.inputs,
      activeMs: work.row.active_ms,
      sittingId: work.row.sitting_id,
      answers: {},
      passedOver: 'yes',
    })
    return
  }
  await end(ctx, act, { work, state: 'skipped' })
  const day = { userId: ctx.caller.userId, skipped: 1, activeMs: work.row.active_ms }
  await addDays(ctx.db, { projectId, now: ctx.now, days: [day] })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
}

const skipNote = (act: { reason: string; note: string }): string =>
  act.note ? `${act.reason}: ${act.note}` : act.reason

const tell = (
  ctx: Ctx,
  e: { projectId: string; itemId: string; kind: EventKind; note?: string | undefined },
): Promise<void> =>
  insertEvent(ctx.db, {
    projectId: e.projectId,
    itemId: e.itemId,
    eventId: ctx.app.newId(),
    kind: e.kind,
    userId: ctx.caller.userId,
    note: e.note,
    at: ctx.now,
  })

function reasonOf(act: { reason: string }, work: Work) {
  const reason = work.row.skip_reasons.find((r) => r.id === act.reason)
  if (reason) return reason
  throw new KasautiError('request/invalid', undefined, {
    problems: [{ path: 'reason', message: 'not one of the skip reasons of this project' }],
  })
}

/** Somebody else checks or decides it. */
async function skipLater(ctx: Ctx, act: Skip, work: Work): Promise<void> {
  await letGo(ctx, act.projectId, work)
  await end(ctx, act, { work, state: 'skipped' })
  if (work.row.stage === 'review') return
  const { projectId } = act
  await tell(ctx, { projectId, itemId: work.item.itemId, kind: 'skipped', note: skipNote(act) })
}

export async function release(ctx: Ctx, act: Act): Promise<void> {
  const work = await lockMine(ctx, act)
  const { state } = work.row
  if (state !== 'leased' && state !== 'deferred' && state !== 'assigned')
    throw new KasautiError('assignment/wrong-state')
  await giveBack(ctx, act.projectId, { work, note: undefined })
}

/**
 * An assignment under lock with its item goes back: its place is free again, or, of work that was handed in
 * once, it is returned or submitted as before. Whoever does it stands in the item's history.
 */
export async function giveBack(
  ctx: Ctx,
  projectId: string,
  { work, note }: { work: Work; note: string | undefined },
): Promise<void> {
  const { row, item } = work
  const act = { projectId, assignmentId: row.assignment_id, activeMs: row.active_ms }
  const annotation = await letGo(ctx, projectId, work)
  if (row.purpose !== 'work') {
    await end(ctx, act, { work, state: row.annotation_id ? 'submitted' : 'released' })
    if (!row.annotation_id)
      await tell(ctx, { projectId, itemId: item.itemId, kind: 'released', note })
    return
  }
  if (row.stage !== 'review' && annotation) {
    const state = annotation.state === 'returned' ? 'returned' : 'submitted'
    return end(ctx, act, { work, state })
  }
  await end(ctx, act, { work, state: 'released' })
  if (row.stage === 'annotate') {
    const tally = { ...item.tally, leased: item.tally.leased - 1 }
    await writeTally(ctx.db, { projectId, itemId: item.itemId, tally })
    await dropPlaces(ctx.app, ctx.db, {
      projectId,
      itemIds: [item.itemId],
      by: ctx.caller.userId,
    })
  }
  await tell(ctx, { projectId, itemId: item.itemId, kind: 'released', note })
}

/** What the assignment holds, no longer in its hands. @returns its annotation, if it has one */
async function letGo(
  ctx: Ctx,
  projectId: string,
  { row, item }: Work,
): Promise<LockedAnnotation | undefined> {
  const { assignment_id: assignmentId } = row
  if (item.heldBy === assignmentId)
    await setHolder(ctx.db, { projectId, itemId: item.itemId, assignmentId: null })
  if (!row.annotation_id || row.purpose !== 'work') return undefined
  const at = { projectId, annotationId: row.annotation_id }
  const annotation = await lockAnnotation(ctx.db, at)
  if (annotation?.review_assignment_id === assignmentId)
    await setReviewer(ctx.db, { ...at, assignmentId: null })
  return annotation
}

/** Go back to what this person submitted or skipped, as long as nobody builds on it. */
export async function reopen(ctx: Ctx, act: Act): Promise<void> {
  const work = await lockMine(ctx, act)
  if (work.item.tally.removed) throw new KasautiError('assignment/wrong-state')
  if (work.row.stage === 'adjudicate') await reopenDecision(ctx, act, work)
  else if (work.row.stage !== 'annotate') throw new KasautiError('assignment/wrong-state')
  else refuseLate(ctx, work)
  if (
    work.row.stage === 'adjudicate' ||
    work.row.purpose === 'gold' ||
    work.row.state === 'deferred'
  ) {
    // Nothing else holds it.
  } else if (work.row.state === 'submitted') await reopenSubmitted(ctx, act, work)
  else if (work.row.state === 'skipped') await reopenSkipped(ctx, act, work)
  else throw new KasautiError('assignment/wrong-state')
  await leaseAgain(ctx.db, {
    ...act,
    leaseExpiresAt: leaseUntil(ctx.now),
    clock: work.row.state === 'deferred' ? 'keep' : ctx.now,
  })
  await insertEvent(ctx.db, {
    projectId: act.projectId,
    itemId: work.item.itemId,
    eventId: ctx.app.newId(),
    kind: 'reopened',
    userId: ctx.caller.userId,
    at: ctx.now,
  })
}

/** Where hidden gold stands in the work, all that was handed in stays open as long, and no skip does. */
function refuseLate(ctx: Ctx, { row }: Work): void {
  const { purpose, state, finished_at: at } = row
  const blind = meetsGold({ hidden: row.hidden_gold, roles: ctx.access.roles })
  if (state === 'deferred' || (purpose === 'work' && !blind)) return
  if (
    purpose !== 'training' &&
    purpose !== 'exam' &&
    state === 'submitted' &&
    at &&
    at > reopenFrom(ctx.now)
  )
    return
  throw new KasautiError('assignment/wrong-state')
}

/** A decision stays open to who made it until an auditor is at it or was. */
async function reopenDecision(ctx: Ctx, act: Act, { row, item }: Work): Promise<void> {
  const { projectId } = act
  const { itemId } = item
  if (row.state !== 'submitted' || item.heldBy || !item.tally.decided)
    throw new KasautiError('assignment/wrong-state')
  if (await isAudited(ctx.db, { projectId, annotationId: row.annotation_id ?? '' }))
    throw new KasautiError('assignment/wrong-state')
  await setHolder(ctx.db, { projectId, itemId, assignmentId: act.assignmentId })
}

async function reopenSubmitted(ctx: Ctx, act: Act, work: Work): Promise<void> {
  // Somebody decides on it or has, and has not seen what would come of it.
  if (work.item.heldBy || work.item.tally.decided) throw new KasautiError('assignment/wrong-state')
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
  o: {
    work: Work
    state: 'submitted' | 'skipped' | 'released' | 'returned' | 'deferred'
    until?: Date
  },
): Promise<void> =>
  endAssignment(ctx.db, {
    projectId: act.projectId,
    assignmentId: act.assignmentId,
    state: o.state,
    activeMs: o.work.row.active_ms,
    now: ctx.now,
    ...(o.until ? { until: o.until } : {}),
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
