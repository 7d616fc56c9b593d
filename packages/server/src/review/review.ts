/** A verdict on one annotation: accepted, fixed by the reviewer, or returned with a note and marks. */
import {
  afterVerdict,
  type Decision,
  type ItemStanding,
  KasautiError,
  type Outcome,
  outcomeOf,
} from '@kasauti/core'
import {
  deleteFacets,
  insertRevision,
  type LockedAnnotation,
  lockAnnotation,
  revisionHash,
  setVerdict,
} from '../annotation/index.ts'
import { addCounts, countDelta, insertEvent, type Tally, writeTally } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import {
  type CheckedAnswers,
  checked,
  endAssignment,
  resume,
  settled,
  subjectOf,
  type Work,
} from '../work/index.ts'
import { carryOut, readStanding, type Subject, tallyAfter } from '../workflow/index.ts'
import { auditItem } from './audit.ts'
import type { Judgement } from './judgement.ts'
import { sendBack } from './send-back.ts'
import { insertReview } from './storage.ts'

/** Throws `review/note-required`, `review/own-work`, `answer/invalid`, `assignment/wrong-state` and more. */
export async function review(ctx: Ctx, act: Judgement) {
  if (act.verdict === 'returned' && act.note.trim() === '')
    throw new KasautiError('review/note-required')
  const resumed = await resume(ctx, act)
  if (resumed.row.stage === 'audit') return auditItem(ctx, act, resumed)
  const annotation = await underReview(ctx, act, resumed)
  const fixed = act.verdict === 'fixed' ? await fixOf(ctx, act, resumed) : undefined
  const work = await settled(ctx, act, { work: resumed, outcome: 'handled' })
  const judged = await judge(ctx, act, { work, annotation, fixed })
  const revision = fixed ? await fix(ctx, act, { ...judged, fixed }) : await leave(ctx, act, judged)
  await carryOut(ctx, judged.subject, {
    before: judged.before,
    decision: judged.decision,
    inHand: annotation.annotation_id,
  })
  await insertReview(ctx.db, {
    projectId: act.projectId,
    stage: 'review',
    marks: act.marks,
    reviewId: ctx.app.newId(),
    annotationId: annotation.annotation_id,
    itemId: work.item.itemId,
    ordinal: work.item.ordinal,
    assignmentId: act.assignmentId,
    revision,
    reviewerId: ctx.caller.userId,
    verdict: act.verdict,
    note: act.note,
    activeMs: work.row.active_ms,
    now: ctx.now,
  })
  await endAssignment(ctx.db, {
    ...act,
    state: 'submitted',
    activeMs: work.row.active_ms,
    now: ctx.now,
  })
  await sendBack(ctx, { projectId: act.projectId, work, annotation, outcome: judged.outcome })
  await count(ctx, act, judged)
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId: act.projectId })
    ctx.app.announce({ kind: 'project.changed', projectId: act.projectId })
  })
  return { annotationId: annotation.annotation_id, revision, verdict: act.verdict }
}

/** The annotation this assignment reviews, under lock and still to be judged by it. */
async function underReview(ctx: Ctx, act: Judgement, { row }: Work): Promise<LockedAnnotation> {
  if (row.stage !== 'review' || row.state !== 'leased' || !row.annotation_id)
    throw new KasautiError('assignment/wrong-state')
  const at = { projectId: act.projectId, annotationId: row.annotation_id }
  const annotation = await lockAnnotation(ctx.db, at)
  if (!annotation) throw new KasautiError('annotation/not-found')
  if (annotation.author_id === ctx.caller.userId) throw new KasautiError('review/own-work')
  if (annotation.state !== 'submitted' || annotation.review_assignment_id !== act.assignmentId)
    throw new KasautiError('assignment/wrong-state')
  return annotation
}

function fixOf(ctx: Ctx, act: Judgement, work: Work): Promise<CheckedAnswers> {
  if (!act.answers)
    throw new KasautiError('answer/invalid', undefined, {
      problems: [{ path: 'answers', message: 'a fix needs the answers as they should be' }],
    })
  return checked(ctx, { ...act, answers: act.answers }, work)
}

type Judged = {
  readonly work: Work
  readonly annotation: LockedAnnotation
  readonly subject: Subject
  readonly outcome: Outcome
  readonly before: ItemStanding
  readonly decision: Decision
  readonly tally: Tally
}

