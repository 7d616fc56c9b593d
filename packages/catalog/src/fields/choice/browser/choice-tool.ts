import type { LocalText } from '@kasauti/core'
import { optionPlace } from '../../../browser/keys.ts'
import type { FieldTool } from '../../../browser/kinds.ts'

export type Option = {
  readonly value: string
  readonly title: LocalText
  readonly help?: LocalText | undefined
  readonly color?: number | undefined
}
export type ChoiceConfig = {
  readonly mode: 'single' | 'multiple'
  readonly options: readonly Option[]
  readonly min?: number | undefined
  readonly max?: number | undefined
}
export type ChoiceAnswer = string | readonly string[]

export const chosen = (value: ChoiceAnswer | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value

/**
 * Press one option. Single: chosen, or cleared when it was chosen already. Multiple: switched, kept
 * in option order; refused (the same answer comes back) beyond `max`.
 */
export function toggle(
  config: ChoiceConfig,
  value: ChoiceAnswer | undefined,
  option: string,
): ChoiceAnswer | undefined {
  const now = chosen(value)
  if (config.mode === 'single') return now[0] === option ? undefined : option
  const on = now.includes(option)
  if (!on && config.max !== undefined && now.length >= config.max) return value
  const next = new Set(on ? now.filter((v) => v !== option) : [...now, option])
  const ordered = config.options.map((o) => o.value).filter((v) => next.has(v))
  return ordered.length === 0 ? undefined : ordered
}

export const choiceTool: FieldTool<ChoiceConfig, ChoiceAnswer> = {
  key(config, value, press) {
    if (press.shift) return 'unhandled'
    const option = config.options[optionPlace(press.code)]
    return option === undefined ? 'unhandled' : { answer: toggle(config, value, option.value) }
  },
  hints: (config) => [
    {
      keys: [config.options.length > 1 ? `1–${Math.min(9, config.options.length)}` : '1'],
      message: 'choice.hint',
    },
  ],
  complete: (config, value) => config.mode === 'single' && value !== undefined,
}
