import { z } from 'zod'
import type { AnswerContext } from '../../kinds.ts'

/** `input` is the conversation whose candidates are ranked. */
export const RankingConfig = z.strictObject({
  input: z.string().min(1),
  ties: z.enum(['allowed', 'refused']).default('allowed'),
})
export type RankingConfig = z.infer<typeof RankingConfig>

/** Groups of candidates, the best first; those of one group tie. Every candidate is there once. */
export type RankingAnswer = readonly (readonly string[])[]

/** The shape of an answer under `config`. Messages never name a candidate: who judges must not learn it. */
export function rankingAnswer(
  config: RankingConfig,
  context: AnswerContext,
): z.ZodType<RankingAnswer> {
  const candidates = context.candidates[config.input] ?? []
  const group = z
    .array(z.string('must be one of the candidates'), 'must be a group: a list of candidates')
    .min(1, 'must have at least 1 candidate')
  return z.array(group, 'must be a list of groups, the best first').superRefine((groups, ctx) => {
    const seen = new Set<string>()
    groups.forEach((ids, g) => {
      if (config.ties === 'refused' && ids.length > 1) {
        ctx.addIssue({
          code: 'custom',
          path: [g],
          message: 'must have 1 candidate: ties are refused',
        })
      }
      ids.forEach((id, i) => {
        const message = seen.has(id) ? 'is ranked twice' : 'must be one of the candidates'
        if (seen.has(id) || !candidates.includes(id)) {
          ctx.addIssue({ code: 'custom', path: [g, i], message })
        }
        seen.add(id)
      })
    })
    const missing = candidates.filter((id) => !seen.has(id)).length
    if (missing > 0) {
      ctx.addIssue({ code: 'custom', message: `must rank every candidate: ${missing} missing` })
    }
  })
}

/** Place of each candidate's group, from 0. */
export const placesOf = (ranking: RankingAnswer): ReadonlyMap<string, number> =>
  new Map(ranking.flatMap((group, g) => group.map((id) => [id, g] as const)))

/** Whatever the config; of a draft, candidates may be missing. */
export const rankingShape: z.ZodType<RankingAnswer> = z.array(z.array(z.string()))
