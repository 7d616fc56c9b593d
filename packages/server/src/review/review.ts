/** A verdict on one annotation: accepted, fixed by the reviewer, or returned to its author with a note. */
import { KasautiError, stateAfter, type Verdict } from '@kasauti/core'
import {
  deleteFacets,
  insertRevision,
  type LockedAnnotation,
  lockAnnotation,
  revisionHash,
  setAnnotationState,
} from '../annotation/index.ts'
import { addCounts, countDelta, insertEvent, type Tally, writeTally } from '../item/index.ts'
import { notify } from '../notification/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { type Act, checked, endAssignment, resume, settled, type Work } from '../work/index.ts'
import { findProjectName, insertReview, returnToAuthor } from './storage.ts'

type Judgement = Act & { readonly verdict: Verdict; readonly note: string }

export async function review(ctx: Ctx, act: Judgement) {
  if (act.verdict === 'returned' && act.note.trim() === '')
    throw new KasautiError('review/note-required')
  const resumed = await resume(ctx, act)
  const annotation = await underReview(ctx, act, resumed)
  const work = await settled(ctx, act, { work: resumed, outcome: 'handled' })
  const tally = tallyAfter(work.item.tally, act.verdict)
  const revision =
    act.verdict === 'fixed'
      ? await fix(ctx, act, { work, annotation, tally })
      : await judge(ctx, act, { work, annotation, tally })
  await insertReview(ctx.db, {
    projectId: act.projectId,
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
  if (act.verdict === 'returned') await sendBack(ctx, act, { work, annotation })
  await count(ctx, act, { work, annotation, tally })
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

const tallyAfter = (t: Tally, verdict: Verdict): Tally =>
  stateAfter(verdict) === 'returned'
    ? { ...t, due: t.due - 1, submitted: t.submitted - 1, returned: t.returned + 1 }
    : { ...t, due: t.due - 1, submitted: t.submitted - 1, accepted: t.accepted + 1 }

type Subject = {
  readonly work: Work
  readonly annotation: LockedAnnotation
  readonly tally: Tally
}

/** The answers stand as they are. @returns the revision judged */
async function judge(ctx: Ctx, act: Judgement, { work, annotation, tally }: Subject) {
  const { projectId } = act
  const verdict = act.verdict === 'returned' ? 'returned' : 'accepted'
  await setAnnotationState(ctx.db, {
    projectId,
    annotationId: annotation.annotation_id,
    state: verdict,
    now: ctx.now,
  })
  const { itemId } = work.item
  await writeTally(ctx.db, { projectId, itemId, tally, touched: ctx.now })
  await insertEvent(ctx.db, {
    projectId,
    itemId,
    eventId: ctx.app.newId(),
    kind: verdict,
    userId: ctx.caller.userId,
    note: act.note,
    at: ctx.now,
  })
  return annotation.revision
}

/** The reviewer's answers become a new revision. Their time is the review's, not the annotation's. */
async function fix(ctx: Ctx, act: Judgement, { work, annotation, tally }: Subject) {
  if (!act.answers)
    throw new KasautiError('answer/invalid', undefined, {
      problems: [{ path: 'answers', message: 'a fix needs the answers as they should be' }],
    })
  const answers = await checked(ctx, { ...act, answers: act.answers }, work)
  const revision = annotation.revision + 1
  const at = { projectId: act.projectId, annotationId: annotation.annotation_id }
  const hash = revisionHash({
    annotationId: annotation.annotation_id,
    itemId: work.item.itemId,
    revision,
    authorId: ctx.caller.userId,
    schemaVersion: work.row.schema_version,
    answers: answers.canonical,
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
    answers: answers.canonical,
    schemaVersion: work.row.schema_version,
    reason: 'fixed',
    activeMs: 0,
    hash,
    facets: answers.facets,
    tally,
    eventId: ctx.app.newId(),
    event: 'fixed',
    note: act.note,
    now: ctx.now,
  })
  return revision
}

async function sendBack(
  ctx: Ctx,
  act: Judgement,
  { work, annotation }: Omit<Subject, 'tally'>,
): Promise<void> {
  const { projectId } = act
  await returnToAuthor(ctx.db, { projectId, assignmentId: annotation.assignment_id })
  await notify(ctx.db, ctx.app, {
    userId: annotation.author_id,
    kind: 'work-returned',
    projectId,
    params: { item: work.item.key, project: await findProjectName(ctx.db, projectId) },
    href: '/',
  })
  ctx.afterCommit(() =>
    ctx.app.announce({ kind: 'work.returned', projectId, toUserId: annotation.author_id }),
  )
}

function count(ctx: Ctx, act: Judgement, { work, annotation, tally }: Subject): Promise<void> {
  const returned = act.verdict === 'returned' ? 1 : 0
  return addCounts(ctx.db, {
    projectId: act.projectId,
    batchId: work.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(work.item.tally, tally, 1),
    days: [
      { userId: ctx.caller.userId, reviewed: 1, activeMs: work.row.active_ms },
      { userId: annotation.author_id, returned, accepted: 1 - returned },
    ],
  })
}
