import { z } from 'zod'

/** `lang`: BCP 47 tag of the text, for fonts, hyphenation and screen readers. */
export const TextConfig = z.strictObject({
  lang: z
    .string()
    .regex(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/, 'a language tag such as hi, en or hi-Latn')
    .optional(),
})
export type TextConfig = z.infer<typeof TextConfig>

export type TextValue = { readonly text: string }
