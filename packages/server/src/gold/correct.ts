/** A gold that was wrong, put right: with every answer to it, and all that followed from them. */
import { scoreAgainstGold } from '@kasauti/catalog'
import { encodeId, KasautiError, referenceOf } from '@kasauti/core'
import { redecideSitting } from '../exam/index.ts'
import { insertEvent } from '../item/index.ts'
import { notify } from '../notification/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { rebuildStanding, type Use } from './answer-storage.ts'
import { goldSettings } from './blind.ts'
import { type GoldAt, lockBoth, readGold } from './manage.ts'
import {
  type AnswerToScore,
  findItemInputs,
  findProjectGold,
  insertGoldVersion,
  listAnswersToScore,
  updateGold,
  writeScores,
} from './storage.ts'

type Answers = Readonly<Record<string, unknown>>
export type GoldChange = {
  readonly answers?: Answers | undefined
  readonly also?: readonly Answers[] | undefined
  readonly explanation?: { readonly en: string; readonly hi?: string | undefined } | undefined
  readonly use?: Use | undefined
  readonly reason: string
  /** The version the change starts from; refused if there is another by now. */
  readonly basedOn?: number
}

/**
 * A new version of a gold. All answers to it are scored anew, standings and sittings follow (who was refused
 * and passes now gets the certificate), and people whose answer counts differently are told.
 * Throws `gold/not-found`, `answer/invalid`, `request/precondition-failed`.
 * @returns how many answers count differently now
 */
export async function correctGold(
  ctx: Ctx,
  at: GoldAt,
  change: GoldChange,
): Promise<{ readonly version: number; readonly changed: number }> {
  const { item, gold } = await lockBoth(ctx, at)
  if (change.basedOn !== undefined && change.basedOn !== gold.version)
    throw new KasautiError('request/precondition-failed', undefined, {
      extra: { version: gold.version },
    })
  const itemAt = { projectId: at.projectId, itemId: item.itemId }
  const read = await readGold(ctx, itemAt, {
    answers: change.answers ?? gold.answers,
    also: change.also ?? gold.also,
  })
  const version = gold.version + 1
  const next = {
    ...at,
    ...read,
    version,
    explanation: change.explanation ?? gold.explanation,
    use: change.use ?? gold.use,
  }
  await updateGold(ctx.db, next)
  await insertGoldVersion(ctx.db, {
    ...next,
    reason: change.reason,
    by: ctx.caller.userId,
    now: ctx.now,
  })
  await insertEvent(ctx.db, {
    ...itemAt,
    eventId: ctx.app.newId(),
    kind: 'gold-changed',
    userId: ctx.caller.userId,
    note: change.reason,
    at: ctx.now,
  })
  const changed = await rescore(ctx, at, { ...next, itemId: item.itemId })
  await followUp(ctx, at, { changed, ordinal: item.ordinal, itemId: item.itemId })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'item.changed', projectId: at.projectId }))
  return { version, changed: changed.length }
}

type Next = {
  readonly itemId: string
  readonly version: number
  readonly answers: Answers
  readonly also: readonly Answers[]
}

/** @returns the answers that count differently now */
async function rescore(ctx: Ctx, at: GoldAt, next: Next): Promise<AnswerToScore[]> {
  const given = await listAnswersToScore(ctx.db, at)
  const item = await findItemInputs(ctx.db, { projectId: at.projectId, itemId: next.itemId })
  if (!item) return []
  const { tolerances } = goldSettings(item.settings)
  const scored = await Promise.all(
    given.map(async (row) => {
      const version = { projectId: at.projectId, version: row.schema_version }
      const { schema, context } = await loadSchema(ctx.app, ctx.db, version)
      const { inputs } = item
      const known = { answers: row.answers, inputs, context: context(inputs), tolerances }
      return { row, score: scoreAgainstGold(schema, next, known) }
    }),
  )
  await writeScores(ctx.db, {
    ...at,
    version: next.version,
    scores: scored.map(({ row, score }) => ({ assignmentId: row.assignment_id, ...score })),
  })
  return scored.filter(({ row, score }) => row.correct !== score.correct).map(({ row }) => row)
}

async function followUp(
  ctx: Ctx,
  at: GoldAt,
  o: { changed: readonly AnswerToScore[]; ordinal: number; itemId: string },
): Promise<void> {
  const { projectId } = at
  const hidden = o.changed.filter((row) => row.use === 'hidden').map((row) => row.user_id)
  // In one order everywhere: two corrections at once do not wait for one another in a circle.
  for (const userId of [...new Set(hidden)].sort())
    await rebuildStanding(ctx.db, { projectId, userId })
  const sat = o.changed.flatMap((row) => (row.sitting_id === null ? [] : [row.sitting_id]))
  for (const sittingId of [...new Set(sat)].sort())
    await redecideSitting(ctx, { projectId, sittingId })
  const people = [
    ...new Set(o.changed.filter((r) => r.use !== 'exam').map((r) => r.user_id)),
  ].sort()
  if (people.length === 0) return
  const item = await findItemInputs(ctx.db, { projectId, itemId: o.itemId })
  const { name } = await findProjectGold(ctx.db, projectId)
  for (const userId of people)
    await notify(ctx.db, ctx.app, {
      userId,
      kind: 'gold-corrected',
      projectId,
      params: { item: referenceOf(o.ordinal, item?.seed ?? 0), project: name },
      href: `/projects/${encodeId('prj', projectId)}/my-gold`,
    })
}
