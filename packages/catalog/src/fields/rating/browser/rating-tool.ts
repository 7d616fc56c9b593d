import type { LocalText } from '@kasauti/core'
import { digitOf, optionCap, optionPlace } from '../../../browser/keys.ts'
import type { FieldTool } from '../../../browser/kinds.ts'

export type Level = {
  readonly value: number
  readonly title: LocalText
  readonly anchor?: LocalText | undefined
}
export type RatingConfig = {
  readonly levels: readonly Level[]
  readonly notApplicable: boolean
}
export type RatingAnswer = number | 'not-applicable'

const byValue = (config: RatingConfig) => config.levels.every((l) => l.value >= 1 && l.value <= 9)

/** The cap of a level: its value where all values are 1..9, else its place. */
export const levelCap = (config: RatingConfig, place: number): string | undefined =>
  byValue(config) ? String(config.levels[place]?.value) : optionCap(place)

const press = (value: RatingAnswer | undefined, next: RatingAnswer) => ({
  answer: value === next ? undefined : next,
})

export const ratingTool: FieldTool<RatingConfig, RatingAnswer> = {
  key(config, value, { code, shift }) {
    if (shift) return 'unhandled'
    if (digitOf(code) === 0)
      return config.notApplicable ? press(value, 'not-applicable') : 'unhandled'
    const level = byValue(config)
      ? config.levels.find((l) => l.value === digitOf(code))
      : config.levels[optionPlace(code)]
    return level === undefined ? 'unhandled' : press(value, level.value)
  },
  hints(config) {
    const caps = config.levels.map((_, i) => levelCap(config, i) ?? '').filter(Boolean)
    const rate = { keys: [`${caps[0]}–${caps.at(-1)}`], message: 'rating.hint' }
    return config.notApplicable ? [rate, { keys: ['0'], message: 'rating.notApplicable' }] : [rate]
  },
  complete: (_config, value) => value !== undefined,
}
