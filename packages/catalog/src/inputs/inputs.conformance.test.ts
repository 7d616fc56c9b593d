/** Laws every kind of input obeys, run over every room, and proof that each law can be broken. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { countCodePoints } from '@kasauti/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InputKind } from '../kinds.ts'
import { inputKinds } from './index.ts'

type Sample = {
  readonly file: string
  readonly config: unknown
  readonly raw?: unknown
  readonly value?: unknown
  readonly path?: string
  readonly configPath?: string
}
const here = new URL('./', import.meta.url)
function samplesOf(kind: string, ...starts: string[]): Sample[] {
  const folder = new URL(`./${kind}/samples/`, here)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => starts.some((start) => file.startsWith(start)))
    .map((file) => ({ ...JSON.parse(readFileSync(new URL(file, folder), 'utf8')), file }))
}

/** Canonical values of the room's own samples. */
function valuesOf(room: InputKind): unknown[] {
  const values = samplesOf(room.kind, 'valid-', 'tricky-').map((s) => s.value)
  expect(values.length).toBeGreaterThan(0)
  return values
}

type Law = (room: InputKind) => void
const laws: Readonly<Record<string, Law>> = {
  'has a README': (room) => {
    const readme = new URL(`./${room.kind}/README.md`, here)
    expect(existsSync(readme)).toBe(true)
    expect(readFileSync(readme, 'utf8').startsWith('# ')).toBe(true)
  },
  'has samples that are valid, invalid and tricky': (room) => {
    for (const start of ['valid-', 'invalid-', 'tricky-']) {
      expect(samplesOf(room.kind, start).length, start).toBeGreaterThan(0)
    }
  },
  'reads every valid and tricky sample to its value': (room) => {
    for (const sample of samplesOf(room.kind, 'valid-', 'tricky-')) {
      const read = room.read(sample.raw, room.config.parse(sample.config))
      expect(read, sample.file).toEqual({ ok: true, value: sample.value })
    }
  },
  'rejects every invalid sample at its path': (room) => {
    for (const sample of samplesOf(room.kind, 'invalid-')) {
      const config = room.config.safeParse(sample.config)
      if (sample.configPath !== undefined) {
        const issues = config.error?.issues ?? []
        const paths = issues.flatMap((i) => [
          i.path.join('.'),
          ...(i.code === 'unrecognized_keys' ? i.keys : []),
        ])
        expect(paths, sample.file).toContain(sample.configPath)
        continue
      }
      const read = room.read(sample.raw, config.data)
      expect(read.ok ? [] : read.error.map((p) => p.path), sample.file).toContain(sample.path)
    }
  },
  'reads its own values unchanged': (room) => {
    for (const value of valuesOf(room)) {
      expect(room.read(value, room.config.parse({}))).toEqual({ ok: true, value })
    }
  },
  'answers any JSON with a result': (room) => {
    const config = room.config.parse({})
    fc.assert(
      fc.property(fc.jsonValue(), (raw) => {
        const read = room.read(raw, config)
        if (read.ok) expect(room.read(read.value, config)).toEqual(read)
        else expect(read.error.length).toBeGreaterThan(0)
      }),
    )
  },
  'has turns with ids of their own, in roles it names': (room) => {
    for (const value of valuesOf(room)) {
      const turns = room.turns(value)
      expect(new Set(turns.map((t) => t.id)).size).toBe(turns.length)
      for (const turn of turns) expect(room.turnRoles).toContain(turn.role)
    }
  },
  'has candidates with ids of their own, within its limit': (room) => {
    for (const value of valuesOf(room)) {
      const ids = room.candidates(value)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids.length).toBeLessThanOrEqual(room.candidateLimit)
    }
  },
  'presents candidates in the order given, under slots, and the same turns': (room) => {
    for (const value of valuesOf(room)) {
      const ids = room.candidates(value)
      for (const order of [ids, [...ids].reverse()]) {
        const shown = room.present(value, order)
        expect(room.candidates(shown)).toEqual(order.map((_, i) => String.fromCharCode(65 + i)))
        expect(room.turns(shown)).toEqual(room.turns(value))
      }
    }
  },
  'previews in one line within the limit': (room) => {
    for (const value of valuesOf(room)) {
      for (const limit of [1, 2, 5, 12, 200]) {
        const preview = room.preview(value, limit)
        expect(preview).not.toBe('')
        expect(preview).not.toMatch(/[\n\r]/)
        expect(countCodePoints(preview)).toBeLessThanOrEqual(limit)
      }
    }
  },
}

describe.each(inputKinds.map((k) => [k.kind, k] as const))('input %s', (_kind, room) => {
  for (const [name, law] of Object.entries(laws)) it(name, () => law(room))
})

describe('the laws of inputs', () => {
  const conversation = inputKinds.find((k) => k.kind === 'conversation')
  if (!conversation) throw new Error('the room to break is not there')
  /** A room that breaks each law. */
  const broken: Readonly<Record<string, InputKind>> = {
    'has a README': { ...conversation, kind: 'ghost' },
    'has samples that are valid, invalid and tricky': { ...conversation, kind: 'ghost' },
    'reads every valid and tricky sample to its value': {
      ...conversation,
      read: () => ({ ok: true, value: {} }),
    },
    'rejects every invalid sample at its path': {
      ...conversation,
      read: () => ({ ok: false, error: [{ path: 'elsewhere', message: '' }] }),
    },
    'reads its own values unchanged': { ...conversation, read: () => ({ ok: true, value: 1 }) },
    'answers any JSON with a result': { ...conversation, read: () => ({ ok: false, error: [] }) },
    'has turns with ids of their own, in roles it names': { ...conversation, turnRoles: [] },
    'has candidates with ids of their own, within its limit': {
      ...conversation,
      candidateLimit: 1,
    },
    'presents candidates in the order given, under slots, and the same turns': {
      ...conversation,
      present: (value) => value,
    },
    'previews in one line within the limit': { ...conversation, preview: () => 'too long' },
  }
  it.each(Object.entries(laws))('can be broken: %s', (name, law) => {
    const room = broken[name]
    if (!room) throw new Error('no room breaks it')
    expect(() => law(room)).toThrow()
  })
  it('show a conversation without telling who made what', () => {
    const value = {
      messages: [
        { id: 't1', role: 'user', name: 'Asha', parts: [{ type: 'text', text: 'hello' }] },
        { id: 't2', role: 'assistant', name: 'neem', parts: [{ type: 'text', text: 'yes?' }] },
      ],
      candidates: ['neem', 'pipal'].map((name) => ({
        id: name,
        model: name,
        messages: [
          { id: `m-${name}`, role: 'assistant', name, parts: [{ type: 'text', text: 'hi' }] },
        ],
      })),
    }
    expect(JSON.stringify(conversation.present(value, ['pipal', 'neem']))).not.toMatch(/neem|pipal/)
    expect(() => conversation.present(value, ['pipal'])).toThrow()
    expect(() => conversation.present(value, ['pipal', 'banyan'])).toThrow()
  })
})
