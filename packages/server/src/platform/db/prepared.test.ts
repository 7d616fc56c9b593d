import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { PreparedNames } from './prepared.ts'

const limits = { atOnce: 10, ageMs: 60_000, now: () => 0 }

test('a statement gets a name when it comes again', () => {
  const names = new PreparedNames({ ...limits, forget: () => {} })
  expect(names.nameFor('select $1', [1])).toBeUndefined()
  const name = names.nameFor('select $1', [2])
  expect(name).toMatch(/^k\d+$/)
  expect(names.nameFor('select $1', [3])).toBe(name)
})

test('statements to be planned for their values get none', () => {
  const names = new PreparedNames({ ...limits, forget: () => {} })
  const long = Array.from({ length: 51 }, () => 'x')
  for (let n = 0; n < 5; n++) {
    expect(names.nameFor('/* planned anew */ select $1', [1])).toBeUndefined()
    expect(names.nameFor('select $1::text[]', [long])).toBeUndefined()
  }
})

test('no more are kept than allowed, the least used go first, and no name means two statements', () => {
  void fc.assert(
    fc.property(fc.array(fc.nat(12), { maxLength: 200 }), (texts) => {
      const gone = new Set<string>()
      const names = new PreparedNames({ ...limits, atOnce: 4, forget: (name) => gone.add(name) })
      const textOf = new Map<string, string>()
      for (const n of texts) {
        const text = `select $1 /* ${n} */`
        const name = names.nameFor(text, [1])
        if (name === undefined) continue
        expect(gone).not.toContain(name)
        expect(textOf.get(name) ?? text).toBe(text)
        textOf.set(name, text)
        expect(textOf.size - gone.size).toBeLessThanOrEqual(4)
      }
    }),
  )
})

test('a statement is prepared anew when it grows old', () => {
  let now = 0
  const gone: string[] = []
  const names = new PreparedNames({ ...limits, now: () => now, forget: (name) => gone.push(name) })
  names.nameFor('select $1', [1])
  const first = names.nameFor('select $1', [1])
  now = 59_999
  expect(names.nameFor('select $1', [1])).toBe(first)
  now = 60_000
  const second = names.nameFor('select $1', [1])
  expect(second).not.toBe(first)
  expect(gone).toEqual([first])
  expect(names.nameFor('select $1', [1])).toBe(second)
})
