import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chanceFrom } from '../forecast/index.ts'
import {
  type ExamRule,
  type ExamScore,
  examBounds,
  examDecision,
  examEvidence,
  examOutlook,
  examRule,
  fewestItems,
  waldItems,
} from './index.ts'

const endless: ExamRule = { ...examRule, maxItems: 600 }

test("the bounds are Wald's", () => {
  const { grant, refuse } = examBounds(examRule)
  expect(grant).toBeCloseTo(Math.log(19), 12)
  expect(refuse).toBeCloseTo(-Math.log(19), 12)
})

test('a right answer is weak evidence, a wrong one strong', () => {
  expect(examEvidence(examRule, { correct: 1, wrong: 0 })).toBeCloseTo(Math.log(0.92 / 0.8), 12)
  expect(examEvidence(examRule, { correct: 0, wrong: 1 })).toBeCloseTo(Math.log(0.08 / 0.2), 12)
})

test('22 right answers in a row grant, 4 wrong ones refuse', () => {
  expect(fewestItems(examRule)).toBe(22)
  expect(examDecision(examRule, { correct: 21, wrong: 0 })).toBe('go-on')
  expect(examDecision(examRule, { correct: 22, wrong: 0 })).toBe('grant')
  expect(examDecision(examRule, { correct: 0, wrong: 3 })).toBe('go-on')
  expect(examDecision(examRule, { correct: 0, wrong: 4 })).toBe('refuse')
})

test('at the end the nearer bound decides', () => {
  const rule = { ...examRule, maxItems: 10 }
  expect(examDecision(rule, { correct: 9, wrong: 1 })).toBe('grant')
  expect(examDecision(rule, { correct: 8, wrong: 2 })).toBe('refuse')
  expect(examDecision(rule, { correct: 8, wrong: 1 })).toBe('go-on')
})

test('without an early end the errors are within a point of what was asked', () => {
  expect(examOutlook(endless, 0.8).granted).toBeLessThanOrEqual(0.05)
  expect(examOutlook(endless, 0.92).granted).toBeGreaterThanOrEqual(0.95)
})

test("the expected number of questions is a little above Wald's approximation", () => {
  for (const at of ['p0', 'p1'] as const) {
    const exact = examOutlook(endless, endless[at]).meanItems
    expect(exact).toBeGreaterThan(waldItems(endless, at))
    expect(exact).toBeLessThan(waldItems(endless, at) + 6)
  }
  expect(waldItems(examRule, 'p0')).toBeCloseTo(37.09, 2)
  expect(waldItems(examRule, 'p1')).toBeCloseTo(47.94, 2)
})

function sit(rule: ExamRule, p: number, chance: () => number) {
  let s: ExamScore = { correct: 0, wrong: 0 }
  for (;;) {
    s = chance() < p ? { ...s, correct: s.correct + 1 } : { ...s, wrong: s.wrong + 1 }
    const decision = examDecision(rule, s)
    if (decision !== 'go-on') return { decision, items: s.correct + s.wrong }
  }
}

test.each([0.75, 0.8, 0.86, 0.92, 0.97])('what people of %d meet is what is foretold', (p) => {
  const chance = chanceFrom(Math.round(p * 1000))
  const sittings = Array.from({ length: 20_000 }, () => sit(examRule, p, chance))
  const outlook = examOutlook(examRule, p)
  const granted = sittings.filter((s) => s.decision === 'grant').length / sittings.length
  const items = sittings.map((s) => s.items).sort((a, b) => a - b)
  expect(granted).toBeCloseTo(outlook.granted, 1.8)
  expect(items.reduce((a, b) => a + b, 0) / items.length).toBeCloseTo(outlook.meanItems, 0)
  expect(Math.abs((items[10_000] ?? 0) - outlook.medianItems)).toBeLessThanOrEqual(1)
})

test('most people need fewer than 30 questions: those who are clearly good or clearly not yet', () => {
  for (const p of [0.6, 0.7, 0.75, 0.95, 0.97, 0.99])
    expect(examOutlook(examRule, p).medianItems).toBeLessThan(30)
})

test('who knows more is granted more often', () => {
  const rule = fc.record({
    p0: fc.double({ min: 0.5, max: 0.8, noNaN: true }),
    p1: fc.double({ min: 0.85, max: 0.98, noNaN: true }),
    alpha: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
    beta: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
    maxItems: fc.integer({ min: 5, max: 80 }),
  })
  fc.assert(
    fc.property(rule, (r) => {
      const granted = [0.4, 0.6, 0.8, 0.9, 0.99].map((p) => examOutlook(r, p).granted)
      granted.forEach((g, i) => {
        expect(g).toBeGreaterThanOrEqual((granted[i - 1] ?? 0) - 1e-9)
      })
    }),
    { numRuns: 60 },
  )
})
