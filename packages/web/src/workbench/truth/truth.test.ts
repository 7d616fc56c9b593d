import { expect, test } from 'vitest'
import { cases, randomScript, seeded } from './scripts.ts'
import { type Outcome, playScript } from './world.ts'

/** Three percent; of a very short session one touch's grain, a second. */
const tolerance = (o: Outcome) => Math.max(0.03 * o.truthMs, 1000)

test.each(cases)('$name: counted as it was, within 3 %', (script) => {
  const outcome = playScript(script, seeded(7))
  expect(outcome.truthMs).toBeGreaterThan(0)
  expect(Math.abs(outcome.countedMs - outcome.truthMs)).toBeLessThanOrEqual(tolerance(outcome))
})

test('sessions put together at random: each within 3 %, and all together', () => {
  const random = seeded(42)
  const outcomes = Array.from({ length: 150 }, (_, n) =>
    playScript(randomScript(n, random), random),
  )
  const wrong = outcomes.filter((o) => Math.abs(o.countedMs - o.truthMs) > tolerance(o))
  expect(wrong).toEqual([])
  const sum = (of: (o: Outcome) => number) => outcomes.reduce((all, o) => all + of(o), 0)
  expect(Math.abs(sum((o) => o.countedMs) / sum((o) => o.truthMs) - 1)).toBeLessThan(0.01)
})
