import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AnswerContext,
  type Answers,
  answerColumns,
  answerFacets,
  answersToCanonical,
  answersToSlots,
  askedFields,
  candidateOrders,
  checkAnswers,
  checkTaxonomy,
  context,
  parseTaskSchema,
  presentInputs,
  previewInputs,
  readInputs,
  summariseAnswers,
  type TaskSchema,
  taxonomyTree,
  tidyAnswers,
} from '../index.ts'

const en = (text: string) => ({ en: text })
const levels = [1, 2, 3, 4, 5].map((value) => ({ value, title: en(`level ${value}`) }))
const raw = {
  inputs: [{ id: 'chat', kind: 'conversation' }],
  fields: [
    {
      id: 'usable',
      kind: 'choice',
      title: en('Usable?'),
      config: {
        options: [
          { value: 'yes', title: en('Yes') },
          { value: 'no', title: en('No') },
        ],
      },
    },
    {
      id: 'why',
      kind: 'text',
      title: en('Why not?'),
      when: { match: 'all', clauses: [{ field: 'usable', is: 'equal', value: 'no' }] },
    },
    {
      id: 'topic',
      kind: 'taxonomy',
      title: en('Topic'),
      required: false,
      config: { taxonomy: 'topics', version: 1 },
    },
    {
      id: 'quality',
      kind: 'rating',
      title: en('Quality'),
      per: { of: 'turn', input: 'chat', roles: ['assistant'] },
      when: { match: 'any', clauses: [{ field: 'usable', is: 'not-equal', value: 'no' }] },
      config: { levels, notApplicable: true },
    },
    {
      id: 'problem',
      kind: 'text',
      title: en('What is wrong?'),
      required: false,
      per: { of: 'turn', input: 'chat', roles: ['assistant'] },
      when: { match: 'all', clauses: [{ field: 'quality', is: 'at-most', value: 2 }] },
    },
    { id: 'better', kind: 'pairwise', title: en('Better'), config: { input: 'chat' } },
  ],
}
const ofRaw = (change: (copy: typeof raw) => unknown) => {
  const copy = structuredClone(raw)
  return parseTaskSchema(change(copy) ?? copy)
}
const schema: TaskSchema = (() => {
  const read = parseTaskSchema(raw)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
})()
const conversation = {
  messages: [
    { role: 'user', content: 'नमस्ते, मेरा बिल ज़्यादा क्यों आया?' },
    { role: 'assistant', content: 'Kis mahine ka?' },
    { role: 'user', content: 'May' },
    { role: 'assistant', content: 'AC.' },
  ],
  candidates: [
    { model: 'model-neem', text: 'one' },
    { model: 'model-pipal', text: 'two' },
  ],
}
const inputs = (() => {
  const read = readInputs(schema, { chat: conversation })
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
})()
const topics = taxonomyTree([
  { id: 'sports', title: { en: 'Sports', hi: 'खेल' } },
  { id: 'cricket', parent: 'sports', title: { en: 'Cricket', hi: 'क्रिकेट' } },
])
const known: AnswerContext = context(schema, inputs, (name, version) =>
  name === 'topics' && version === 1 ? topics : undefined,
)
const good: Answers = {
  usable: 'yes',
  topic: { version: 1, nodes: ['cricket'] },
  quality: { t2: 2, t4: 'not-applicable' },
  problem: { t2: 'too short' },
  better: { better: 'model-pipal' },
}
const pathsOf = (answers: unknown) =>
  checkAnswers(schema, inputs, answers, known).map((p) => p.path)
const asked = (answers: Answers) =>
  askedFields(schema, inputs, answers).map((a) =>
    a.turnId ? `${a.field.id} ${a.turnId}` : a.field.id,
  )

