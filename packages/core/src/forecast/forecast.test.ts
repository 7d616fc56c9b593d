import { tellBatch } from '@kasauti/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { guessedWorkHours, planDays } from '../calendar/index.ts'
import { beta, binomial, chanceFrom, gamma, normalFrom } from './chance.ts'
import {
  type ForecastInput,
  type ForecastPerson,
  forecast,
  type PastDay,
  perStage,
  type WhatIf,
  whatIf,
} from './index.ts'
import { levelsOf } from './levels.ts'

const hour = 3_600_000
/** A Monday morning in Kolkata. */
const nowMs = Date.parse('2026-11-23T04:30:00Z')
const plan = planDays(guessedWorkHours, { nowMs, days: 200 })

/** Worked 7.5 planned hours of which 5 active, at `seconds` an item, on ten days. */
const past = (seconds: number, stage: 'annotate' | 'review' = 'annotate'): PastDay[] =>
  Array.from({ length: 10 }, (_, n) => ({
    ago: n + 1,
    workMs: 7.5 * hour,
    activeMs: 5 * hour,
    stages: { [stage]: { items: (5 * 3600) / seconds, activeMs: 5 * hour } },
  }))
const person = (id: string, more: Partial<ForecastPerson> = {}): ForecastPerson => ({
  id,
  stages: ['annotate'],
  past: past(60),
  plan,
  share: 1,
  ...more,
})
const input = (more: Partial<ForecastInput> = {}): ForecastInput => ({
  nowMs,
  waiting: { ...perStage(() => 0), annotate: 3000 },
  flow: {
    overlap: 1,
    reviewsEach: 0,
    returns: { seen: 0, returned: 0 },
    onReturn: 'author',
    adjudicated: 0,
    audited: 0,
    auditFails: { seen: 0, failed: 0 },
  },
  people: [person('a'), person('b')],
  ahead: [],
  came: { days: 56, batches: 0, activeMs: 0 },
  history: { ownShare: 0.5, others: 1 },
  draws: 300,
  ...more,
})
const made = (more: Partial<ForecastInput> = {}) => forecast(input(more), chanceFrom(1))
const median = (more: Partial<ForecastInput> = {}) => made(more).p50Ms ?? Number.POSITIVE_INFINITY
const daysFromNow = (ms: number) => (ms - nowMs) / (24 * hour)

test('two people of 300 items a day do 3,000 in about a working week', () => {
  const { p10Ms = 0, p50Ms = 0, p80Ms = 0, p90Ms = 0 } = made()
  expect(daysFromNow(p50Ms)).toBeGreaterThan(3.5)
  expect(daysFromNow(p50Ms)).toBeLessThan(8)
  expect([p10Ms, p50Ms, p80Ms, p90Ms]).toEqual(
    [p10Ms, p50Ms, p80Ms, p90Ms].toSorted((a, b) => a - b),
  )
  expect(p10Ms).toBeLessThan(p90Ms)
})

test('the same input and chance give the same forecast', () => {
  expect(made()).toEqual(made())
})

test('nothing left is done now, and work that nobody may do is never done', () => {
  expect(made({ waiting: perStage(() => 0) })).toMatchObject({
    p10Ms: nowMs,
    p90Ms: nowMs,
    stages: [],
  })
  const stuck = made({
    waiting: { ...perStage(() => 0), review: 1 },
    dueMs: nowMs + 30 * 24 * hour,
  })
  expect(stuck.p10Ms).toBeUndefined()
  expect(stuck.meetsDue).toBe(0)
  expect(stuck.reasons).toContainEqual({ kind: 'nobody', stage: 'review' })
  expect(made({ people: [] }).p50Ms).toBeUndefined()
})

test('reviews end after annotating, and returns make it later', () => {
  const reviewer = person('r', { stages: ['review'], past: past(20, 'review') })
  const reviewed = (returned: number) => ({
    people: [person('a'), person('b'), reviewer],
    flow: { ...input().flow, reviewsEach: 1, returns: { seen: 200, returned } },
  })
  const [first, second] = made(reviewed(10)).stages
  expect([first?.stage, second?.stage]).toEqual(['annotate', 'review'])
  expect(second?.p50Ms).toBeGreaterThanOrEqual(first?.p50Ms ?? 0)
  expect(median(reviewed(0))).toBeLessThan(median(reviewed(100)))
  const slow = {
    people: [person('a'), person('r', { stages: ['review'], past: past(90, 'review') })],
  }
  const { reasons } = made({ ...reviewed(10), ...slow })
  expect(reasons).toContainEqual({ kind: 'bottleneck', stage: 'review' })
})

test('with as many people as an item wants, the slowest of them sets the pace', () => {
  const people = (freshItems?: number) =>
    [60, 60, 240].map((seconds, n) => {
      const p = person(`p${n}`, { past: past(seconds) })
      return freshItems === undefined ? p : { ...p, freshItems }
    })
  const flow = { ...input().flow, overlap: 3 }
  const free = median({ flow, people: people() })
  expect(median({ flow, people: people(1000) }) - nowMs).toBeGreaterThan(1.3 * (free - nowMs))
})

test('work ahead, leave and a due date are taken in', () => {
  const ahead = [{ activeMs: 60 * hour, people: ['a', 'b'] }]
  expect(median({ ahead })).toBeGreaterThan(median() + 3 * 24 * hour)
  const leave = [{ firstDay: '2026-11-24', lastDay: '2026-12-04' }]
  const away = planDays(guessedWorkHours, { nowMs, days: 200 }, leave)
  expect(
    median({ people: [person('a', { plan: away }), person('b', { plan: away })] }),
  ).toBeGreaterThan(Date.parse('2026-12-07T04:30:00Z'))
  const { p50Ms = 0, meetsDue } = made({ dueMs: median() })
  expect(p50Ms).toBeGreaterThan(nowMs)
  expect(meetsDue).toBeCloseTo(0.5, 1)
})

