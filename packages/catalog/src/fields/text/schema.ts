import { countCodePoints, LocalText, unstorable } from '@kasauti/core'
import { z } from 'zod'

const Length = z.int().min(1).max(100_000)

/** Lengths are in code points. */
export const TextConfig = z
  .strictObject({
    lines: z.enum(['one', 'many']).default('many'),
    minLength: Length.optional(),
    maxLength: Length.optional(),
    placeholder: LocalText.optional(),
  })
  .refine(
    (c) => c.minLength === undefined || c.maxLength === undefined || c.minLength <= c.maxLength,
    {
      error: 'must not be above maxLength',
      path: ['minLength'],
    },
  )
export type TextConfig = z.infer<typeof TextConfig>

/** No answer is longer than this, in code points, whatever the config says. */
const longest = 100_000

/** The shape of an answer under `config`. */
export function textAnswer(config: TextConfig): z.ZodType<string> {
  const { minLength = 1, maxLength = longest } = config
  return z.string('must be text').superRefine((text, ctx) => {
    const refuse = (message: string) => ctx.addIssue({ code: 'custom', message })
    const n = countCodePoints(text)
    const broken = unstorable(text)
    if (broken) refuse(broken)
    else if (text.trim() === '') refuse('must not be blank')
    else if (n < minLength) refuse(`must have at least ${minLength} characters, has ${n}`)
    else if (n > maxLength) refuse(`must have at most ${maxLength} characters, has ${n}`)
    else if (config.lines === 'one' && /[\n\r\u2028\u2029]/.test(text)) refuse('must be one line')
  })
}

/** Whatever the config. */
export const textShape: z.ZodType<string> = z.string()