describe('parseTaskSchema', () => {
  it('fills defaults in, so that parsing again changes nothing', () => {
    expect(schema.fields[0]?.config).toMatchObject({ mode: 'single' })
    expect(parseTaskSchema(schema)).toEqual({ ok: true, value: schema })
  })
  const cases: [string, string, Parameters<typeof ofRaw>[0]][] = [
    ['a missing title', 'fields.0.title', (s) => ({ ...s, fields: [{ id: 'a', kind: 'text' }] })],
    ['an unknown key', 'fields.0.titel', (s) => void Object.assign(s.fields[0]!, { titel: 1 })],
    [
      'an unknown kind',
      'fields.1.kind',
      (s) => void Object.assign(s.fields[1]!, { kind: 'emoji' }),
    ],
    [
      'an input of unknown kind',
      'inputs.0.kind',
      (s) => void Object.assign(s.inputs[0]!, { kind: 'smell' }),
    ],
    [
      'a config that does not fit',
      'fields.0.config.options',
      (s) => void Object.assign(s.fields[0]!, { config: { options: [] } }),
    ],
    [
      'an unknown key of a config',
      'fields.1.config.size',
      (s) => void Object.assign(s.fields[1]!, { config: { size: 1 } }),
    ],
    ['an id used twice', 'fields.1.id', (s) => void Object.assign(s.fields[1]!, { id: 'usable' })],
    [
      'a condition on a later field',
      'fields.0.when.clauses.0.field',
      (s) =>
        void Object.assign(s.fields[0]!, {
          when: { match: 'all', clauses: [{ field: 'why', is: 'answered' }] },
        }),
    ],
    [
      'a condition on itself',
      'fields.1.when.clauses.0.field',
      (s) => void Object.assign(s.fields[1]!.when!.clauses[0]!, { field: 'why' }),
    ],
    [
      'a condition on no field',
      'fields.1.when.clauses.0.field',
      (s) => void Object.assign(s.fields[1]!.when!.clauses[0]!, { field: 'ghost' }),
    ],
    [
      'a condition on no option',
      'fields.1.when.clauses.0.value',
      (s) => void Object.assign(s.fields[1]!.when!.clauses[0]!, { value: 'maybe' }),
    ],
    [
      'a comparison of what has no numbers',
      'fields.1.when.clauses.0.value',
      (s) => void Object.assign(s.fields[1]!.when!.clauses[0]!, { is: 'at-least', value: 3 }),
    ],
    [
      'a condition of an item field on turns',
      'fields.5.when.clauses.0.field',
      (s) =>
        void Object.assign(s.fields[5]!, {
          when: { match: 'all', clauses: [{ field: 'quality', is: 'answered' }] },
        }),
    ],
    [
      'turns of no input',
      'fields.3.per.input',
      (s) => void Object.assign(s.fields[3]!.per!, { input: 'ghost' }),
    ],
    [
      'turns of no role',
      'fields.3.per.roles.0',
      (s) => void Object.assign(s.fields[3]!.per!, { roles: ['queen'] }),
    ],
    [
      'a comparison per turn',
      'fields.5.per',
      (s) =>
        void Object.assign(s.fields[5]!, {
          per: { of: 'turn', input: 'chat', roles: ['assistant'] },
        }),
    ],
    [
      'a comparison in no input',
      'fields.5.config.input',
      (s) => void Object.assign(s.fields[5]!, { config: { input: 'ghost' } }),
    ],
    [
      'a NUL',
      'fields.0.title.en',
      (s) => void Object.assign(s.fields[0]!.title, { en: 'a\u0000' }),
    ],
  ]
  for (const [what, path, change] of cases) {
    it(`refuses ${what} at ${path}`, () => {
      const read = ofRaw(change)
      expect(read.ok ? [] : read.error.map((p) => p.path)).toContain(path)
      expect(read.ok ? [] : read.error.filter((p) => p.code === undefined)).toEqual([])
    })
  }
  it('refuses candidates and turns of an input that has none', () => {
    const read = ofRaw((s) => void Object.assign(s.inputs[0]!, { kind: 'text' }))
    const paths = read.ok ? [] : read.error.map((p) => p.path)
    expect(paths).toEqual(expect.arrayContaining(['fields.3.per.input', 'fields.5.config.input']))
  })
  it('says in words what is wrong', () => {
    const read = parseTaskSchema({
      version: 2,
      inputs: [],
      fields: [{ id: 'x', kind: 'text', title: { en: '' }, per: { of: 'page' } }],
    })
    expect(read.ok ? [] : read.error).toEqual([
      { path: 'version', message: 'must be 1', code: 'must-be', params: { values: 1 } },
      { path: 'inputs', message: 'must have at least 1', code: 'too-few', params: { min: 1 } },
      { path: 'fields.0.title.en', message: 'must not be empty', code: 'empty' },
      {
        path: 'fields.0.per.of',
        message: 'must be "item" or "turn"',
        code: 'must-be',
        params: { values: '"item" or "turn"' },
      },
    ])
  })
  it('answers any JSON with a result whose problems all have a code', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const read = parseTaskSchema(json)
        return !read.ok && read.error.every((p) => p.code !== undefined)
      }),
    )
    let deep: unknown = 1
    for (let i = 0; i < 5000; i++) deep = [deep]
    expect(parseTaskSchema({ inputs: deep }).ok).toBe(false)
  })
})

