/** Laws every kind of field obeys, run over every room, and proof that each law can be broken. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { countCodePoints, graphemes, locales } from '@kasauti/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnswerContext, FieldKind } from '../kinds.ts'
import { TaxonomyNode } from '../task-schema/schema.ts'
import { checkTaxonomy, taxonomyTree } from '../task-schema/taxonomy.ts'
import { fieldKinds } from './index.ts'

type Sample = {
  readonly file: string
  readonly config: unknown
  readonly candidates?: Record<string, string[]>
  readonly taxonomies?: { name: string; version: number; nodes: unknown[] }[]
  readonly answers?: unknown[]
  readonly answer?: unknown
  readonly path?: string
  readonly configPath?: string
}
/** Answers of several people to one field. */
type Case = {
  readonly config: unknown
  readonly context: AnswerContext
  readonly answers: readonly unknown[]
}

const here = new URL('./', import.meta.url)
const samplesOf = (kind: string): Sample[] => {
  const folder = new URL(`./${kind}/samples/`, here)
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((file) => ({
    file,
    ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Sample, 'file'>),
  }))
}
const named = (samples: readonly Sample[], start: string) =>
  samples.filter((s) => s.file.startsWith(start))

const contextOf = (sample: Pick<Sample, 'candidates' | 'taxonomies'>): AnswerContext => {
  const trees = new Map(
    (sample.taxonomies ?? []).map((t) => {
      const nodes = t.nodes.map((n) => TaxonomyNode.parse(n))
      expect(checkTaxonomy(nodes)).toEqual([])
      return [`${t.name} ${t.version}`, taxonomyTree(nodes)]
    }),
  )
  return {
    candidates: sample.candidates ?? {},
    taxonomy: (name, version) => trees.get(`${name} ${version}`),
  }
}

const title = { en: 'title', hi: 'शीर्षक' }
const word = fc.stringMatching(/^[a-zऀ-ॿ]{1,6}$/u)
const people = <A>(answer: fc.Arbitrary<A>) => fc.array(answer, { minLength: 1, maxLength: 5 })
const noContext: AnswerContext = { candidates: {}, taxonomy: () => undefined }

const choiceCase = fc
  .record({
    values: fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
    mode: fc.constantFrom('single', 'multiple'),
  })
  .chain(({ values, mode }) => {
    const answer: fc.Arbitrary<unknown> =
      mode === 'single' ? fc.constantFrom(...values) : fc.subarray(values, { minLength: 1 })
    const config = { mode, options: values.map((value) => ({ value, title })) }
    return people(answer).map((answers) => ({ config, context: noContext, answers }))
  })

const taxonomyCase = fc
  .record({
    parents: fc.array(fc.nat(), { minLength: 1, maxLength: 12 }),
    mode: fc.constantFrom('single', 'multiple'),
  })
  .chain(({ parents, mode }) => {
    const nodes = parents.map((p, i) => ({
      id: `n${i}`,
      title,
      ...(i > 0 && p % (i + 1) < i ? { parent: `n${p % (i + 1)}` } : {}),
    }))
    const ids = nodes.map((n) => n.id).sort()
    const picked =
      mode === 'single'
        ? fc.constantFrom(...ids).map((id) => [id])
        : fc.subarray(ids, { minLength: 1 })
    const config = { taxonomy: 'topics', version: 1, mode }
    const context = contextOf({ taxonomies: [{ name: 'topics', version: 1, nodes }] })
    return people(picked.map((n) => ({ version: 1, nodes: n }))).map((answers) => {
      return { config, context, answers }
    })
  })

const ratingCase = fc
  .uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 11 })
  .chain((values) => {
    const levels = [...values].sort((a, b) => a - b).map((value) => ({ value, title }))
    const answer = fc.constantFrom<unknown>(...values, 'not-applicable')
    return people(answer).map((answers) => {
      return { config: { levels, notApplicable: true }, context: noContext, answers }
    })
  })

const prose = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.array(word, { maxLength: 9 }).map((w) => w.join(' ')),
  )
  .filter((t) => t.trim() !== '' && !t.includes('\u0000') && t.isWellFormed())
const textCase = people(prose).map((answers) => ({ config: {}, context: noContext, answers }))

