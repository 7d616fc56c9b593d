/** Answers handed in: a first revision, or a new one of work returned or reopened. */
import { answersToSlots, type Presentation } from '@kasauti/catalog'
import { afterSubmit, KasautiError, stageOf, unreachable } from '@kasauti/core'
import {
  deleteFacets,
  insertRevisionAtCommit,
  type LockedAnnotation,
  lockAnnotation,
  revisionHash,
} from '../annotation/index.ts'
import { answerGold } from '../gold/index.ts'
import { addCounts, countDelta } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { carryOut, findReturns, readStanding, tallyAfter, tell } from '../workflow/index.ts'
import { type CheckedAnswers, checked } from './checked.ts'
import { decide } from './decide.ts'
import { type Act, resume, type Work } from './resume.ts'
import { type SettledWork, settled } from './settled.ts'
import { subjectOf } from './subject.ts'

type Answers = Readonly<Record<string, unknown>>

export async function submit(ctx: Ctx, act: Act & { answers: Answers }) {
  const resumed = await resume(ctx, act)
  refuseOverwriting(act, resumed)
  const { stage } = resumed.row
  if (stage !== 'annotate' && stage !== 'adjudicate')
    throw new KasautiError('assignment/wrong-state')
  const answers = await checked(ctx, act, resumed)
  const work = await settled(ctx, act, { work: resumed, outcome: 'handled' })
  switch (stage) {
    case 'adjudicate':
      return decide(ctx, act, { work, answers })
    case 'annotate':
      return work.row.purpose === 'work'
        ? handIn(ctx, act, { work, answers })
        : submitGold(ctx, act, { work, answers })
    default:
      return unreachable(stage)
  }
}

async function handIn(ctx: Ctx, act: Act, o: { work: SettledWork; answers: CheckedAnswers }) {
  const { work, answers } = o
  const { projectId } = act
  const before = work.row.annotation_id
    ? await lockAnnotation(ctx.db, { projectId, annotationId: work.row.annotation_id })
    : undefined
  if (before) await deleteFacets(ctx.db, { ...act, annotationId: before.annotation_id })
  const revision = firstOrNext(ctx, act, { work, before, answers })
  const returns = before?.returns ?? (await returnsBefore(ctx, act, work))
  const { due, tally } = await whatFollows(ctx, act, { work, before, revision, returns })
  await insertRevisionAtCommit(ctx.db, { ...revision, returns, due, tally })
  await addCounts(ctx.db, {
    projectId,
    batchId: work.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(work.item.tally, tally),
    days: [{ userId: ctx.caller.userId, submitted: before ? 0 : 1, activeMs: work.row.active_ms }],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId })
    ctx.app.announce({ kind: 'project.changed', projectId })
  })
  return {
    annotationId: revision.annotationId,
    revision: revision.revision,
    hash: revision.hash,
    submittedAt: ctx.now,
  }
}

/** What was started from somebody else's returned answers has their returns behind it. */
const returnsBefore = async (ctx: Ctx, { projectId }: Act, { row }: Work): Promise<number> =>
  row.from_annotation_id
    ? findReturns(ctx.db, { projectId, annotationId: row.from_annotation_id })
    : 0

type HandedIn = {
  readonly work: SettledWork
  readonly before: LockedAnnotation | undefined
  readonly answers: CheckedAnswers
}
type Following = Pick<HandedIn, 'work' | 'before'> & {
  readonly revision: ReturnType<typeof firstOrNext>
  readonly returns: number
}

/** Whether the annotation waits for a verdict, and what becomes of the item. */
async function whatFollows(ctx: Ctx, act: Act, o: Following) {
  const { work, before, revision, returns } = o
  const subject = await subjectOf(ctx, act.projectId, work)
  const id = revision.annotationId
  const standing = await readStanding(ctx, subject, {
    id,
    authorId: ctx.caller.userId,
    state: 'submitted',
    due: false,
    accepts: 0,
    returns,
    answers: revision.answers,
  })
  const leased = before ? 0 : -1
  const decision = afterSubmit(
    subject.workflow,
    { ...standing, leased: standing.leased + leased },
    id,
  )
  const due = decision.annotations.some((a) => a.id === id && a.due)
  const sampling = stageOf(subject.workflow, 'review')?.sampling.kind ?? 'all'
  if (sampling !== 'all') await tell(ctx, subject, due ? 'sampled' : 'passed')
  await carryOut(ctx, subject, { before: standing, decision, inHand: id })
  const more = { leased, activeMs: work.row.active_ms }
  return { due, tally: tallyAfter(work.item.tally, decision, more) }
}

async function submitGold(ctx: Ctx, act: Act, o: { work: Work; answers: CheckedAnswers }) {
  const { row, item } = o.work
  const { training, ...receipt } = await answerGold(ctx, {
    projectId: act.projectId,
    assignmentId: act.assignmentId,
    itemId: item.itemId,
    schemaVersion: row.schema_version,
    inputs: row.inputs,
    activeMs: row.active_ms,
    sittingId: row.sitting_id,
    answers: o.answers.canonical,
  })
  if (!training) return receipt
  const at = { projectId: act.projectId, version: row.schema_version }
  const { schema } = await loadSchema(ctx.app, ctx.db, at)
  const feedback = {
    correct: training.score.correct,
    fields: { ...training.score.fields },
    answers: answersToSlots(schema, training.gold.answers, row.presentation as Presentation),
    explanation: training.gold.explanation,
  }
  return { ...receipt, feedback }
}

/** Another page went further with the draft than the answers handed in know of. */
function refuseOverwriting(act: Act & { basedOn?: number | undefined }, { row }: Work): void {
  if (act.basedOn === undefined || row.draft_version <= act.basedOn) return
  throw new KasautiError('assignment/stale-draft', undefined, {
    extra: { draftVersion: row.draft_version },
  })
}

function firstOrNext(ctx: Ctx, act: Act, o: HandedIn) {
  const { row, item } = o.work
  const annotationId = o.before?.annotation_id ?? ctx.app.newId()
  const revision = (o.before?.revision ?? 0) + 1
  const hash = revisionHash({
    annotationId,
    itemId: item.itemId,
    revision,
    authorId: ctx.caller.userId,
    schemaVersion: row.schema_version,
    answers: o.answers.canonical,
    activeMs: row.active_ms,
    createdAt: ctx.now,
    previous: o.before?.hash,
  })
  const reason = o.before ? ('resubmitted' as const) : ('submitted' as const)
  return {
    projectId: act.projectId,
    annotationId,
    itemId: item.itemId,
    batchId: item.batchId,
    ordinal: item.ordinal,
    authorId: ctx.caller.userId,
    revisionBy: ctx.caller.userId,
    assignmentId: act.assignmentId,
    state: 'submitted' as const,
    revision,
    answers: o.answers.canonical,
    schemaVersion: row.schema_version,
    reason,
    activeMs: row.active_ms,
    fieldMs: o.work.fieldMs,
    hash,
    facets: o.answers.facets,
    eventId: ctx.app.newId(),
    event: reason,
    now: ctx.now,
  }
}