describe('askedFields', () => {
  it('follows conditions and turns', () => {
    expect(asked({})).toEqual(['usable', 'topic', 'better'])
    expect(asked({ usable: 'no' })).toEqual(['usable', 'why', 'topic', 'better'])
    expect(asked(good)).toEqual([
      'usable',
      'topic',
      'quality t2',
      'quality t4',
      'problem t2',
      'better',
    ])
  })
  it('lets conditions see ties and never candidates, on the page as on the server', () => {
    const withTie = (value: string) =>
      ofRaw((s) => {
        const when = { match: 'all', clauses: [{ field: 'better', is: 'equal', value }] }
        s.fields.push(Object.assign(structuredClone(s.fields[1]!), { id: 'more', when }))
      })
    const [tie, candidate] = [withTie('both-bad'), withTie('model-neem')]
    expect(candidate.ok ? [] : candidate.error.map((p) => p.path)).toEqual([
      'fields.6.when.clauses.0.value',
    ])
    if (!tie.ok) throw new Error(JSON.stringify(tie.error))
    const last = (better: unknown) => askedFields(tie.value, inputs, { better }).at(-1)?.field.id
    expect(last({ tie: 'both-bad' })).toBe('more')
    expect(last({ better: 'both-bad' })).toBe('better')
  })
  it('does not count the answer of a field that is not asked', () => {
    expect(asked({ usable: 'no', quality: { t2: 1 } })).not.toContain('problem t2')
  })
  it('decides the same of what the page is shown', () => {
    const shown = presentInputs(
      schema,
      inputs,
      candidateOrders(schema, inputs, { seed: 1, ordinal: 1, nth: 0 }),
    )
    expect(askedFields(schema, shown, good)).toEqual(askedFields(schema, inputs, good))
  })
  it('holds against answers of any shape', () => {
    const field = fc.constantFrom(...schema.fields.map((f) => f.id))
    fc.assert(
      fc.property(fc.dictionary(field, fc.jsonValue()), (answers) => {
        const tidy = tidyAnswers(schema, inputs, answers)
        expect(tidyAnswers(schema, inputs, tidy)).toEqual(tidy)
        expect(asked(tidy)).toEqual(asked(answers))
        const order = candidateOrders(schema, inputs, { seed: 1, ordinal: 1, nth: 1 })
        answersToSlots(schema, answersToCanonical(schema, answers, order), order)
        summariseAnswers(schema, answers, known, 'hi')
        answerFacets(schema, answers, known)
        for (const c of answerColumns(schema, known)) c.value(answers)
        const problems = checkAnswers(schema, inputs, answers, known)
        expect(problems.filter((p) => p.code === undefined)).toEqual([])
      }),
    )
  })
})

