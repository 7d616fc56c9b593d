/** An answer to gold: kept apart from annotations, counted in its person's day like any other. */
import { type GoldScore, scoreAgainstGold } from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import { revisionHash } from '../annotation/index.ts'
import { judgeSitting } from '../exam/index.ts'
import { addDays } from '../item/index.ts'
import { doWhatWasLeft } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import {
  addToStanding,
  findGoldOf,
  type GoldRow,
  rebuildStanding,
  type StoredAnswer,
  writeGoldAnswer,
} from './answer-storage.ts'
import { goldSettings } from './blind.ts'

export type GoldWork = {
  readonly projectId: string
  readonly assignmentId: string
  readonly itemId: string
  readonly schemaVersion: number
  readonly inputs: Readonly<Record<string, unknown>>
  /** Clamped. */
  readonly activeMs: number
  readonly sittingId: string | null
  /** Checked, canonical. */
  readonly answers: Readonly<Record<string, unknown>>
  /** A question of an exam passed over: counts as wrong. */
  readonly passedOver?: 'yes'
}

/** Score the answers, store them, end the assignment. The caller holds the item's and the assignment's lock. */
export async function answerGold(ctx: Ctx, work: GoldWork) {
  const { gold, before } = await findGoldOf(ctx.db, work)
  if (!gold) throw new KasautiError('assignment/wrong-state')
  const score = await scoreOf(ctx, gold, work)
  const stored = storedOf(ctx, { gold, work, score, before })
  await writeGoldAnswer(ctx.db, stored)
  await count(ctx, { gold, work, score, before })
  await addDays(ctx.db, {
    projectId: work.projectId,
    now: ctx.now,
    days: [
      {
        userId: ctx.caller.userId,
        submitted: before || work.passedOver ? 0 : 1,
        skipped: work.passedOver ? 1 : 0,
        activeMs: work.activeMs,
      },
    ],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId: work.projectId })
    ctx.app.announce({ kind: 'project.changed', projectId: work.projectId })
  })
  return {
    annotationId: stored.annotationId,
    revision: stored.revision,
    hash: stored.hash,
    submittedAt: ctx.now,
    ...(gold.use === 'training' ? { training: { gold, score } } : {}),
  }
}

async function scoreOf(ctx: Ctx, gold: GoldRow, work: GoldWork): Promise<GoldScore> {
  if (work.passedOver) return { correct: false, score: 0, fields: {} }
  const at = { projectId: work.projectId, version: work.schemaVersion }
  const loaded = await loadSchema(ctx.app, ctx.db, at)
  return scoreAgainstGold(loaded.schema, gold, {
    answers: work.answers,
    inputs: work.inputs,
    context: loaded.context(work.inputs),
    tolerances: goldSettings(gold.settings).tolerances,
  })
}

type Scored = {
  readonly gold: GoldRow
  readonly work: GoldWork
  readonly score: GoldScore
  readonly before: StoredAnswer | undefined
}

function storedOf(ctx: Ctx, { gold, work, score, before }: Scored) {
  const annotationId = before?.annotation_id ?? ctx.app.newId()
  const revision = (before?.revision ?? 0) + 1
  return {
    ...work,
    annotationId,
    revision,
    goldId: gold.gold_id,
    goldVersion: gold.version,
    userId: ctx.caller.userId,
    use: gold.use,
    correct: score.correct,
    score: score.score,
    fields: score.fields,
    hash: revisionHash({
      annotationId,
      itemId: work.itemId,
      revision,
      authorId: ctx.caller.userId,
      schemaVersion: work.schemaVersion,
      answers: work.answers,
      activeMs: work.activeMs,
      createdAt: ctx.now,
      previous: before?.hash,
    }),
    shownFrom: shownFrom(gold, ctx.now),
    eventId: ctx.app.newId(),
    now: ctx.now,
    gain: {
      answered: before ? 0 : 1,
      correct: Number(score.correct) - Number(before?.correct ?? false),
    },
  }
}

/** Training is explained at once, hidden gold from the next UTC day on, exams never: they are sat by others too. */
function shownFrom(gold: GoldRow, now: Date): Date | null {
  if (gold.use === 'training') return now
  if (gold.use === 'exam' || goldSettings(gold.settings).feedback === 'never') return null
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1))
}

async function count(ctx: Ctx, { gold, work, score, before }: Scored): Promise<void> {
  const who = { projectId: work.projectId, userId: ctx.caller.userId }
  if (gold.use === 'exam' && work.sittingId) {
    await judgeSitting(ctx, { ...who, sittingId: work.sittingId, correct: score.correct })
    return
  }
  if (gold.use !== 'hidden') return
  if (!before)
    return addToStanding(ctx.db, who, { answer: score.correct ? 'right' : 'wrong', now: ctx.now })
  if (before.correct === score.correct) return
  // The stored answer is among what was left for the end.
  await doWhatWasLeft(ctx.db)
  await rebuildStanding(ctx.db, who)
}
