import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chanceFrom } from '../forecast/index.ts'
import {
  betaCdf,
  betaQuantile,
  declineFrom,
  declineTo,
  type GoldStanding,
  goldDoubt,
  goldHazard,
  goldPlaces,
  goldPolicy,
  hasDeclined,
  newStanding,
  nextCusum,
  shareRight,
  standingOf,
  updateStanding,
} from './index.ts'

const answers = (right: number, wrong: number): GoldStanding => ({
  answered: right + wrong,
  correct: right,
  cusum: 0,
})

test('the incomplete beta function has the values of its closed forms', () => {
  for (const x of [0.01, 0.2, 0.5, 0.77, 0.99]) {
    expect(betaCdf(x, 1, 1)).toBeCloseTo(x, 13)
    expect(betaCdf(x, 3, 1)).toBeCloseTo(x ** 3, 13)
    expect(betaCdf(x, 1, 4)).toBeCloseTo(1 - (1 - x) ** 4, 13)
    expect(betaCdf(x, 2, 2)).toBeCloseTo(3 * x ** 2 - 2 * x ** 3, 13)
    expect(betaCdf(x, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(x)), 12)
  }
})

test('a share of a binomial is a share of a beta: sum of C(n,j) x^j (1-x)^(n-j) from a', () => {
  const choose = (n: number, k: number): number =>
    k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k
  for (const [a, n, x] of [
    [58, 61, 0.93],
    [3, 10, 0.4],
    [20, 40, 0.5],
  ] as const) {
    let sum = 0
    for (let j = a; j <= n; j++) sum += choose(n, j) * x ** j * (1 - x) ** (n - j)
    expect(betaCdf(x, a, n - a + 1)).toBeCloseTo(sum, 11)
  }
})

test('a quantile is where the share is', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.integer({ min: 1, max: 2000 }),
      fc.integer({ min: 1, max: 2000 }),
      (p, a, b) => {
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 8)
      },
    ),
    { numRuns: 200 },
  )
})

/** Answers until the sum crosses `h`, counted over many runs. */
function runs(p: number, h: number, n: number) {
  const chance = chanceFrom(20_260_131)
  const lengths = Array.from({ length: n }, () => {
    let sum = 0
    let length = 0
    while (sum < h) {
      sum = nextCusum(sum, chance() < p ? 'wrong' : 'right')
      length += 1
    }
    return length
  }).sort((a, b) => a - b)
  const mean = lengths.reduce((a, b) => a + b, 0) / n
  return { mean, median: lengths[Math.floor(n / 2)] ?? 0 }
}

test.each([
  { h: 4, falseAlarmAfter: 2470, medianDelay: 74 },
  { h: 3, falseAlarmAfter: 850, medianDelay: 51 },
  { h: 2, falseAlarmAfter: 241, medianDelay: 30 },
])(
  'the sum against a decline with h=$h runs as it should',
  ({ h, falseAlarmAfter, medianDelay }) => {
    const quiet = runs(declineFrom, h, 12_000).mean
    expect(Math.abs(quiet / falseAlarmAfter - 1)).toBeLessThan(0.05)
    const late = runs(declineTo, h, 12_000).median
    expect(Math.abs(late / medianDelay - 1)).toBeLessThan(0.05)
  },
)

test('somebody new meets the most gold, somebody known the least', () => {
  expect(goldHazard(newStanding, goldPolicy)).toBe(goldPolicy.most)
  expect(goldHazard(answers(10, 0), goldPolicy)).toBe(goldPolicy.most)
  expect(goldHazard(answers(57, 3), goldPolicy)).toBe(goldPolicy.least)
  const between = goldHazard(answers(20, 0), goldPolicy)
  expect(between).toBeGreaterThan(goldPolicy.least)
  expect(between).toBeLessThan(goldPolicy.most)
})

test('the interval is at most five points to either side when the rate is least', () => {
  fc.assert(
    fc.property(fc.nat(400), fc.nat(400), (right, wrong) => {
      const { low, high } = shareRight(answers(right, wrong))
      const rate = goldHazard(answers(right, wrong), goldPolicy)
      expect(rate === goldPolicy.least).toBe((high - low) / 2 <= 0.05)
      expect(rate).toBeGreaterThanOrEqual(goldPolicy.least)
      expect(rate).toBeLessThanOrEqual(goldPolicy.most)
    }),
    { numRuns: 100 },
  )
})

test('after a decline the rate is highest again, and good answers bring it down', () => {
  let s = standingOf(Array.from({ length: 200 }, () => 'right' as const))
  expect(goldHazard(s, goldPolicy)).toBe(goldPolicy.least)
  s = updateStanding(s, 'wrong')
  const once = goldHazard(s, goldPolicy)
  expect(once).toBeGreaterThan(goldPolicy.least)
  for (let i = 0; i < 5; i++) s = updateStanding(s, 'wrong')
  expect([hasDeclined(s), goldHazard(s, goldPolicy)]).toEqual([true, goldPolicy.most])
  for (let i = 0; i < 60; i++) s = updateStanding(s, 'right')
  expect([hasDeclined(s), goldHazard(s, goldPolicy)]).toEqual([false, goldPolicy.least])
})

test('where gold was says nothing about where it is next', () => {
  const chance = chanceFrom(7)
  const at = goldPlaces(0.2, Array.from({ length: 200_000 }, chance)).map(Number)
  const mean = at.reduce((a, b) => a + b, 0) / at.length
  for (const lag of [1, 2, 3, 5, 10]) {
    let together = 0
    for (let i = lag; i < at.length; i++) together += (at[i] ?? 0) * (at[i - lag] ?? 0)
    const correlation = (together / (at.length - lag) - mean * mean) / (mean * (1 - mean))
    expect(Math.abs(correlation)).toBeLessThan(0.01)
  }
})

test('gold that good people do not agree with is doubtful', () => {
  expect(goldDoubt({ answered: 0, correct: 0 })).toBe(0)
  expect(goldDoubt({ answered: 10, correct: 10 })).toBeLessThan(0.01)
  expect(goldDoubt({ answered: 2, correct: 1 })).toBeCloseTo(0.5, 10)
  expect(goldDoubt({ answered: 6, correct: 1 })).toBeGreaterThan(0.9)
})