describe('checkAnswers', () => {
  it('accepts what is complete', () => {
    expect(pathsOf(good)).toEqual([])
  })
  it('names the place of everything that is wrong', () => {
    expect(pathsOf({})).toEqual(['answers.usable', 'answers.better'])
    expect(pathsOf({ ...good, ghost: 1 })).toEqual(['answers.ghost'])
    expect(pathsOf({ ...good, why: 'x' })).toEqual(['answers.why'])
    expect(pathsOf({ ...good, quality: { t2: 9, t4: 1 } })).toContain('answers.quality.t2')
    expect(pathsOf({ ...good, quality: { t2: 2 } })).toEqual(['answers.quality.t4'])
    expect(pathsOf({ ...good, quality: { ...(good['quality'] as object), t1: 1 } })).toEqual([
      'answers.quality.t1',
    ])
    expect(pathsOf({ ...good, topic: { version: 1, nodes: ['golf'] } })).toEqual([
      'answers.topic.nodes.0',
    ])
    expect(pathsOf({ ...good, better: { better: 'A' } })).toEqual(['answers.better.better'])
    expect(pathsOf({ ...good, usable: 'no' })).toEqual([
      'answers.why',
      'answers.quality.t2',
      'answers.quality.t4',
      'answers.problem.t2',
    ])
    expect(pathsOf([])).toEqual(['answers'])
    expect(pathsOf({ ...good, usable: null })).toContain('answers.usable')
    expect(pathsOf({ ...good, problem: { t2: 'a\u0000' } })).toEqual(['answers.problem.t2'])
  })
  it('never names a candidate', () => {
    const all = JSON.stringify(
      checkAnswers(schema, inputs, { ...good, better: { better: 'x' } }, known),
    )
    expect(all).not.toMatch(/neem|pipal/)
  })
  it('is not fooled by names every object has', () => {
    const tricky = ofRaw(
      (s) =>
        void Object.assign(s.fields[2]!, {
          id: 'constructor',
          kind: 'text',
          config: {},
          required: true,
        }),
    )
    if (!tricky.ok) throw new Error('does not parse')
    const { topic: _, ...rest } = good
    expect(checkAnswers(tricky.value, inputs, rest, known).map((p) => p.path)).toEqual([
      'answers.constructor',
    ])
  })
})

describe('inputs', () => {
  it('refuses what cannot be compared, stored or is not there', () => {
    const paths = (rawInputs: unknown) => {
      const read = readInputs(schema, rawInputs)
      return read.ok ? [] : read.error.map((p) => p.path)
    }
    expect(paths({})).toEqual(['chat'])
    expect(paths({ chat: conversation, x: 1 })).toEqual(['x'])
    expect(paths({ chat: { prompt: 'one', candidates: ['a'] } })).toEqual(['chat.candidates'])
    expect(paths({ chat: { prompt: 'a\u0000', candidates: ['a', 'b'] } })).toEqual([
      'chat.messages.0.parts.0.text',
    ])
    expect(paths({ chat: { messages: [{ role: 'king', content: '' }] } })).toContain(
      'chat.messages.0.role',
    )
    expect(paths('x')).toEqual([''])
  })
  it('previews the first question', () => {
    expect(previewInputs(schema, inputs, 12)).toBe('नमस्ते, मे…')
  })
})

