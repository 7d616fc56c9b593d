import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  AcceptanceCriteria,
  batchPriorities,
  batchRisk,
  batchStates,
  batchWays,
  checkCriteria,
  criteriaMet,
  expectedEnd,
  handsOut,
  moveBatch,
  priorityOf,
  priorityRank,
} from './index.ts'

const now = new Date('2026-03-02T12:00:00Z')
const hours = (n: number) => new Date(now.getTime() + n * 3_600_000)

test('a batch without a pace and without a forecast promises nothing', () => {
  const none = { left: 10, pace: 0, dueAt: hours(48) }
  expect(expectedEnd(none, now)).toBeUndefined()
  expect(batchRisk(none, now)).toBe('unknown')
  expect(batchRisk({ ...none, left: 0 }, now)).toBe('done')
  expect(batchRisk({ ...none, dueAt: undefined, pace: 5 }, now)).toBe('unknown')
})

test('by pace: on time with a fifth to spare, at risk at the edge, late beyond', () => {
  const batch = (left: number) => ({ left, pace: 10, dueAt: hours(10 * 24) })
  expect(batchRisk(batch(70), now)).toBe('on-time')
  expect(batchRisk(batch(95), now)).toBe('at-risk')
  expect(batchRisk(batch(200), now)).toBe('late')
  expect(batchRisk({ ...batch(1), dueAt: hours(-1) }, now)).toBe('late')
})

test('a fresh forecast outweighs the pace', () => {
  const of = (chance: number) =>
    batchRisk(
      { left: 5, pace: 1, dueAt: hours(240), forecast: { median: hours(100), chance } },
      now,
    )
  expect([of(0.95), of(0.5), of(0.05)]).toEqual(['on-time', 'at-risk', 'late'])
})

const counts = {
  items: 100,
  done: 95,
  accepted: 90,
  reviews: 40,
  returns: 4,
  goldAnswered: 0,
  goldCorrect: 0,
}

test('criteria tell the numbers they were held against', () => {
  const checks = checkCriteria({ minDone: 0.95, minAccepted: 0.95, maxReturned: 0.1 }, counts)
  expect(checks).toEqual([
    { criterion: 'minDone', wanted: 0.95, count: 95, of: 100, verdict: 'met' },
    { criterion: 'minAccepted', wanted: 0.95, count: 90, of: 100, verdict: 'unmet' },
    { criterion: 'maxReturned', wanted: 0.1, count: 4, of: 40, verdict: 'met' },
  ])
  expect(criteriaMet(checks)).toBe(false)
})

test('what cannot be judged yet is not met, and nothing asked for is', () => {
  const [gold] = checkCriteria({ minGold: 0 }, counts)
  expect(gold?.verdict).toBe('unknown')
  expect(criteriaMet(gold ? [gold] : [])).toBe(false)
  expect(criteriaMet(checkCriteria({}, counts))).toBe(true)
})

test('a share of hundredths is met by exactly that many of a hundred', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 10_000 }), (n, k) => {
      const at = (done: number) =>
        checkCriteria({ minDone: n / 100 }, { ...counts, items: 100 * k, done })[0]?.verdict
      expect(at(n * k)).toBe('met')
      if (n > 0) expect(at(n * k - 1)).toBe('unmet')
    }),
  )
})

test('shares outside 0 to 1 are no criteria', () => {
  expect(AcceptanceCriteria.safeParse({ minDone: 1.2 }).success).toBe(false)
  expect(AcceptanceCriteria.safeParse({ maxReturned: -0.1 }).success).toBe(false)
})

test('a batch goes only the ways there are, and every state is reached from draft', () => {
  for (const from of batchStates)
    for (const to of batchStates) expect(moveBatch(from, to).ok).toBe(batchWays(from).includes(to))
  const reached = new Set<string>(['draft'])
  for (let n = 0; n < batchStates.length; n++)
    for (const from of batchStates)
      if (reached.has(from)) for (const to of batchWays(from)) reached.add(to)
  expect([...reached].sort()).toEqual([...batchStates].sort())
})

test('open hands out all stages, checking all but annotating, the others nothing', () => {
  const stages = ['annotate', 'review', 'adjudicate', 'audit']
  const out = (state: (typeof batchStates)[number]) => stages.filter((s) => handsOut(state, s))
  expect(out('open')).toEqual(stages)
  expect(out('checking')).toEqual(stages.slice(1))
  for (const state of ['draft', 'paused', 'delivered', 'accepted', 'rejected'] as const)
    expect(out(state)).toEqual([])
})

test('priorities keep their order as numbers and come back from them', () => {
  expect(batchPriorities.map(priorityRank)).toEqual([-1, 0, 1, 2])
  for (const priority of batchPriorities) expect(priorityOf(priorityRank(priority))).toBe(priority)
  expect([priorityOf(-7), priorityOf(9)]).toEqual(['low', 'urgent'])
})
