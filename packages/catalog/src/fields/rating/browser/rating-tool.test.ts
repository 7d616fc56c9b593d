import { describe, expect, it } from 'vitest'
import { levelCap, type RatingConfig, ratingTool } from './rating-tool.ts'

const config = (values: readonly number[], notApplicable = true): RatingConfig => ({
  levels: values.map((value) => ({ value, title: { en: `${value}` } })),
  notApplicable,
})
const press = (code: string) => ({ code, shift: false, candidates: [] })

describe('the rating tool', () => {
  it('takes the digit that is the value where all values are digits', () => {
    const c = config([2, 4, 6])
    expect(ratingTool.key(c, undefined, press('Digit4'))).toEqual({ answer: 4 })
    expect(ratingTool.key(c, undefined, press('Digit3'))).toBe('unhandled')
  })
  it('goes by place where a value is no digit: 0 to 10 and negative scales', () => {
    const c = config([-1, 0, 1], false)
    expect(ratingTool.key(c, undefined, press('Digit1'))).toEqual({ answer: -1 })
    expect(levelCap(config([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 10)).toBe('C')
  })
  it('takes 0 for not applicable only where that is offered', () => {
    expect(ratingTool.key(config([1, 2]), 1, press('Digit0'))).toEqual({ answer: 'not-applicable' })
    expect(ratingTool.key(config([1, 2], false), 1, press('Digit0'))).toBe('unhandled')
  })
})
