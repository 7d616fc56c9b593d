import { expect, test } from 'vitest'
import { ageCounts, expectedAt, riskOf, whyStuck } from './judge.ts'

const now = new Date('2026-03-02T12:00:00Z')
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000)

test('every wait is counted once, at its age', () => {
  const since = [hours(-0.5), hours(-1), hours(-30), hours(-24 * 30)]
  expect(ageCounts(since, now)).toEqual([1, 1, 0, 1, 0, 1])
  expect(ageCounts([], now)).toEqual([0, 0, 0, 0, 0, 0])
})

test('a batch without a pace and without a forecast promises nothing', () => {
  const none = { left: 10, pace: 0, dueAt: hours(48) }
  expect(expectedAt(none, now)).toBeUndefined()
  expect(riskOf(none, now)).toBe('unknown')
  expect(riskOf({ ...none, left: 0 }, now)).toBe('done')
  expect(riskOf({ ...none, dueAt: undefined, pace: 5 }, now)).toBe('unknown')
})

test('by pace: on time with a fifth to spare, at risk at the edge, late beyond', () => {
  const batch = (left: number) => ({ left, pace: 10, dueAt: hours(10 * 24) })
  expect(riskOf(batch(70), now)).toBe('on-time')
  expect(riskOf(batch(95), now)).toBe('at-risk')
  expect(riskOf(batch(200), now)).toBe('late')
  expect(riskOf({ ...batch(1), dueAt: hours(-1) }, now)).toBe('late')
})

test('a fresh forecast outweighs the pace', () => {
  const of = (chance: number) =>
    riskOf({ left: 5, pace: 1, dueAt: hours(240), forecast: { median: hours(100), chance } }, now)
  expect([of(0.95), of(0.5), of(0.05)]).toEqual(['on-time', 'at-risk', 'late'])
})

test('stuck says why, and not without a reason', () => {
  const fine = {
    held: 1,
    oldestHeldAt: hours(-0.2),
    oldestReturnAt: undefined,
    lastAt: hours(-0.1),
    accepted: 8,
    returned: 1,
  }
  expect(whyStuck(fine, now)).toEqual([])
  expect(whyStuck({ ...fine, oldestHeldAt: hours(-3), lastAt: hours(-1) }, now)).toEqual([
    'held-long',
    'quiet',
  ])
  expect(whyStuck({ ...fine, oldestReturnAt: hours(-25), returned: 4 }, now)).toEqual([
    'returned-long',
    'many-returns',
  ])
})
