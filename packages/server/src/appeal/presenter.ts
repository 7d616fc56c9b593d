import { answersToSlots, type Presentation, presentInputs } from '@kasauti/catalog'
import { KasautiError, referenceOf } from '@kasauti/core'
import { meetsGold } from '../gold/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { mayDecide } from './policy.ts'
import {
  type AppealRow,
  findGoldAnswers,
  findRevisionAnswers,
  findShown,
  type VerdictRow,
} from './storage.ts'

type Named = Pick<AppealRow, 'item_id' | 'key' | 'ordinal' | 'seed' | 'hidden_gold'>

/** Who meets hidden gold knows items by references. */
const nameOf = (ctx: Ctx, row: Named) =>
  meetsGold({ hidden: row.hidden_gold, roles: ctx.access.roles }) && !ctx.caller.admin
    ? { key: referenceOf(row.ordinal, row.seed) }
    : { key: row.key, itemId: row.item_id }

export async function presentAppeal(ctx: Ctx, projectId: string, row: AppealRow) {
  const named = ctx.access.roles.some((role) => role === 'lead' || role === 'manager')
  const own = row.user_id === ctx.caller.userId
  return {
    appealId: row.appeal_id,
    kind: row.kind,
    ...nameOf(ctx, row),
    preview: row.preview,
    reason: row.reason,
    state: row.state,
    at: row.created_at,
    ...(named || own ? { by: row.appellant } : {}),
    ...(own ? { assignmentId: row.assignment_id } : {}),
    ...(row.decision === null ? {} : { decision: row.decision }),
    ...(row.decider === null ? {} : { decidedBy: row.decider }),
    ...(row.decided_at === null ? {} : { decidedAt: row.decided_at }),
    ...verdictOf(row),
    mayDecide: row.state === 'open' && (await mayDecide(ctx, projectId, row)),
  }
}

function verdictOf(row: AppealRow) {
  const { verdict, note, marks, reviewer: by, reviewed_at: at } = row
  return verdict && note !== null && by && at
    ? { verdict: { verdict, note, marks: marks ?? [], by, at } }
    : {}
}

export const presentVerdict = (ctx: Ctx, row: VerdictRow) => ({
  reviewId: row.review_id,
  annotationId: row.annotation_id,
  assignmentId: row.assignment_id,
  key: nameOf(ctx, row).key,
  preview: row.preview,
  verdict: { verdict: row.verdict, note: row.note, marks: row.marks, by: row.by, at: row.at },
})

/** With both answers, as the appellant saw the item. */
export async function presentWhole(ctx: Ctx, projectId: string, row: AppealRow) {
  const shown = await findShown(ctx.db, { projectId, assignmentId: row.assignment_id })
  if (!shown) throw new KasautiError('appeal/not-found')
  const at = { projectId, version: shown.schema_version }
  const { schema } = await loadSchema(ctx.app, ctx.db, at)
  const presentation = shown.presentation as Presentation
  const slots = (answers: Record<string, unknown>) => answersToSlots(schema, answers, presentation)
  const { mine, theirs } = await answersOf(ctx, projectId, row)
  return {
    ...(await presentAppeal(ctx, projectId, row)),
    schemaVersion: shown.schema_version,
    inputs: presentInputs(schema, shown.inputs, presentation),
    mine: slots(mine ?? {}),
    ...(theirs ? { theirs: slots(theirs) } : {}),
    ...(row.annotation_id ? { annotationId: row.annotation_id } : {}),
    ...(row.gold_id ? { goldId: row.gold_id } : {}),
  }
}

/** What the appellant answered, and what it was made into or what gold says. */
export async function answersOf(ctx: Ctx, projectId: string, row: AppealRow) {
  if (row.kind === 'gold') {
    const found = await findGoldAnswers(ctx.db, { projectId, assignmentId: row.assignment_id })
    return { mine: found?.mine, theirs: found?.gold }
  }
  const { annotation_id: annotationId, revision } = row
  if (annotationId === null || revision === null) return { mine: undefined, theirs: undefined }
  const at = { projectId, annotationId }
  const judged = await findRevisionAnswers(ctx.db, { ...at, revision })
  if (row.verdict !== 'fixed') return { mine: judged, theirs: undefined }
  return {
    mine: await findRevisionAnswers(ctx.db, { ...at, revision: revision - 1 }),
    theirs: judged,
  }
}
