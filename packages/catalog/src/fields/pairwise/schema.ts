import type { LocalText } from '@kasauti/core'
import { z } from 'zod'
import type { AnswerContext } from '../../kinds.ts'

const ties = ['both-good', 'both-bad'] as const
export type Tie = (typeof ties)[number]

/** `input` is the conversation whose two candidates are compared; `ties` are the ties on offer. */
export const PairwiseConfig = z
  .strictObject({
    input: z.string().min(1),
    ties: z.array(z.enum(ties)).max(2).default(['both-good', 'both-bad']),
  })
  .refine((c) => new Set(c.ties).size === c.ties.length, {
    error: 'must not name a tie twice',
    path: ['ties'],
  })
export type PairwiseConfig = z.infer<typeof PairwiseConfig>

/** The better candidate, or how they tie. */
export type PairwiseAnswer = { readonly better: string } | { readonly tie: Tie }

export const tieTitles: Readonly<Record<Tie, LocalText>> = {
  'both-good': { en: 'Both good', hi: 'दोनों अच्छे' },
  'both-bad': { en: 'Both bad', hi: 'दोनों ख़राब' },
}

const oneShape = 'must be { better } or { tie }'

/** The shape of an answer under `config`. Messages never name a candidate: who judges must not learn it. */
export function pairwiseAnswer(
  config: PairwiseConfig,
  context: AnswerContext,
): z.ZodType<PairwiseAnswer> {
  const candidates = context.candidates[config.input] ?? []
  const better = z.strictObject({
    better: z
      .string('must be one of the candidates')
      .refine((id) => candidates.includes(id), 'must be one of the candidates'),
  })
  const tie = z.strictObject({
    tie: z.enum(ties).refine((t) => config.ties.includes(t), 'must be a tie that is on offer'),
  })
  const shape = z.union([better, tie], oneShape)
  return z.unknown().transform((raw, ctx): PairwiseAnswer => {
    const one = typeof raw === 'object' && raw !== null && !Array.isArray(raw)
    const read = (one && 'better' in raw ? better : one && 'tie' in raw ? tie : shape).safeParse(
      raw,
    )
    if (read.success) return read.data
    for (const { code, path, message } of read.error.issues) {
      const text = code === 'unrecognized_keys' ? oneShape : message
      ctx.addIssue({ code: 'custom', path: [...path], message: text })
    }
    return z.NEVER
  })
}

/** Whatever the config. */
export const pairwiseShape: z.ZodType<PairwiseAnswer> = z.union([
  z.strictObject({ better: z.string() }),
  z.strictObject({ tie: z.enum(ties) }),
])
