import { describe, expect, it } from 'vitest'
import { choice } from './choice/index.ts'
import { pairwise } from './pairwise/index.ts'
import { rating } from './rating/index.ts'

const title = { en: 'title' }
const rated = rating.config.parse({
  levels: [1, 2, 5].map((value) => ({ value, title })),
  notApplicable: true,
})
const chosen = (mode: string, more = {}) =>
  choice.config.parse({
    mode,
    options: ['a', 'b', 'c'].map((value) => ({ value, title })),
    ...more,
  })
const n = (answers: readonly { readonly n: number }[] | undefined) => answers?.map((v) => v.n)

describe('ratings', () => {
  it('are apart by places on the scale, not by values', () => {
    expect(rating.compare(1, 2, rated).distance).toBe(0.5)
    expect(rating.compare(2, 5, rated).distance).toBe(0.5)
    expect(rating.compare('not-applicable', 5, rated).distance).toBe(1)
  })
  it('merge to the lower median, or to not applicable if most say so', () => {
    expect(rating.merge([1, 5])?.answer).toBe(1)
    expect(rating.merge([5, 1, 2, 2])?.answer).toBe(2)
    expect(rating.merge(['not-applicable', 5])?.answer).toBe(5)
    expect(rating.merge(['not-applicable', 'not-applicable', 5])?.answer).toBe('not-applicable')
  })
})

describe('choices', () => {
  it('of sets are apart by Jaccard', () => {
    expect(choice.compare(['a', 'b'], ['b', 'c']).distance).toBeCloseTo(2 / 3)
    expect(choice.compare('a', 'b').distance).toBe(1)
  })
  it('merge by votes, of equals to the earlier option', () => {
    const merged = choice.merge(['c', 'b', 'c', 'b', 'a'], chosen('single'))
    expect(merged?.answer).toBe('b')
    expect(n(merged?.votes)).toEqual([2, 2, 1])
  })
  it('of sets merge to what more than half chose, within the limits', () => {
    const answers = [['a', 'b'], ['b'], ['b', 'c'], ['a']]
    expect(choice.merge(answers, chosen('multiple'))?.answer).toEqual(['b'])
    expect(choice.merge(answers, chosen('multiple', { min: 2 }))?.answer).toEqual(['a', 'b'])
    expect(choice.merge([['a'], ['c']], chosen('multiple'))?.answer).toEqual(['a'])
  })
})

describe('pairs', () => {
  const [neem, pipal] = [{ better: 'neem' }, { better: 'pipal' }]
  const bad = { tie: 'both-bad' as const }
  it('are half apart from a tie, and ties from each other', () => {
    expect(pairwise.compare(neem, pipal).distance).toBe(1)
    expect(pairwise.compare(neem, bad).distance).toBe(0.5)
    expect(pairwise.compare({ tie: 'both-good' }, bad).distance).toBe(0.5)
  })
  it('in dead heat merge to the answer nearest to all', () => {
    expect(pairwise.merge([neem, pipal, bad])?.answer).toEqual(bad)
    expect(pairwise.merge([pipal, neem])?.answer).toEqual(neem)
    expect(pairwise.merge([pipal, bad, pipal])?.answer).toEqual(pipal)
  })
})