/** What the verdict makes of the annotation and its item. */
async function judge(
  ctx: Ctx,
  act: Judgement,
  o: Pick<Judged, 'work' | 'annotation'> & { fixed: CheckedAnswers | undefined },
): Promise<Judged> {
  const { work, annotation } = o
  const id = annotation.annotation_id
  const subject = await subjectOf(ctx, act.projectId, work)
  const before = await readStanding(ctx, subject, {
    id,
    authorId: annotation.author_id,
    state: 'submitted',
    due: annotation.due,
    accepts: annotation.accepts,
    returns: annotation.returns,
    answers: o.fixed?.canonical ?? annotation.answers,
  })
  const outcome = outcomeOf(subject.workflow, before, { annotation, verdict: act.verdict })
  const decision = afterVerdict(subject.workflow, before, { id, outcome })
  const tally = tallyAfter(work.item.tally, decision)
  return { work, annotation, subject, outcome, before, decision, tally }
}

/** The state an outcome leaves the annotation in. */
const stateOf = {
  'next-reviewer': 'submitted',
  accepted: 'accepted',
  author: 'returned',
  another: 'withdrawn',
  adjudicator: 'submitted',
} as const

/** The answers stand as they are. @returns the revision judged */
async function leave(ctx: Ctx, act: Judgement, o: Judged): Promise<number> {
  const { projectId } = act
  const { annotation, outcome, tally } = o
  const { itemId } = o.work.item
  const at = { projectId, annotationId: annotation.annotation_id }
  const accepted = act.verdict === 'accepted' ? 1 : 0
  await setVerdict(ctx.db, {
    ...at,
    state: stateOf[outcome.to],
    due: outcome.to === 'next-reviewer',
    accepts: annotation.accepts + accepted,
    returns: annotation.returns + 1 - accepted,
    now: ctx.now,
  })
  if (outcome.to === 'another') await deleteFacets(ctx.db, at)
  await writeTally(ctx.db, { projectId, itemId, tally, touched: ctx.now })
  await insertEvent(ctx.db, {
    projectId,
    itemId,
    eventId: ctx.app.newId(),
    kind: act.verdict,
    userId: ctx.caller.userId,
    note: act.note,
    at: ctx.now,
  })
  return annotation.revision
}

/** The reviewer's answers become a new revision. Their time is the review's, not the annotation's. */
async function fix(
  ctx: Ctx,
  act: Judgement,
  o: Judged & { fixed: CheckedAnswers },
): Promise<number> {
  const { work, annotation, fixed } = o
  const revision = annotation.revision + 1
  const at = { projectId: act.projectId, annotationId: annotation.annotation_id }
  const hash = revisionHash({
    annotationId: annotation.annotation_id,
    itemId: work.item.itemId,
    revision,
    authorId: ctx.caller.userId,
    schemaVersion: work.row.schema_version,
    answers: fixed.canonical,
    activeMs: 0,
    createdAt: ctx.now,
    previous: annotation.hash,
  })
  await deleteFacets(ctx.db, at)
  await insertRevision(ctx.db, {
    ...at,
    itemId: work.item.itemId,
    batchId: work.item.batchId,
    due: false,
    ordinal: work.item.ordinal,
    authorId: annotation.author_id,
    revisionBy: ctx.caller.userId,
    assignmentId: annotation.assignment_id,
    state: 'accepted',
    revision,
    answers: fixed.canonical,
    schemaVersion: work.row.schema_version,
    reason: 'fixed',
    activeMs: 0,
    hash,
    facets: fixed.facets,
    tally: o.tally,
    eventId: ctx.app.newId(),
    event: 'fixed',
    note: act.note,
    now: ctx.now,
  })
  return revision
}

function count(ctx: Ctx, act: Judgement, { work, annotation, outcome, tally }: Judged) {
  const accepted = outcome.to === 'accepted' ? 1 : 0
  const returned = act.verdict === 'returned' ? 1 : 0
  const fixed = act.verdict === 'fixed' ? 1 : 0
  return addCounts(ctx.db, {
    projectId: act.projectId,
    batchId: work.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(work.item.tally, tally, 1),
    days: [
      { userId: ctx.caller.userId, reviewed: 1, activeMs: work.row.active_ms },
      { userId: annotation.author_id, returned, accepted, fixed },
    ],
  })
}
