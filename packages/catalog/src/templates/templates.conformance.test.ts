/** Laws every template obeys, run over the gallery, and proof that each law can be broken. */
import { readdirSync } from 'node:fs'
import { graphemes } from '@kasauti/core'
import { describe, expect, it } from 'vitest'
import {
  askedFields,
  checkTaxonomy,
  type FieldKind,
  fieldKind,
  parseTaskSchema,
  readInputs,
  type TaskSchema,
  TaxonomyNode,
  type Template,
  taxonomyTree,
} from '../index.ts'
import { template, templates } from './index.ts'

function schemaOf(room: Template): TaskSchema {
  const read = parseTaskSchema(room.schema)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}

/** Every `{ en }` in a JSON value, with its path. */
function localTexts(value: unknown, path: string): { path: string; en: string; hi: unknown }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('en' in value && typeof value.en === 'string') {
    return [{ path, en: value.en, hi: 'hi' in value ? value.hi : undefined }]
  }
  return Object.entries(value).flatMap(([key, inner]) => localTexts(inner, `${path}.${key}`))
}

const devanagari = /\p{Script=Devanagari}/u
const clausesOf = (sop: string) =>
  new Set(sop.match(/^(?:- \*\*)?(\d+\.\d+)/gm)?.map((c) => c.replace(/\D*(\d+\.\d+).*/, '$1')))

type Law = (room: Template) => void
const laws: Readonly<Record<string, Law>> = {
  'has a task schema that parses': (room) => void schemaOf(room),
  'speaks English and Hindi everywhere': (room) => {
    const { title, summary, sop, schema, taxonomies } = room
    const texts = localTexts({ title, summary, sop, schema, taxonomies }, room.name)
    expect(texts.length).toBeGreaterThan(5)
    for (const { path, en, hi } of texts) {
      expect(en.trim(), path).not.toBe('')
      expect(hi, path).toMatch(devanagari)
    }
  },
  'has a procedure with the same clauses in both languages': ({ sop }) => {
    const clauses = clausesOf(sop.en)
    expect(clauses.size).toBeGreaterThan(2)
    expect(clausesOf(sop.hi)).toEqual(clauses)
    for (const text of [sop.en, sop.hi]) {
      expect(text.startsWith('# ')).toBe(true)
      expect(text).toMatch(/^\|---/m)
    }
  },
  'has sample items its inputs read, with keys of their own': (room) => {
    const schema = schemaOf(room)
    for (const { key, input } of room.items) {
      const read = readInputs(schema, input)
      expect(read.ok ? [] : read.error, key).toEqual([])
      if (read.ok) expect(askedFields(schema, read.value, {}).length).toBeGreaterThan(0)
    }
    const keys = room.items.map((i) => i.key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(new Set(room.items.map((i) => JSON.stringify(i.input))).size).toBe(keys.length)
  },
  'brings the taxonomies its fields ask for, as version 1': (room) => {
    const given = new Map(
      (room.taxonomies ?? []).map((t) => {
        const nodes = t.nodes.map((n) => TaxonomyNode.parse(n))
        expect(checkTaxonomy(nodes), t.name).toEqual([])
        return [t.name, taxonomyTree(nodes)]
      }),
    )
    for (const field of schemaOf(room).fields) {
      if (field.kind !== 'taxonomy') continue
      expect(field.config).toMatchObject({
        taxonomy: expect.toSatisfy((n) => given.has(n)),
        version: 1,
      })
    }
  },
  'speaks only of models that do not exist': ({ items }) => {
    const models = JSON.stringify(items).match(/"model":"[^"]*"/g) ?? []
    for (const model of models) expect(model).toMatch(/^"model":"model-(neem|pipal|banyan)"$/)
  },
}

describe.each(templates.map((t) => [t.name, t] as const))('template %s', (name, room) => {
  for (const [law, check] of Object.entries(laws)) it(law, () => check(room))
  it('is found by its name', () => {
    expect(template(name)).toBe(room)
  })
})

describe('the gallery', () => {
  it('lists every folder', () => {
    const folders = readdirSync(new URL('./', import.meta.url), { withFileTypes: true })
      .filter((f) => f.isDirectory())
      .map((f) => f.name)
    expect(templates.map((t) => t.name).sort()).toEqual(folders.sort())
  })
  it('shows every kind of field', () => {
    const used = new Set(templates.flatMap((t) => schemaOf(t).fields.map((f) => f.kind)))
    const kinds: (FieldKind | undefined)[] = [...used].map(fieldKind)
    expect(kinds).not.toContain(undefined)
    expect(used.size).toBe(6)
  })
  it('has the samples it promises', () => {
    const counts = Object.fromEntries(templates.map((t) => [t.name, t.items.length]))
    expect(counts).toEqual({
      'topic-categories': 24,
      'turn-quality': 12,
      'blind-pairs': 12,
      'rank-three': 10,
      'sentiment-hinglish': 24,
      blank: 0,
    })
  })
  it('has a tree of topics of three levels, to be found in three ways of writing', () => {
    const nodes = (template('topic-categories')?.taxonomies?.[0]?.nodes ?? []).map((n) =>
      TaxonomyNode.parse(n),
    )
    const tree = taxonomyTree(nodes)
    expect(nodes.length).toBeGreaterThanOrEqual(150)
    expect(Math.max(...nodes.map((n) => tree.path(n.id).length))).toBe(3)
    expect(tree.path('floods')).toEqual(['disasters', 'natural-disasters', 'floods'])
    const titles = nodes.map((n) => n.title.en)
    expect(new Set(titles).size).toBe(titles.length)
    for (const node of nodes) expect(graphemes(node.title.en).length).toBeGreaterThan(1)
    const withAliases = nodes.filter((n) => (n.aliases ?? []).some((a) => /^[a-z ]+$/i.test(a)))
    expect(withAliases.length).toBeGreaterThan(100)
  })
})

describe('the laws of templates', () => {
  const pairs = template('blind-pairs')
  const topics = template('topic-categories')
  if (!pairs || !topics) throw new Error('the templates to break are not there')
  const [item] = pairs.items
  /** A template that breaks each law. */
  const broken: Readonly<Record<string, Template>> = {
    'has a task schema that parses': { ...pairs, schema: {} },
    'speaks English and Hindi everywhere': { ...pairs, title: { en: 'Pairs', hi: 'Pairs' } },
    'has a procedure with the same clauses in both languages': {
      ...pairs,
      sop: { en: pairs.sop.en, hi: topics.sop.hi },
    },
    'has sample items its inputs read, with keys of their own': {
      ...pairs,
      items: item ? [item, item] : [],
    },
    'brings the taxonomies its fields ask for, as version 1': { ...topics, taxonomies: [] },
    'speaks only of models that do not exist': {
      ...pairs,
      items: [{ key: 'x', input: { chat: { candidates: [{ model: 'model-real', text: '' }] } } }],
    },
  }
  it.each(Object.entries(laws))('can be broken: %s', (name, law) => {
    const room = broken[name]
    if (!room) throw new Error('no template breaks it')
    expect(() => law(room)).toThrow()
  })
})
