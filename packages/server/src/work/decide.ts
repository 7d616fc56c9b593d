/** An adjudicator's answers: they end the question between the others. */
import { afterAdjudication, KasautiError } from '@kasauti/core'
import {
  deleteFacets,
  insertRevision,
  type LockedAnnotation,
  lockAnnotation,
  revisionHash,
} from '../annotation/index.ts'
import { addCounts, countDelta, type Tally } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { carryOut, readStanding, tallyAfter } from '../workflow/index.ts'
import type { CheckedAnswers } from './checked.ts'
import type { Act } from './resume.ts'
import type { SettledWork } from './settled.ts'
import { setHolder } from './storage.ts'
import { subjectOf } from './subject.ts'

type Decided = { readonly work: SettledWork; readonly answers: CheckedAnswers }

/** A first decision, or a new revision of one's own that was gone back to. Throws `assignment/wrong-state`. */
export async function decide(ctx: Ctx, act: Act, o: Decided) {
  const { projectId } = act
  const { row, item } = o.work
  if (item.heldBy !== row.assignment_id || item.tally.removed)
    throw new KasautiError('assignment/wrong-state')
  const before = row.annotation_id
    ? await lockAnnotation(ctx.db, { projectId, annotationId: row.annotation_id })
    : undefined
  if (before) await deleteFacets(ctx.db, { projectId, annotationId: before.annotation_id })
  const subject = await subjectOf(ctx, projectId, o.work)
  const standing = await readStanding(ctx, subject)
  const decision = afterAdjudication(subject.workflow, standing)
  const tally = tallyAfter(item.tally, decision, { decided: true })
  const revision = revisionOf(ctx, act, { ...o, before, tally })
  await insertRevision(ctx.db, revision)
  await setHolder(ctx.db, { projectId, itemId: item.itemId, assignmentId: null })
  await carryOut(ctx, subject, { before: standing, decision })
  await addCounts(ctx.db, {
    projectId,
    batchId: item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(item.tally, tally),
    days: [{ userId: ctx.caller.userId, adjudicated: before ? 0 : 1, activeMs: row.active_ms }],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId })
    ctx.app.announce({ kind: 'project.changed', projectId })
  })
  const { annotationId, hash } = revision
  return { annotationId, revision: revision.revision, hash, submittedAt: ctx.now }
}

function revisionOf(
  ctx: Ctx,
  act: Act,
  o: Decided & { before: LockedAnnotation | undefined; tally: Tally },
) {
  const { row, item } = o.work
  const annotationId = o.before?.annotation_id ?? ctx.app.newId()
  const revision = (o.before?.revision ?? 0) + 1
  const answers = o.answers.canonical
  const hash = revisionHash({
    annotationId,
    itemId: item.itemId,
    revision,
    authorId: ctx.caller.userId,
    schemaVersion: row.schema_version,
    answers,
    activeMs: row.active_ms,
    createdAt: ctx.now,
    previous: o.before?.hash,
  })
  return {
    projectId: act.projectId,
    annotationId,
    itemId: item.itemId,
    batchId: item.batchId,
    ordinal: item.ordinal,
    stage: 'adjudicate' as const,
    due: false,
    authorId: ctx.caller.userId,
    revisionBy: ctx.caller.userId,
    assignmentId: act.assignmentId,
    state: 'accepted' as const,
    revision,
    answers,
    schemaVersion: row.schema_version,
    reason: o.before ? ('resubmitted' as const) : ('submitted' as const),
    activeMs: row.active_ms,
    fieldMs: o.work.fieldMs,
    hash,
    facets: o.answers.facets,
    tally: o.tally,
    eventId: ctx.app.newId(),
    event: 'adjudicated' as const,
    now: ctx.now,
  }
}
