import { parseTaskSchema, type TaskSchema } from '@kasauti/catalog'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addField,
  duplicate,
  edit,
  freeId,
  move,
  newDraft,
  placeOf,
  problemsIn,
  redo,
  remove,
  setField,
  setInput,
  undo,
} from './draft.ts'
import { jsonErrorAt } from './json-place.ts'
import { fromText, toText } from './json-text.ts'
import { builtInSample } from './sample.ts'
import { readTaxonomy, taxonomyFigures } from './taxonomy-text.ts'

function schemaOf(raw: unknown): TaskSchema {
  const parsed = parseTaskSchema(raw)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}
const base = schemaOf({
  inputs: [{ id: 'chat', kind: 'conversation' }],
  fields: [
    {
      id: 'ok',
      kind: 'choice',
      title: { en: 'Fine?' },
      config: {
        options: [
          { value: 'yes', title: { en: 'Yes' } },
          { value: 'no', title: { en: 'No' } },
        ],
      },
    },
    {
      id: 'why',
      kind: 'text',
      title: { en: 'Why' },
      when: { match: 'all', clauses: [{ field: 'ok', is: 'equal', value: 'no' }] },
    },
    { id: 'best', kind: 'pairwise', title: { en: 'Better' }, config: { input: 'chat' } },
  ],
})

describe('the draft of a task schema', () => {
  it('is what it was after any changes are undone', () => {
    const anyStep = fc.oneof(
      fc.nat(3).map((at) => (s: TaskSchema) => duplicate(s, at)),
      fc.tuple(fc.nat(3), fc.nat(3)).map(
        ([at, to]) =>
          (s: TaskSchema) =>
            move(s, { part: 'fields', at }, to),
      ),
      fc.nat(3).map((at) => (s: TaskSchema) => remove(s, { part: 'fields', at })),
    )
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), (steps) => {
        let draft = newDraft(base)
        for (const step of steps) draft = edit(draft, step(draft.now))
        const end = draft.now
        while (draft.past.length > 0) draft = undo(draft)
        expect(draft.now).toEqual(base)
        while (draft.future.length > 0) draft = redo(draft)
        expect(draft.now).toEqual(end)
      }),
    )
  })
  it('takes back typing in one box as one step', () => {
    let draft = newDraft(base)
    const field = base.fields[0]!
    for (const en of ['F', 'Fi', 'Fin'])
      draft = edit(draft, setField(draft.now, 0, { ...field, title: { en } }), 'fields.0.title')
    expect(undo(draft).now).toEqual(base)
  })
  it('lets conditions and comparisons follow a new id', () => {
    const renamed = setInput(setField(base, 0, { ...base.fields[0]!, id: 'fine' }), 0, {
      ...base.inputs[0]!,
      id: 'talk',
    })
    expect(parseTaskSchema(renamed).ok).toBe(true)
    expect(renamed.fields[1]?.when?.clauses[0]?.field).toBe('fine')
    expect(renamed.fields[2]?.config['input']).toBe('talk')
  })
  it('gives copies an id of their own', () => {
    expect(duplicate(base, 0).fields.map((f) => f.id)).toEqual(['ok', 'ok-2', 'why', 'best'])
    expect(freeId(addField(base, { ...base.fields[0]!, id: 'ok-2' }), 'fields', 'ok')).toBe('ok-3')
  })
  it('finds the thing a problem is about', () => {
    expect(placeOf({ path: 'fields.2.config.input', message: '' })).toEqual({
      place: { part: 'fields', at: 2 },
      rest: 'config.input',
    })
    expect(
      problemsIn(
        [{ path: 'fields.2.config.options.0.value', message: 'm' }],
        { part: 'fields', at: 2 },
        'config',
      ),
    ).toEqual([{ path: 'options.0.value', message: 'm' }])
  })
})

describe('the schema as text', () => {
  it('reads what it wrote', () => {
    expect(fromText(toText(base))).toEqual({ schema: base, problems: [] })
  })
  it('finds the first wrong character of broken JSON, and none in good JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonErrorAt(text)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom('', ',', '}', '"', 'x', ':'),
        (text, n, put) => {
          const at = n % (text.length + 1)
          const broken = text.slice(0, at) + put + text.slice(at + 1)
          let good = true
          try {
            JSON.parse(broken)
          } catch {
            good = false
          }
          expect(jsonErrorAt(broken) === undefined).toBe(good)
        },
      ),
      { numRuns: 500 },
    )
  })
  it('tells the line of a syntax error and the path of a wrong value', () => {
    expect(fromText('{\n "inputs": [,]}').problems[0]).toMatchObject({
      message: 'is not JSON',
      path: expect.stringContaining('line 2'),
    })
    const wrong = fromText(
      JSON.stringify({ ...base, fields: [{ ...base.fields[0], config: { options: [] } }] }),
    )
    expect(wrong.problems[0]?.path).toBe('fields.0.config.options')
  })
  it('has a sample for every kind of field', () => {
    expect(builtInSample(base)?.['chat']).toMatchObject({
      candidates: [{ slot: 'A' }, { slot: 'B' }],
    })
  })
})

describe('a taxonomy as text', () => {
  it('is read from a table with quotes, a Hindi column and aliases', () => {
    const read = readTaxonomy(
      '\ufeffid,parent,en,hi,aliases\nsport,,"Sport, games",खेल,khel|games\ncricket,sport,Cricket,क्रिकेट,\n',
    )
    expect(read.problems).toEqual([])
    expect(read.nodes).toEqual([
      { id: 'sport', title: { en: 'Sport, games', hi: 'खेल' }, aliases: ['khel', 'games'] },
      { id: 'cricket', parent: 'sport', title: { en: 'Cricket', hi: 'क्रिकेट' } },
    ])
  })
  it('is read from indented lines, ids made from the titles', () => {
    const read = readTaxonomy('Sport = खेल | khel\n  Cricket = क्रिकेट\n  Hockey\nPolitics = राजनीति')
    expect(read.nodes.map((n) => [n.id, n.parent])).toEqual([
      ['sport', undefined],
      ['sport.cricket', 'sport'],
      ['sport.hockey', 'sport'],
      ['politics', undefined],
    ])
    expect(taxonomyFigures(read.nodes)).toEqual({
      nodes: 4,
      roots: 2,
      leaves: 3,
      levels: 2,
      hindi: 3,
    })
  })
  it('is refused with the place: an unknown parent, a circle, a missing header', () => {
    expect(readTaxonomy('id,parent,en\na,z,A').problems[0]?.path).toBe('nodes.0.parent')
    expect(
      readTaxonomy(
        '[{"id":"a","parent":"b","title":{"en":"A"}},{"id":"b","parent":"a","title":{"en":"B"}}]',
      ).problems.length,
    ).toBeGreaterThan(0)
    expect(readTaxonomy('id,name_of_it\na,A').problems[0]?.path).toBe('row 1')
  })
})