const names = fc.uniqueArray(word, { minLength: 2, maxLength: 9 })
const pairwiseCase = names.chain((ids) => {
  const pair = ids.slice(0, 2)
  const better = fc.constantFrom(...pair).map((id) => ({ better: id }))
  const tie = fc.constantFrom('both-good', 'both-bad').map((t) => ({ tie: t }))
  return people<unknown>(fc.oneof(better, tie)).map((answers) => {
    return {
      config: { input: 'chat' },
      context: contextOf({ candidates: { chat: pair } }),
      answers,
    }
  })
})

const rankingCase = fc
  .record({ ids: names, ties: fc.constantFrom('allowed', 'refused') })
  .chain(({ ids, ties }) => {
    const places = fc.array(fc.nat(ids.length - 1), {
      minLength: ids.length,
      maxLength: ids.length,
    })
    const order = fc.shuffledSubarray(ids, { minLength: ids.length })
    const weak = places.map((at) => {
      const groups = ids.map((_, g) => ids.filter((_id, i) => at[i] === g).sort())
      return groups.filter((g) => g.length > 0)
    })
    const answer = ties === 'allowed' ? weak : order.map((o) => o.map((id) => [id]))
    return people(answer).map((answers) => {
      const context = contextOf({ candidates: { chat: ids } })
      return { config: { input: 'chat', ties }, context, answers }
    })
  })

/** Answers of every room, as people could give them. */
const cases: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  choice: choiceCase,
  taxonomy: taxonomyCase,
  rating: ratingCase,
  text: textCase,
  pairwise: pairwiseCase,
  ranking: rankingCase,
}

/** Runs `check` on cases whose config has been parsed, as it is after `parseTaskSchema`. */
function forAll(room: FieldKind, check: (at: Case & { a: unknown; b: unknown }) => void): void {
  const arbitrary = cases[room.kind]
  if (!arbitrary) throw new Error(`no arbitrary for ${room.kind}`)
  fc.assert(
    fc.property(arbitrary, (raw) => {
      const config = room.config.parse(raw.config)
      const [a, b = a] = raw.answers
      check({ ...raw, config, a, b })
    }),
    { numRuns: 60 },
  )
}

const problemPaths = (shape: FieldKind['config'], value: unknown): string[] | undefined => {
  const read = shape.safeParse(value)
  return read.success
    ? undefined
    : read.error.issues.flatMap((issue) => {
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined]
        return keys.map((k) => [...issue.path, ...(k === undefined ? [] : [k])].join('.'))
      })
}

