import type { LocalText } from '@kasauti/core'
import type { FieldTool } from '../../../browser/kinds.ts'
import { codePoints } from '../../../browser/writing.ts'

export type TextConfig = {
  readonly lines: 'one' | 'many'
  /** Lengths in code points. */
  readonly minLength?: number | undefined
  readonly maxLength?: number | undefined
  readonly placeholder?: LocalText | undefined
}

/** What was typed as an answer: line breaks taken out of one-line fields, nothing for emptiness. */
export function typed(config: TextConfig, raw: string): string | undefined {
  const text =
    config.lines === 'one' ? raw.replaceAll(/[\r\n]+/g, ' ') : raw.replaceAll('\r\n', '\n')
  return text === '' ? undefined : text
}

/** How the length stands against the limits; `undefined` without limits. Code points. */
export function lengthState(config: TextConfig, value: string | undefined) {
  const { minLength, maxLength } = config
  if (minLength === undefined && maxLength === undefined) return undefined
  const n = codePoints(value ?? '')
  const state =
    maxLength !== undefined && n > maxLength
      ? 'over'
      : minLength !== undefined && n < minLength
        ? 'under'
        : 'fits'
  return { n, state } as const
}

/** Text is typed, not keyed: every plain key belongs to the text box. */
export const textTool: FieldTool<TextConfig, string> = {
  key: () => 'unhandled',
  hints: () => [{ keys: ['Esc'], message: 'text.hint' }],
  complete: () => false,
}
