/** A sitting of an exam: begun, answered question by question, decided. */
import { type ExamScore, examDecision, fewestItems, KasautiError } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { grantCertificate } from '../skill/index.ts'
import {
  countQuestionsLeft,
  countSitting,
  findSitting,
  insertSitting,
  listExams,
  listSittings,
  releaseQuestions,
  ruleOf,
  type SittingRow,
  writeSitting,
} from './storage.ts'

const dayMs = 86_400_000

/** When somebody who was refused may try again; `undefined`: now. */
export const retryFrom = (
  row: { readonly retry_days: number },
  failedAt: Date | null,
  now: Date,
): Date | undefined => {
  if (!failedAt) return undefined
  const from = new Date(failedAt.getTime() + row.retry_days * dayMs)
  return from > now ? from : undefined
}

/** Begin a sitting or go on with the one that runs. Throws `exam/not-found`, `exam/too-soon`, `exam/too-few-items`. */
export async function startSitting(
  ctx: Ctx,
  at: { readonly projectId: string; readonly examId: string },
): Promise<SittingRow> {
  const [exam] = await listExams(ctx.db, at)
  if (!exam) throw new KasautiError('exam/not-found')
  const who = { ...at, userId: ctx.caller.userId }
  const mine = await listSittings(ctx.db, who)
  const running = mine.find((s) => s.state === 'running')
  if (running) return running
  if (!exam.active) throw new KasautiError('exam/not-found')
  const failed = mine.find((s) => s.state === 'failed')
  const from = retryFrom(exam, failed?.finished_at ?? null, ctx.now)
  if (from) throw new KasautiError('exam/too-soon', undefined, { extra: { from } })
  const left = await countQuestionsLeft(ctx.db, who)
  const needed = fewestItems(ruleOf(exam))
  if (left < needed)
    throw new KasautiError('exam/too-few-items', undefined, { extra: { left, needed } })
  const sittingId = await insertSitting(ctx.db, {
    ...who,
    sittingId: ctx.app.newId(),
    now: ctx.now,
  })
  const sitting = await findSitting(ctx.db, { ...at, sittingId, lock: 'no' })
  if (!sitting) throw new Error('a sitting that was begun is missing')
  return sitting
}

type At = { readonly projectId: string; readonly sittingId: string }

/** One more answer. The exam ends when it is clear enough. */
export async function judgeSitting(
  ctx: Ctx,
  answer: At & { readonly userId: string; readonly correct: boolean },
): Promise<void> {
  const sitting = await findSitting(ctx.db, { ...answer, lock: 'yes' })
  if (!sitting) throw new KasautiError('exam/not-found')
  if (sitting.state !== 'running') throw new KasautiError('exam/finished')
  const score = {
    correct: sitting.correct + Number(answer.correct),
    wrong: sitting.wrong + Number(!answer.correct),
  }
  await decide(ctx, answer, { sitting, score, more: 'yes' })
}

/** There are no questions left: decided by the nearer bound. */
export async function endSitting(ctx: Ctx, at: At): Promise<void> {
  const sitting = await findSitting(ctx.db, { ...at, lock: 'yes' })
  if (sitting?.state !== 'running') return
  await decide(ctx, at, { sitting, score: sitting, more: 'no' })
}

/**
 * Answers of a sitting count differently: it is decided anew from all of them. Who was refused and passes
 * now gets the certificate; a certificate that was given stays: its person could not know.
 * @returns whether a certificate was given
 */
export async function redecideSitting(ctx: Ctx, at: At): Promise<boolean> {
  const sitting = await findSitting(ctx.db, { ...at, lock: 'yes' })
  if (!sitting) return false
  const score = await countSitting(ctx.db, at)
  if (sitting.state === 'passed') {
    await writeSitting(ctx.db, {
      ...at,
      ...score,
      state: 'passed',
      finishedAt: sitting.finished_at,
      certificateId: sitting.certificate_id,
    })
    return false
  }
  const more = sitting.state === 'running' ? 'yes' : 'no'
  return (await decide(ctx, at, { sitting, score, more })) === 'passed'
}

async function decide(
  ctx: Ctx,
  at: At,
  o: { sitting: SittingRow; score: ExamScore; more: 'yes' | 'no' },
): Promise<SittingRow['state']> {
  const { sitting, more } = o
  const score = { correct: o.score.correct, wrong: o.score.wrong }
  const rule = ruleOf(sitting)
  const asked = score.correct + score.wrong
  const decision = examDecision(more === 'yes' ? rule : { ...rule, maxItems: asked }, score)
  const state = decision === 'go-on' ? 'running' : decision === 'grant' ? 'passed' : 'failed'
  const certificateId = state === 'passed' ? await certify(ctx, at, sitting) : null
  const finishedAt = state === 'running' ? null : (sitting.finished_at ?? ctx.now)
  await writeSitting(ctx.db, { ...at, ...score, state, finishedAt, certificateId })
  if (state !== 'running') await releaseQuestions(ctx.db, at)
  return state
}

async function certify(ctx: Ctx, at: At, sitting: SittingRow): Promise<string> {
  const { certificateId } = await grantCertificate(ctx, {
    ...at,
    skillId: sitting.skill_id,
    skillTitle: sitting.skill_title.en,
    userId: sitting.user_id,
    source: 'exam',
    grantedBy: null,
    validDays: sitting.valid_days ?? undefined,
  })
  return certificateId
}

/** A person's own sitting, as far as handing out questions needs it. */
export const sittingOf = (
  db: Ctx['db'],
  at: At & { readonly userId: string },
): Promise<Pick<SittingRow, 'state' | 'sitting_id'> | undefined> =>
  findSitting(db, { ...at, lock: 'no' })
