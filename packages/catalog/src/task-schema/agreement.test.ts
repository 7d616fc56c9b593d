import fc from 'fast-check'
import { expect, test } from 'vitest'
import { agreementOf } from './agreement.ts'
import { context } from './inputs.ts'
import { parseTaskSchema } from './parse.ts'

const parsed = parseTaskSchema({
  version: 1,
  inputs: [{ id: 'text', kind: 'text', config: {} }],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic' },
      config: {
        mode: 'single',
        options: ['a', 'b', 'c'].map((value) => ({ value, title: { en: value } })),
      },
    },
    {
      id: 'stars',
      kind: 'rating',
      title: { en: 'Stars' },
      required: false,
      config: { levels: [1, 2, 3, 4, 5].map((value) => ({ value, title: { en: String(value) } })) },
    },
    { id: 'why', kind: 'text', title: { en: 'Why' }, required: false, config: { lines: 'one' } },
  ],
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const schema = parsed.value
const inputs = { text: { text: 'नमस्ते 👩🏽‍🌾' } }
const of = { inputs, context: context(schema, inputs, () => undefined) }
const agreement = (...annotations: Record<string, unknown>[]) =>
  agreementOf(schema, annotations, of)

const answers = fc.record(
  {
    topic: fc.constantFrom('a', 'b', 'c'),
    stars: fc.integer({ min: 1, max: 5 }),
    why: fc.string(),
  },
  { requiredKeys: [] },
)

test('equal annotations agree fully, whatever their number', () => {
  fc.assert(
    fc.property(answers, fc.integer({ min: 2, max: 5 }), (a, n) => {
      expect(agreement(...Array.from({ length: n }, () => a))).toBe(1)
    }),
  )
})

test('agreement lies in 0..1 and does not depend on the order', () => {
  fc.assert(
    fc.property(fc.array(answers, { minLength: 2, maxLength: 5 }), (all) => {
      const there = agreement(...all)
      expect(there).toBeGreaterThanOrEqual(0)
      expect(there).toBeLessThanOrEqual(1)
      expect(agreement(...all.toReversed())).toBeCloseTo(there ?? -1, 12)
    }),
  )
})

test('two of three alike in one of two fields', () => {
  // topic: one of three pairs; stars: answered by one alone, so both its pairs agree 0; the third is left out.
  expect(agreement({ topic: 'a', stars: 3 }, { topic: 'a' }, { topic: 'b' })).toBeCloseTo(1 / 5)
})

test('remarks that need not be given are not compared', () => {
  expect(agreement({ topic: 'a', why: 'so' }, { topic: 'a', why: 'because' })).toBe(1)
  expect(agreement({ topic: 'a', why: 'so' }, { topic: 'a' })).toBe(1)
})

test('nothing can be said of fewer than two', () => {
  expect(agreement()).toBeUndefined()
  expect(agreement({ topic: 'a' })).toBeUndefined()
})
