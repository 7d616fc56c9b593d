import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  place,
  type RankingAnswer,
  type RankingConfig,
  rankingTool,
  unplaced,
} from './ranking-tool.ts'

const config: RankingConfig = { input: 'chat', ties: 'allowed' }
const candidates = ['A', 'B', 'C']
const keyed = (keys: readonly string[], c = config) => {
  let answer: RankingAnswer | undefined
  for (const key of keys) {
    const done = rankingTool.key(c, answer, {
      code: key.replace('+', ''),
      shift: key.startsWith('+'),
      candidates,
    })
    if (done !== 'unhandled') answer = done.answer
  }
  return answer
}

describe('the ranking tool', () => {
  it('places by digit or letter, ties with Shift, and takes the last back', () => {
    expect(keyed(['Digit2', 'KeyA', 'Digit3'])).toEqual([['B'], ['A'], ['C']])
    expect(keyed(['Digit2', '+Digit1', 'Digit3'])).toEqual([['A', 'B'], ['C']])
    expect(keyed(['Digit2', 'Digit1', 'Backspace'])).toEqual([['B']])
  })
  it('makes no tie where ties are refused', () => {
    expect(keyed(['Digit2', '+Digit1'], { ...config, ties: 'refused' })).toEqual([['B'], ['A']])
  })
  it('is complete when every candidate is placed', () => {
    expect(rankingTool.complete(config, [['A', 'B']], { candidates })).toBe(false)
    expect(rankingTool.complete(config, [['A', 'B'], ['C']], { candidates })).toBe(true)
  })
  it('holds every candidate at most once and no empty group, however they are dragged', () => {
    const anyMove = fc.record({
      c: fc.constantFrom(...candidates),
      into: fc.boolean(),
      at: fc.nat(4),
    })
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 30 }), (moves) => {
        let answer: RankingAnswer | undefined
        for (const m of moves)
          answer = place(answer, m.c, m.into ? { into: m.at } : { before: m.at })
        const flat = (answer ?? []).flat()
        expect(new Set(flat).size).toBe(flat.length)
        expect((answer ?? []).every((g) => g.length > 0)).toBe(true)
        expect([...flat, ...unplaced(answer, candidates)].sort()).toEqual(candidates)
      }),
    )
  })
})