type Law = (room: FieldKind) => void
const laws: Readonly<Record<string, Law>> = {
  'has a README': (room) => {
    const readme = new URL(`./${room.kind}/README.md`, here)
    expect(existsSync(readme)).toBe(true)
    expect(readFileSync(readme, 'utf8').startsWith('# ')).toBe(true)
  },
  'has samples that are valid, invalid and tricky': (room) => {
    const samples = samplesOf(room.kind)
    for (const start of ['valid-', 'invalid-', 'tricky-']) {
      expect(named(samples, start).length).toBeGreaterThan(0)
    }
  },
  'accepts every valid and tricky sample': (room) => {
    const samples = samplesOf(room.kind)
    for (const sample of [...named(samples, 'valid-'), ...named(samples, 'tricky-')]) {
      const config = room.config.parse(sample.config)
      for (const answer of sample.answers ?? [undefined]) {
        expect(
          problemPaths(room.answer(config, contextOf(sample)), answer),
          sample.file,
        ).toBeUndefined()
        expect(room.shape.safeParse(answer).success).toBe(true)
      }
    }
  },
  'rejects every invalid sample at its path': (room) => {
    for (const sample of named(samplesOf(room.kind), 'invalid-')) {
      if (sample.configPath !== undefined) {
        expect(problemPaths(room.config, sample.config), sample.file).toContain(sample.configPath)
        continue
      }
      const shape = room.answer(room.config.parse(sample.config), contextOf(sample))
      expect(problemPaths(shape, sample.answer), sample.file).toContain(sample.path)
    }
  },
  'brings older versions to this one': (room) => {
    for (let from = 1; from <= room.version; from++) {
      const start = from === room.version ? 'valid-' : `old-v${from}`
      const samples = named(samplesOf(room.kind), start)
      expect(samples.length, start).toBeGreaterThan(0)
      for (const { config, answers = [], ...sample } of samples) {
        for (const answer of answers) {
          const now = room.migrate(from, { config, answer })
          const shape = room.answer(room.config.parse(now.config), contextOf(sample))
          expect(problemPaths(shape, now.answer)).toBeUndefined()
        }
      }
    }
    expect(() => room.migrate(room.version + 1, { config: {}, answer: 1 })).toThrow()
  },
  'accepts what people could answer, refuses without throwing what they could not': (room) => {
    forAll(room, ({ config, context, answers }) => {
      const shape = room.answer(config, context)
      for (const a of answers) expect(shape.safeParse(a).data).toEqual(a)
    })
    const oddity = fc.oneof(fc.jsonValue(), fc.constant(undefined))
    forAll(room, ({ config, context }) => {
      for (const odd of fc.sample(oddity, 3)) {
        const read = room.answer(config, context).safeParse(odd)
        if (read.success) expect(room.shape.safeParse(odd).success).toBe(true)
      }
    })
  },
  'finds an answer no distance from itself': (room) =>
    forAll(room, ({ a, config, context }) => {
      expect(room.compare(a, structuredClone(a), config, context).distance).toBe(0)
    }),
  'finds the same distance both ways': (room) =>
    forAll(room, ({ a, b, config, context }) => {
      const there = room.compare(a, b, config, context).distance
      expect(room.compare(b, a, config, context).distance).toBeCloseTo(there, 12)
    }),
  'keeps distances in 0..1': (room) =>
    forAll(room, ({ a, b, config, context }) => {
      const { distance } = room.compare(a, b, config, context)
      expect(distance).toBeGreaterThanOrEqual(0)
      expect(distance).toBeLessThanOrEqual(1)
    }),
  'tells different answers apart': (room) => {
    let apart = 0
    forAll(room, ({ a, b, config, context }) => {
      if (room.compare(a, b, config, context).distance > 0) apart++
    })
    expect(apart).toBeGreaterThan(0)
  },
  'merges one answer to itself, and none to nothing': (room) =>
    forAll(room, ({ a, config, context }) => {
      expect(room.merge([a], config, context)?.answer).toEqual(a)
      expect(room.merge([a, a, a], config, context)?.answer).toEqual(a)
      expect(room.merge([], config, context)).toBeUndefined()
    }),
  'merges the same whatever the order': (room) =>
    forAll(room, ({ answers, config, context }) => {
      const merged = room.merge(answers, config, context)
      const [first, ...rest] = answers
      expect(room.merge([...rest, first], config, context)).toEqual(merged)
      expect(room.merge([...answers].reverse(), config, context)).toEqual(merged)
    }),
  'merges to an answer, and counts every vote': (room) =>
    forAll(room, ({ answers, config, context }) => {
      const merged = room.merge(answers, config, context)
      expect(problemPaths(room.answer(config, context), merged?.answer)).toBeUndefined()
      expect(merged?.votes.reduce((n, v) => n + v.n, 0)).toBe(answers.length)
    }),
  'has columns with names of their own and plain cells': (room) =>
    forAll(room, ({ a, config, context }) => {
      const columns = room.columns(config, context)
      expect(columns.length).toBeGreaterThan(0)
      expect(new Set(columns.map((c) => c.name)).size).toBe(columns.length)
      const cells = columns.map((c) => c.value(a))
      for (const cell of cells) {
        expect(['string', 'number', 'boolean', 'undefined']).toContain(typeof cell)
      }
      expect(cells.some((c) => c !== undefined && c !== '')).toBe(true)
    }),
  'has short facets, all of them among the known ones': (room) =>
    forAll(room, ({ a, config, context }) => {
      const known = room.facetValues(config)?.map((v) => v.value)
      for (const facet of room.facets(a, config, context)) {
        expect(typeof facet).toBe('string')
        expect(countCodePoints(facet)).toBeLessThanOrEqual(200)
        if (known) expect([...known, ...Object.values(context.candidates).flat()]).toContain(facet)
      }
    }),
  'says an answer in one line of each language': (room) =>
    forAll(room, ({ a, config, context }) => {
      for (const locale of locales) {
        const line = room.summarise(a, config, { ...context, locale })
        expect(line).not.toBe('')
        expect(line).not.toMatch(/[\n\r]/)
      }
    }),
  'takes candidates to slots and back': (room) =>
    forAll(room, ({ a, config, context }) => {
      const ids = context.candidates[room.comparesCandidates(config)?.input ?? ''] ?? []
      const slot = (id: string) => String.fromCharCode(65 + ids.indexOf(id))
      const slots = room.mapCandidates(a, slot)
      expect(room.mapCandidates(slots, (s) => ids[s.charCodeAt(0) - 65] ?? '')).toEqual(a)
      const shown = Object.fromEntries(
        Object.entries(context.candidates).map(([k, v]) => [k, v.map(slot)]),
      )
      const shape = room.answer(config, { ...context, candidates: shown })
      expect(problemPaths(shape, slots)).toBeUndefined()
    }),
}

