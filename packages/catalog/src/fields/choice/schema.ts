import { LocalText } from '@kasauti/core'
import { z } from 'zod'

const Value = z
  .string()
  .regex(/^[^|\p{Cc}]{1,80}$/u, 'must be 1 to 80 characters without | and control characters')
  .refine((v) => v === v.trim(), 'must not begin or end with a space')

export const Option = z.strictObject({
  value: Value,
  title: LocalText,
  help: LocalText.optional(),
  /** One of the eight label colours. */
  color: z.int().min(1).max(8).optional(),
})
export type Option = z.infer<typeof Option>

const Limit = z.int().min(1).max(200)

/** `min` and `max` bound how many options a multiple choice takes. */
export const ChoiceConfig = z
  .strictObject({
    mode: z.enum(['single', 'multiple']).default('single'),
    options: z.array(Option).min(1).max(200),
    min: Limit.optional(),
    max: Limit.optional(),
  })
  .superRefine((config, ctx) => {
    const seen = new Set<string>()
    config.options.forEach(({ value }, i) => {
      if (seen.has(value)) {
        const message = `${JSON.stringify(value)} is there twice`
        ctx.addIssue({ code: 'custom', path: ['options', i, 'value'], message })
      }
      seen.add(value)
    })
    for (const limit of ['min', 'max'] as const) {
      const message = misfit(config, limit)
      if (message) ctx.addIssue({ code: 'custom', path: [limit], message })
    }
  })
export type ChoiceConfig = z.infer<typeof ChoiceConfig>

/** Of a single choice the value; of a multiple choice the values. */
export type ChoiceAnswer = string | readonly string[]

type Limits = {
  mode: string
  options: readonly unknown[]
  min?: number | undefined
  max?: number | undefined
}

function misfit(config: Limits, limit: 'min' | 'max'): string | undefined {
  const n = config[limit]
  if (n === undefined) return undefined
  if (config.mode === 'single') return 'is only for multiple choice'
  if (n > config.options.length)
    return `must be at most ${config.options.length}, the number of options`
  if (limit === 'min' && config.max !== undefined && n > config.max) return 'must not be above max'
  return undefined
}

/** The shape of an answer under `config`. */
export function choiceAnswer(config: ChoiceConfig): z.ZodType<ChoiceAnswer> {
  const values = new Set(config.options.map((o) => o.value))
  const one = z.string('must be the value of an option').refine((v) => values.has(v), {
    error: 'must be the value of an option',
    abort: true,
  })
  if (config.mode === 'single') return one
  const min = config.min ?? 1
  const max = config.max ?? config.options.length
  return z
    .array(one, 'must be a list of values of options')
    .min(min, `must have at least ${min}`)
    .max(max, `must have at most ${max}`)
    .superRefine((chosen, ctx) => {
      chosen.forEach((value, i) => {
        if (chosen.indexOf(value) < i) {
          ctx.addIssue({ code: 'custom', path: [i], message: 'is there twice' })
        }
      })
    })
}

export const chosen = (answer: ChoiceAnswer): readonly string[] =>
  typeof answer === 'string' ? [answer] : answer

/** Whatever the config. */
export const choiceShape: z.ZodType<ChoiceAnswer> = z.union([z.string(), z.array(z.string())])