test('a stranger is less certain than somebody whose pace is known', () => {
  const width = (p: ForecastPerson) => {
    const { p10Ms = 0, p90Ms = 0 } = made({ people: [p] })
    return p90Ms - p10Ms
  }
  expect(width(person('a', { past: [] }))).toBeGreaterThan(2 * width(person('a')))
  expect(made({ people: [person('a', { past: [] })] }).reasons.map((r) => r.kind)).toContain(
    'guessed-pace',
  )
})

test('what if: more people and hours are sooner, more overlap and a person away later', () => {
  const changed = (change: WhatIf) =>
    forecast(whatIf(input(), change, plan), chanceFrom(1)).p50Ms ?? Number.POSITIVE_INFINITY
  const people = (n: number) => [{ n, stages: ['annotate' as const] }]
  const now = median()
  expect(changed({})).toBe(now)
  expect(changed({ people: people(2) })).toBeLessThan(now)
  expect(changed({ people: people(-1) })).toBeGreaterThan(now)
  expect(changed({ people: people(-2) })).toBe(Number.POSITIVE_INFINITY)
  expect(changed({ hours: 2 })).toBeLessThan(now)
  expect(changed({ overlap: 2 })).toBeGreaterThan(now)
  const away = { person: 'a', firstDay: '2026-11-23', lastDay: '2026-12-31' }
  expect(changed({ away })).toBeGreaterThan(now)
})

test('of batches of simulated teams about four in five end within P10 and P90', () => {
  let covered = 0
  const batches = 60
  for (let n = 0; n < batches; n++) {
    const { input: told, endMs } = tellBatch(900 + n, 150)
    const { p10Ms = Number.POSITIVE_INFINITY, p90Ms = Number.POSITIVE_INFINITY } = forecast(
      told,
      chanceFrom(n),
    )
    if (p10Ms <= endMs && endMs <= p90Ms) covered++
  }
  // Of 60 with a true share of 0.8, fewer than 38 or more than 57 come about once in 1,000 times.
  expect(covered).toBeGreaterThanOrEqual(38)
  expect(covered).toBeLessThanOrEqual(57)
})

test('levels lie between the own and the common, nearer to the own the more days there are', () => {
  const prior = { mean: 4, sd: 1, between: 0.35, within: 0.3, betweenN: 3, withinN: 4 }
  const days = (person: string, log: number, n: number) =>
    Array.from({ length: n }, (_, i) => ({ person, log: log + (i % 2 ? 0.2 : -0.2), weight: 50 }))
  const crowd = ['b', 'c', 'd', 'e'].flatMap((p) => days(p, 4, 10))
  const few = levelsOf([...days('a', 5, 2), ...crowd], prior).of('a')
  const many = levelsOf([...days('a', 5, 40), ...crowd], prior).of('a')
  expect(few.mean).toBeGreaterThan(4)
  expect(few.mean).toBeLessThan(many.mean)
  expect(many.mean).toBeLessThan(5)
  expect(many.ownVar).toBeLessThan(few.ownVar)
  const stranger = levelsOf(crowd, prior)
  expect(stranger.of('x')).toEqual({
    mean: stranger.common,
    ownVar: stranger.between ** 2,
    shared: 1,
  })
})

test('the variance between groups is that of DerSimonian and Laird, once the prior weighs nothing', () => {
  // Two groups of variance v at distance d: Q = d^2 / 2v, C = 1/v, so tau^2 = (Q - 1) / C = d^2 / 2 - v.
  const prior = { mean: 0, sd: 1e6, between: 1, within: 0.1, betweenN: 1e-9, withinN: 1e9 }
  const values = ['a', 'b'].flatMap((person, n) =>
    Array.from({ length: 4 }, () => ({ person, log: n, weight: 1 })),
  )
  expect(levelsOf(values, prior).between ** 2).toBeCloseTo(0.5 - 0.01 / 4, 5)
})

test('drawn numbers have the moments of their distributions', () => {
  const chance = chanceFrom(3)
  const normal = normalFrom(chance)
  const mean = (draw: () => number, n = 20_000) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += draw()
    return sum / n
  }
  expect(mean(() => normal())).toBeCloseTo(0, 1)
  expect(mean(() => normal() ** 2)).toBeCloseTo(1, 1)
  expect(mean(() => gamma(0.4, chance, normal))).toBeCloseTo(0.4, 1)
  expect(mean(() => gamma(7, chance, normal))).toBeCloseTo(7, 0)
  expect(mean(() => beta({ a: 2, b: 8 }, chance, normal))).toBeCloseTo(0.2, 2)
  expect(mean(() => binomial({ n: 10, p: 0.3 }, chance, normal))).toBeCloseTo(3, 1)
  expect(mean(() => binomial({ n: 400, p: 0.3 }, chance, normal))).toBeCloseTo(120, 0)
})

test('more work never ends sooner', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4000 }),
      fc.integer({ min: 200, max: 4000 }),
      (n, more) => {
        const end = (annotate: number) =>
          median({ waiting: { ...perStage(() => 0), annotate }, draws: 60 })
        return end(n) <= end(n + more) + hour
      },
    ),
    { numRuns: 25 },
  )
})
