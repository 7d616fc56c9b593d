import { expect, test } from 'vitest'
import { ageCounts, whyStuck } from './judge.ts'

const now = new Date('2026-03-02T12:00:00Z')
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000)

test('every wait is counted once, at its age', () => {
  const since = [hours(-0.5), hours(-1), hours(-30), hours(-24 * 30)]
  expect(ageCounts(since, now)).toEqual([1, 1, 0, 1, 0, 1])
  expect(ageCounts([], now)).toEqual([0, 0, 0, 0, 0, 0])
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