describe('presentation', () => {
  const at = { seed: 7, ordinal: 3, nth: 0 }
  it('tells nothing of who made a candidate', () => {
    const shown = presentInputs(schema, inputs, candidateOrders(schema, inputs, at))
    expect(JSON.stringify(shown)).not.toMatch(/neem|pipal/)
    expect(context(schema, shown, () => undefined).candidates).toEqual({ chat: ['A', 'B'] })
  })
  it('swaps sides from person to person', () => {
    const first = candidateOrders(schema, inputs, at).candidates['chat']
    const second = candidateOrders(schema, inputs, { ...at, nth: 1 }).candidates['chat']
    expect(second).toEqual([...(first ?? [])].reverse())
  })
  it('takes answers to slots and back', () => {
    const order = candidateOrders(schema, inputs, at)
    const slots = answersToSlots(schema, good, order)
    expect(slots['better']).toEqual({
      better: order.candidates['chat']?.[0] === 'model-pipal' ? 'A' : 'B',
    })
    expect(answersToCanonical(schema, slots, order)).toEqual(good)
  })
  it('makes no candidate of a slot that was not shown', () => {
    const order = candidateOrders(schema, inputs, at)
    for (const better of ['C', 'model-neem', '']) {
      const answers = answersToCanonical(schema, { ...good, better: { better } }, order)
      expect(pathsOf(answers)).toEqual(['answers.better.better'])
    }
  })
})

describe('flat answers', () => {
  it('become columns, facets and lines', () => {
    const cells = answerColumns(schema, known).map((c) => [c.name, c.value(good)])
    expect(Object.fromEntries(cells)).toEqual({
      usable: 'yes',
      why: undefined,
      topic: 'cricket',
      'topic.path': 'sports/cricket',
      'topic.title': 'Cricket',
      quality: '{"t2":2,"t4":"not-applicable"}',
      problem: '{"t2":"too short"}',
      'better.better': 'model-pipal',
      'better.tie': undefined,
    })
    expect(answerFacets(schema, good, known)).toEqual([
      { field: 'usable', value: 'yes' },
      { field: 'topic', value: 'cricket' },
      { field: 'topic', value: 'sports' },
      { field: 'quality', value: '2' },
      { field: 'quality', value: 'not-applicable' },
      { field: 'better', value: 'model-pipal' },
    ])
    expect(summariseAnswers(schema, good, known, 'hi')).toEqual([
      { field: 'usable', summary: 'Yes' },
      { field: 'topic', summary: 'खेल › क्रिकेट' },
      { field: 'quality', summary: 't2: 2 · level 2; t4: लागू नहीं' },
      { field: 'problem', summary: 't2: too short' },
      { field: 'better', summary: 'model-pipal बेहतर' },
    ])
  })
})

describe('taxonomies', () => {
  const node = (id: string, parent?: string) => ({
    id,
    title: en(id),
    ...(parent ? { parent } : {}),
  })
  it('are refused with the place', () => {
    const paths = (...nodes: ReturnType<typeof node>[]) => checkTaxonomy(nodes).map((p) => p.path)
    expect(paths()).toEqual(['nodes'])
    expect(paths(node('a'), node('b', 'a'))).toEqual([])
    expect(paths(node('b', 'a'), node('a'))).toEqual([])
    expect(paths(node('a'), node('a'))).toEqual(['nodes.1.id'])
    expect(paths(node('a', 'ghost'))).toEqual(['nodes.0.parent'])
    expect(paths(node('a', 'a'))).toEqual(['nodes.0.parent'])
    expect(paths(node('a', 'b'), node('b', 'a'), node('c', 'a'))).toEqual([
      'nodes.0.parent',
      'nodes.1.parent',
      'nodes.2.parent',
    ])
    expect(paths(node('a|b'))).toEqual(['nodes.0.id'])
  })
  it('of 50,000 nodes are checked and indexed', () => {
    const nodes = Array.from({ length: 50_000 }, (_, i) =>
      node(`n${i}`, i < 10 ? undefined : `n${Math.floor(i / 10)}`),
    )
    expect(checkTaxonomy(nodes)).toEqual([])
    expect(taxonomyTree(nodes).path('n49999')).toEqual(['n4', 'n49', 'n499', 'n4999', 'n49999'])
  })
})
