/** What follows when an appeal is upheld: the verdict is turned round, or the gold put right. */
import { answerFacets, answersToCanonical, type Presentation } from '@kasauti/catalog'
import { KasautiError, settle } from '@kasauti/core'
import {
  deleteFacets,
  insertRevision,
  type LockedAnnotation,
  lockAnnotation,
  revisionHash,
  setVerdict,
} from '../annotation/index.ts'
import { correctGold } from '../gold/index.ts'
import { addCounts, countDelta, type LockedItem, type Tally, writeTally } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { carryOut, readStanding, tallyAfter, workflowOfItem } from '../workflow/index.ts'
import { answersOf } from './presenter.ts'
import {
  type AppealRow,
  correctDay,
  findSeedAndWorkflow,
  findShown,
  takeReturnedOff,
} from './storage.ts'

type Answers = Record<string, unknown>

/** The gold is corrected everywhere: to what was decided, or to what the appellant answered. */
export async function upholdGold(
  ctx: Ctx,
  projectId: string,
  o: { row: AppealRow; note: string; answers: Answers | undefined },
): Promise<void> {
  const { row } = o
  if (!row.gold_id) throw new KasautiError('appeal/not-found')
  const answers = o.answers
    ? await canonical(ctx, projectId, { row, answers: o.answers })
    : (await answersOf(ctx, projectId, row)).mine
  await correctGold(ctx, { projectId, goldId: row.gold_id }, { answers, reason: o.note })
}

async function canonical(
  ctx: Ctx,
  projectId: string,
  { row, answers }: { row: AppealRow; answers: Answers },
): Promise<Answers> {
  const shown = await findShown(ctx.db, { projectId, assignmentId: row.assignment_id })
  if (!shown) throw new KasautiError('appeal/not-found')
  const at = { projectId, version: shown.schema_version }
  const { schema } = await loadSchema(ctx.app, ctx.db, at)
  return answersToCanonical(schema, answers, shown.presentation as Presentation)
}

/**
 * The verdict counts otherwise on its day. The annotation is accepted as its author had it, unless it went on
 * meanwhile: passed to somebody else, decided by an adjudicator, or revised after the verdict.
 */
export async function upholdReview(
  ctx: Ctx,
  projectId: string,
  { row, item }: { row: AppealRow; item: LockedItem },
): Promise<void> {
  const annotation = await lockAnnotation(ctx.db, {
    projectId,
    annotationId: row.annotation_id ?? '',
  })
  if (!annotation || !row.reviewed_at) throw new KasautiError('appeal/not-found')
  const returned = row.verdict === 'returned'
  await correctDay(ctx.db, {
    projectId,
    batchId: item.batchId,
    userId: row.user_id,
    at: row.reviewed_at,
    returned: returned ? -1 : 0,
    accepted: returned ? 1 : 0,
    fixed: returned ? 0 : -1,
  })
  if (annotation.state === 'withdrawn' || item.tally.decided || item.heldBy) return
  if (annotation.revision !== row.revision) return
  const { mine } = await answersOf(ctx, projectId, row)
  const tally = await accepted(ctx, projectId, {
    item,
    annotation,
    answers: mine ?? annotation.answers,
  })
  if (returned) await acceptAsIs(ctx, projectId, { item, annotation, tally })
  else
    await restore(ctx, projectId, { item, annotation, tally, answers: mine ?? annotation.answers })
  await addCounts(ctx.db, {
    projectId,
    batchId: item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(item.tally, tally),
    days: [],
  })
}

type Accepting = {
  readonly item: LockedItem
  readonly annotation: LockedAnnotation
  readonly answers: Answers
}

/** What becomes of the item with this annotation accepted. */
async function accepted(ctx: Ctx, projectId: string, o: Accepting): Promise<Tally> {
  const { item, annotation } = o
  const project = await findSeedAndWorkflow(ctx.db, projectId)
  const shown = await findShown(ctx.db, { projectId, assignmentId: annotation.assignment_id })
  if (!project || !shown) throw new KasautiError('appeal/not-found')
  const at = { projectId, itemId: item.itemId, version: project.workflow_version }
  const workflow = await workflowOfItem(ctx.app, ctx.db, at)
  const subject = {
    projectId,
    item,
    seed: project.seed,
    inputs: shown.inputs,
    schemaVersion: annotation.schema_version,
    workflow,
  }
  const before = await readStanding(ctx, subject, {
    id: annotation.annotation_id,
    authorId: annotation.author_id,
    state: 'accepted',
    due: false,
    accepts: annotation.accepts,
    returns: Math.max(0, annotation.returns - 1),
    answers: o.answers,
  })
  const decision = settle(workflow, before)
  await carryOut(ctx, subject, { before, decision, inHand: annotation.annotation_id })
  return tallyAfter(item.tally, decision)
}

async function acceptAsIs(
  ctx: Ctx,
  projectId: string,
  { item, annotation, tally }: Omit<Accepting, 'answers'> & { tally: Tally },
): Promise<void> {
  await setVerdict(ctx.db, {
    projectId,
    annotationId: annotation.annotation_id,
    state: 'accepted',
    due: false,
    accepts: annotation.accepts,
    returns: Math.max(0, annotation.returns - 1),
    now: ctx.now,
  })
  await takeReturnedOff(ctx.db, { projectId, assignmentId: annotation.assignment_id })
  await writeTally(ctx.db, { projectId, itemId: item.itemId, tally, touched: ctx.now })
}

/** The author's answers, once more, over the reviewer's. */
async function restore(
  ctx: Ctx,
  projectId: string,
  o: Accepting & { tally: Tally },
): Promise<void> {
  const { item, annotation, answers, tally } = o
  const at = { projectId, annotationId: annotation.annotation_id }
  const revision = annotation.revision + 1
  const shown = await findShown(ctx.db, { projectId, assignmentId: annotation.assignment_id })
  const version = { projectId, version: annotation.schema_version }
  const { schema, context } = await loadSchema(ctx.app, ctx.db, version)
  await deleteFacets(ctx.db, at)
  await insertRevision(ctx.db, {
    ...at,
    itemId: item.itemId,
    batchId: item.batchId,
    ordinal: item.ordinal,
    due: false,
    authorId: annotation.author_id,
    revisionBy: ctx.caller.userId,
    assignmentId: annotation.assignment_id,
    state: 'accepted',
    revision,
    answers,
    schemaVersion: annotation.schema_version,
    reason: 'fixed',
    activeMs: 0,
    hash: revisionHash({
      annotationId: annotation.annotation_id,
      itemId: item.itemId,
      revision,
      authorId: ctx.caller.userId,
      schemaVersion: annotation.schema_version,
      answers,
      activeMs: 0,
      createdAt: ctx.now,
      previous: annotation.hash,
    }),
    facets: answerFacets(schema, answers, context(shown?.inputs ?? {})),
    tally,
    eventId: ctx.app.newId(),
    event: 'fixed',
    now: ctx.now,
  })
}
