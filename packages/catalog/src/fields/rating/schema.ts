import { LocalText } from '@kasauti/core'
import { z } from 'zod'

export const Level = z.strictObject({
  value: z.int().min(-100).max(100),
  title: LocalText,
  /** What an answer at this level looks like: the anchor people rate by. */
  anchor: LocalText.optional(),
})
export type Level = z.infer<typeof Level>

export const RatingConfig = z
  .strictObject({
    levels: z.array(Level).min(2).max(11),
    notApplicable: z.boolean().default(false),
  })
  .superRefine((config, ctx) => {
    config.levels.forEach(({ value }, i) => {
      const before = config.levels[i - 1]
      if (before && value <= before.value) {
        const message = `must be above ${before.value}, the level before`
        ctx.addIssue({ code: 'custom', path: ['levels', i, 'value'], message })
      }
    })
  })
export type RatingConfig = z.infer<typeof RatingConfig>

export const notApplicable = 'not-applicable'
/** The value of a level, or that none applies. */
export type RatingAnswer = number | typeof notApplicable

/** The shape of an answer under `config`. */
export function ratingAnswer(config: RatingConfig): z.ZodType<RatingAnswer> {
  const values: RatingAnswer[] = config.levels.map((l) => l.value)
  const list = values.join(', ')
  return config.notApplicable
    ? z.literal([...values, notApplicable], `must be ${list} or ${notApplicable}`)
    : z.literal(values, `must be one of ${list}`)
}

/** Place of the level on the scale, from 0. */
export const placeOf = (answer: RatingAnswer, config: RatingConfig): number =>
  config.levels.findIndex((l) => l.value === answer)

/** Whatever the config. */
export const ratingShape: z.ZodType<RatingAnswer> = z.union([z.int(), z.literal(notApplicable)])