/** Laws a room need not obey, by name, with the reason. */
const skips: Readonly<Record<string, Readonly<Record<string, string>>>> = {}

describe.each(fieldKinds.map((k) => [k.kind, k] as const))('field %s', (kind, room) => {
  for (const [name, law] of Object.entries(laws)) {
    const reason = skips[kind]?.[name]
    it.skipIf(reason !== undefined)(`${name}${reason ? ` (${reason})` : ''}`, () => law(room))
  }
})

describe('the laws of fields', () => {
  it('are skipped by their name and with a reason only', () => {
    for (const [kind, skipped] of Object.entries(skips)) {
      expect(fieldKinds.map((k) => k.kind)).toContain(kind)
      for (const [name, reason] of Object.entries(skipped)) {
        expect(Object.keys(laws)).toContain(name)
        expect(graphemes(reason).length).toBeGreaterThan(20)
      }
    }
  })

  const [choice] = fieldKinds
  const pairwise = fieldKinds.find((k) => k.kind === 'pairwise')
  if (!choice || !pairwise) throw new Error('the rooms to break are not there')
  const never = choice.config.refine(() => false)
  let calls = 0
  /** A room that breaks each law. */
  const broken: Readonly<Record<keyof typeof laws, FieldKind>> = {
    'has a README': { ...choice, kind: 'ghost' },
    'has samples that are valid, invalid and tricky': { ...choice, kind: 'ghost' },
    'accepts every valid and tricky sample': { ...choice, answer: () => never },
    'rejects every invalid sample at its path': { ...choice, answer: () => choice.shape },
    'brings older versions to this one': { ...choice, version: 2 },
    'accepts what people could answer, refuses without throwing what they could not': {
      ...choice,
      answer: () => never,
    },
    'finds an answer no distance from itself': {
      ...choice,
      compare: () => ({ distance: 0.1, aligned: [] }),
    },
    'finds the same distance both ways': {
      ...choice,
      compare: () => ({ distance: calls++ % 2, aligned: [] }),
    },
    'keeps distances in 0..1': { ...choice, compare: () => ({ distance: 2, aligned: [] }) },
    'tells different answers apart': {
      ...choice,
      compare: () => ({ distance: 0, aligned: [] }),
    },
    'merges one answer to itself, and none to nothing': {
      ...choice,
      merge: () => ({ answer: '', votes: [] }),
    },
    'merges the same whatever the order': {
      ...choice,
      merge: ([answer]) => ({ answer, votes: [] }),
    },
    'merges to an answer, and counts every vote': {
      ...choice,
      merge: ([answer]) => ({ answer, votes: [] }),
    },
    'has columns with names of their own and plain cells': { ...choice, columns: () => [] },
    'has short facets, all of them among the known ones': { ...choice, facets: () => ['?'] },
    'says an answer in one line of each language': { ...choice, summarise: () => '' },
    'takes candidates to slots and back': { ...pairwise, mapCandidates: (a) => a },
  }
  it.each(Object.entries(laws))('can be broken: %s', (name, law) => {
    const room = broken[name]
    if (!room) throw new Error(`no room breaks it`)
    expect(() => law(room)).toThrow()
  })
})
