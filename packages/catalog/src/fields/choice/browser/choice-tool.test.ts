import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ChoiceConfig, choiceTool, chosen, toggle } from './choice-tool.ts'

const config = (n: number, more: Partial<ChoiceConfig> = {}): ChoiceConfig => ({
  mode: 'multiple',
  options: Array.from({ length: n }, (_, i) => ({ value: `v${i}`, title: { en: `Option ${i}` } })),
  ...more,
})
const press = (code: string) => ({ code, shift: false, candidates: [] })

describe('the choice tool', () => {
  it('chooses by digit, clears by the same digit, and takes letters after the ninth', () => {
    const single = config(12, { mode: 'single' })
    expect(choiceTool.key(single, undefined, press('Digit3'))).toEqual({ answer: 'v2' })
    expect(choiceTool.key(single, 'v2', press('Numpad3'))).toEqual({ answer: undefined })
    expect(choiceTool.key(single, 'v2', press('KeyB'))).toEqual({ answer: 'v9' })
    expect(choiceTool.key(single, 'v2', press('KeyJ'))).toBe('unhandled')
    expect(choiceTool.key(single, 'v2', press('Digit0'))).toBe('unhandled')
  })
  it('keeps option order, never repeats and never goes over the limit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(7), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (presses, max) => {
          const c = config(8, { max })
          let answer = undefined as ReturnType<typeof toggle>
          for (const i of presses) answer = toggle(c, answer, `v${i}`)
          const list = chosen(answer)
          expect(list.length).toBeLessThanOrEqual(max)
          expect(list).toEqual([...new Set(list)].sort())
        },
      ),
    )
  })
})
