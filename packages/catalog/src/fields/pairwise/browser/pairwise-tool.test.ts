import { describe, expect, it } from 'vitest'
import { type PairwiseConfig, pairwiseTool, verdicts } from './pairwise-tool.ts'

const config: PairwiseConfig = { input: 'chat', ties: ['both-good', 'both-bad'] }
const press = (code: string) => ({ code, shift: false, candidates: ['A', 'B'] })

describe('the pairwise tool', () => {
  it('has the sides at the ends and both ties apart between them', () => {
    expect(verdicts(config, ['A', 'B'])).toEqual([
      { better: 'A' },
      { tie: 'both-good' },
      { tie: 'both-bad' },
      { better: 'B' },
    ])
    expect(pairwiseTool.key(config, undefined, press('Digit3'))).toEqual({
      answer: { tie: 'both-bad' },
    })
    expect(pairwiseTool.key(config, undefined, press('Digit4'))).toEqual({
      answer: { better: 'B' },
    })
  })
  it('takes the arrows for left and right, and the same key again to clear', () => {
    expect(pairwiseTool.key(config, undefined, press('ArrowLeft'))).toEqual({
      answer: { better: 'A' },
    })
    expect(pairwiseTool.key(config, { better: 'B' }, press('ArrowRight'))).toEqual({
      answer: undefined,
    })
  })
  it('has no key for a tie that is not offered', () => {
    expect(pairwiseTool.key({ ...config, ties: [] }, undefined, press('Digit3'))).toBe('unhandled')
  })
})
