import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRankings } from './compare.ts'
import { ranking } from './index.ts'
import { mergeRankings } from './merge.ts'
import type { RankingAnswer } from './schema.ts'

const distance = (a: RankingAnswer, b: RankingAnswer) => compareRankings(a, b).distance

/** Every ranking with ties of `ids`, by brute force. */
function weakOrders(ids: readonly string[]): string[][][] {
  const [first, ...rest] = ids
  if (first === undefined) return [[]]
  return weakOrders(rest).flatMap((order) => [
    ...order.map((_, i) => order.map((g, k) => (k === i ? [first, ...g].sort() : g))),
    ...Array.from({ length: order.length + 1 }, (_, i) => order.toSpliced(i, 0, [first])),
  ])
}

describe('ranking', () => {
  it('counts a reversed pair whole and a pair tied once half', () => {
    expect(distance([['a'], ['b'], ['c']], [['c'], ['b'], ['a']])).toBe(1)
    expect(distance([['a'], ['b'], ['c']], [['b'], ['a'], ['c']])).toBeCloseTo(1 / 3)
    expect(distance([['a'], ['b'], ['c']], [['a', 'b'], ['c']])).toBeCloseTo(1 / 6)
    expect(distance([['a', 'b', 'c']], [['a'], ['b'], ['c']])).toBe(0.5)
  })
  it('is a metric', () => {
    const orders = weakOrders(['a', 'b', 'c', 'd'])
    const one = fc.constantFrom(...orders)
    expect(orders).toHaveLength(75)
    fc.assert(
      fc.property(
        one,
        one,
        one,
        (a, b, c) => distance(a, c) <= distance(a, b) + distance(b, c) + 1e-12,
      ),
    )
  })
  it('merges to the ranking with the least sum of distances', () => {
    const orders = weakOrders(['a', 'b', 'c', 'd'])
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...orders), { minLength: 1, maxLength: 6 }),
        (answers) => {
          const cost = (r: RankingAnswer) => answers.reduce((s, a) => s + distance(a, r), 0)
          const merged = mergeRankings(answers, { input: 'chat', ties: 'allowed' })?.answer ?? []
          const strict = mergeRankings(answers, { input: 'chat', ties: 'refused' })?.answer ?? []
          expect(cost(merged)).toBeCloseTo(Math.min(...orders.map(cost)), 9)
          const strictOrders = orders.filter((o) => o.length === 4)
          expect(cost(strict)).toBeCloseTo(Math.min(...strictOrders.map(cost)), 9)
        },
      ),
      { numRuns: 40 },
    )
  })
  it('ties what is in dead heat', () => {
    const config = { input: 'chat', ties: 'allowed' as const }
    expect(
      mergeRankings(
        [
          [['a'], ['b']],
          [['b'], ['a']],
        ],
        config,
      )?.answer,
    ).toEqual([['a', 'b']])
  })
  it('is written with its ties', () => {
    expect(ranking.summarise([['b'], ['a', 'c']])).toBe('b > a = c')
  })
})
