import { expect, test } from 'vitest'
import { context } from './inputs.ts'
import { parseTaskSchema } from './parse.ts'
import { scoreAgainstGold } from './score.ts'

const parsed = parseTaskSchema({
  inputs: [
    { id: 'chat', kind: 'conversation', config: {} },
    { id: 'body', kind: 'text', config: {} },
  ],
  fields: [
    {
      id: 'topics',
      kind: 'choice',
      title: { en: 'Topics' },
      config: {
        mode: 'multiple',
        options: ['a', 'b', 'c'].map((value) => ({ value, title: { en: value } })),
      },
    },
    {
      id: 'tone',
      kind: 'rating',
      title: { en: 'Tone' },
      required: false,
      config: {
        levels: ['1', '2', '3', '4', '5'].map((id) => ({ value: Number(id), title: { en: id } })),
      },
    },
    { id: 'why', kind: 'text', title: { en: 'Why' }, config: { lines: 'one' } },
    {
      id: 'fair',
      kind: 'choice',
      title: { en: 'Fair' },
      per: { of: 'turn', input: 'chat', roles: ['assistant'] },
      config: {
        mode: 'single',
        options: ['yes', 'no'].map((value) => ({ value, title: { en: value } })),
      },
    },
    {
      id: 'detail',
      kind: 'choice',
      title: { en: 'Detail' },
      when: { match: 'all', clauses: [{ field: 'topics', is: 'equal', value: 'c' }] },
      config: {
        mode: 'single',
        options: ['x', 'y'].map((value) => ({ value, title: { en: value } })),
      },
    },
  ],
})
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
const schema = parsed.value
const inputs = {
  body: { text: 'नमस्ते 🙏' },
  chat: {
    messages: [
      { id: 't1', role: 'user', parts: [{ kind: 'text', text: 'hi' }] },
      { id: 't2', role: 'assistant', parts: [{ kind: 'text', text: 'hello' }] },
      { id: 't3', role: 'assistant', parts: [{ kind: 'text', text: 'there' }] },
    ],
    candidates: [],
  },
}
const given = { inputs, context: context(schema, inputs, () => undefined) }
const gold = {
  answers: { topics: ['a', 'b'], why: 'because', fair: { t2: 'yes', t3: 'no' } },
  also: [{ topics: ['c'], why: 'else', fair: { t2: 'yes' }, detail: 'x' }],
}
const score = (answers: Record<string, unknown>, tolerances = {}) =>
  scoreAgainstGold(schema, gold, { ...given, answers, tolerances })

test('the same answers are right whatever the free text says', () => {
  const same = score({ topics: ['b', 'a'], why: 'अन्य कारण', fair: { t2: 'yes', t3: 'no' } })
  expect(same).toMatchObject({ correct: true, score: 1, fields: { topics: 1, fair: 1 } })
  expect(same.fields['why']).toBeLessThan(1)
})

test('one turn of two, one topic of two: agreement by field, and not right', () => {
  const half = score({ topics: ['a'], why: 'because', fair: { t2: 'yes', t3: 'yes' } })
  expect(half).toEqual({ correct: false, score: 0.5, fields: { topics: 0.5, why: 1, fair: 0.5 } })
})

test('a tolerance makes less than the same enough', () => {
  const answers = { topics: ['a'], why: '-', fair: { t2: 'yes', t3: 'yes' } }
  expect(score(answers, { topics: 0.5, fair: 0.5 }).correct).toBe(true)
  expect(score(answers, { topics: 0.51, fair: 0.5 }).correct).toBe(false)
  expect(score(answers, { topics: 0.5, fair: 0.5, why: 0.9 }).correct).toBe(false)
})

test('another right answer counts, with the fields it asks', () => {
  expect(
    score({ topics: ['c'], why: 'x', fair: { t2: 'yes', t3: 'no' }, detail: 'x' }).correct,
  ).toBe(true)
  expect(score({ topics: ['c'], why: 'x', fair: { t2: 'yes' }, detail: 'y' }).correct).toBe(false)
})

test('what is not answered or of another shape agrees in nothing', () => {
  expect(score({})).toMatchObject({ correct: false, score: 0 })
  expect(score({ topics: { not: 'a list' }, fair: 'yes' })).toMatchObject({
    correct: false,
    score: 0,
  })
})
