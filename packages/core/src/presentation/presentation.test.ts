import fc from 'fast-check'
import { expect, test } from 'vitest'
import { presentationOrder } from './index.ts'

const seed = fc.integer()
const size = fc.integer({ min: 1, max: 8 })

test('an order is a permutation, and the same seed gives the same order', () => {
  fc.assert(
    fc.property(size, seed, fc.nat(1_000_000), fc.nat(9), (n, s, ordinal, nth) => {
      const order = presentationOrder(n, { seed: s, ordinal, nth })
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
      expect(presentationOrder(n, { seed: s, ordinal, nth })).toEqual(order)
    }),
  )
})

test('over the people of one item, each candidate stands in each place equally often up to one', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 6 }),
      seed,
      fc.nat(1000),
      fc.integer({ min: 1, max: 9 }),
      (n, s, ordinal, people) => {
        const counts = Array.from({ length: n }, () => new Array<number>(n).fill(0))
        for (let nth = 0; nth < people; nth++) {
          presentationOrder(n, { seed: s, ordinal, nth }).forEach((candidate, place) => {
            const row = counts[candidate]
            if (row) row[place] = (row[place] ?? 0) + 1
          })
        }
        for (const row of counts) expect(Math.max(...row) - Math.min(...row)).toBeLessThanOrEqual(1)
      },
    ),
  )
})

test('over any run of items with pairs, left and right counts differ by at most two at the run’s ends, by none over whole blocks', () => {
  fc.assert(
    fc.property(seed, fc.nat(1000), fc.integer({ min: 1, max: 200 }), (s, start, pairs) => {
      let left = 0
      for (let i = 0; i < pairs * 2; i++) {
        if (presentationOrder(2, { seed: s, ordinal: start * 2 + i, nth: 0 })[0] === 0) left += 1
      }
      expect(left).toBe(pairs)
    }),
  )
})

test('which candidate comes first cannot be told from the ordinal alone', () => {
  const firsts = Array.from(
    { length: 400 },
    (_, s) => presentationOrder(2, { seed: s * 7919, ordinal: 4, nth: 0 })[0],
  )
  const share = firsts.filter((f) => f === 0).length / firsts.length
  expect(share).toBeGreaterThan(0.4)
  expect(share).toBeLessThan(0.6)
})
