/** Answers handed in: a first revision, or a new one of work returned or reopened. */
import {
  answerFacets,
  answersToCanonical,
  answersToSlots,
  checkAnswers,
  type Presentation,
  tidyAnswers,
} from '@kasauti/catalog'
import { KasautiError, stageOf } from '@kasauti/core'
import {
  deleteFacets,
  insertRevisionAtCommit,
  type LockedAnnotation,
  lockAnnotation,
  revisionHash,
} from '../annotation/index.ts'
import { answerGold } from '../gold/index.ts'
import { addCounts, countDelta, type Tally } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { type LoadedSchema, loadSchema } from '../schema/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import { type Act, resume, type Work } from './resume.ts'
import { type SettledWork, settled } from './settled.ts'

type Answers = Readonly<Record<string, unknown>>

export async function submit(ctx: Ctx, act: Act & { answers: Answers }) {
  const resumed = await resume(ctx, act)
  if (resumed.row.stage !== 'annotate') throw new KasautiError('assignment/wrong-state')
  const answers = await checked(ctx, act, resumed)
  const work = await settled(ctx, act, { work: resumed, outcome: 'handled' })
  if (work.row.purpose !== 'work') return submitGold(ctx, act, { work, answers })
  const before = work.row.annotation_id
    ? await lockAnnotation(ctx.db, {
        projectId: act.projectId,
        annotationId: work.row.annotation_id,
      })
    : undefined
  if (before) await deleteFacets(ctx.db, { ...act, annotationId: before.annotation_id })
  const { projectId } = act
  const due = stageOf(await loadWorkflow(ctx.app, ctx.db, { projectId }), 'review') !== undefined
  const revision = { ...firstOrNext(ctx, act, { work, before, answers }), due }
  const after = tallyAfter(work, before)
  const tally = { ...after, due: after.due + Number(due) - Number(before?.due ?? false) }
  await insertRevisionAtCommit(ctx.db, { ...revision, tally })
  await addCounts(ctx.db, {
    projectId: act.projectId,
    batchId: work.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(work.item.tally, tally),
    days: [{ userId: ctx.caller.userId, submitted: before ? 0 : 1, activeMs: work.row.active_ms }],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId: act.projectId })
    ctx.app.announce({ kind: 'project.changed', projectId: act.projectId })
  })
  return {
    annotationId: revision.annotationId,
    revision: revision.revision,
    hash: revision.hash,
    submittedAt: ctx.now,
  }
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

export type CheckedAnswers = {
  /** As stored: candidates by their canonical ids. */
  readonly canonical: Answers
  readonly facets: readonly { field: string; value: string }[]
}

/** Answers in the page's slots, brought to canonical ids and checked. Throws `answer/invalid`. */
export async function checked(
  ctx: Ctx,
  act: { projectId: string; answers: Answers },
  { row }: Work,
): Promise<CheckedAnswers> {
  const loaded = await loadSchema(ctx.app, ctx.db, {
    projectId: act.projectId,
    version: row.schema_version,
  })
  return checkedAgainst(loaded, row, act.answers)
}

function checkedAgainst(
  loaded: LoadedSchema,
  row: { inputs: Answers; presentation: unknown },
  answers: Answers,
): CheckedAnswers {
  const context = loaded.context(row.inputs)
  const canonical = answersToCanonical(loaded.schema, answers, row.presentation as Presentation)
  const problems = checkAnswers(loaded.schema, row.inputs, canonical, context)
  if (problems.length > 0) throw new KasautiError('answer/invalid', undefined, { problems })
  const kept = tidyAnswers(loaded.schema, row.inputs, canonical)
  return { canonical: kept, facets: answerFacets(loaded.schema, kept, context) }
}

function firstOrNext(
  ctx: Ctx,
  act: Act,
  o: { work: SettledWork; before: LockedAnnotation | undefined; answers: CheckedAnswers },
) {
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

function tallyAfter(work: Work, before: LockedAnnotation | undefined): Tally {
  const t = work.item.tally
  const activeMs = t.activeMs + work.row.active_ms
  if (!before) return { ...t, activeMs, leased: t.leased - 1, submitted: t.submitted + 1 }
  if (before.state === 'returned')
    return { ...t, activeMs, returned: t.returned - 1, submitted: t.submitted + 1 }
  return { ...t, activeMs }
}
