import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ordinalOf, referenceOf } from './reference.ts'

const ordinal = fc.integer({ min: 0, max: 2 ** 35 - 1 })
const seed = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

test('a reference leads back to its item', () => {
  fc.assert(
    fc.property(ordinal, seed, (n, s) => {
      expect(referenceOf(n, s)).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(ordinalOf(referenceOf(n, s), s)).toBe(n)
    }),
  )
})

test('it is understood as people write it', () => {
  const reference = referenceOf(77, 5)
  expect(ordinalOf(` ${reference.toLowerCase().replace('-', '')} `, 5)).toBe(77)
  expect(ordinalOf(reference.replaceAll('0', 'o').replaceAll('1', 'L'), 5)).toBe(77)
  for (const not of ['', '4K7', 'item 12', '4K7-Q2MDX', '4K-7Q2MD', 'UUU-UUUU'])
    expect(ordinalOf(not, 5)).toBeUndefined()
})

test('neighbours look nothing alike, and no two items the same', () => {
  const all = Array.from({ length: 20_000 }, (_, n) => referenceOf(n + 1, 42))
  expect(new Set(all).size).toBe(all.length)
  const up = all.filter((reference, i) => i > 0 && reference > (all[i - 1] ?? '')).length
  expect(Math.abs(up / all.length - 0.5)).toBeLessThan(0.02)
  // each first character as often as any other: chi-squared of 31 degrees, 99.9 %
  const counts = Map.groupBy(all, (reference) => reference[0])
  const expected = all.length / 32
  const chi = [...counts.values()].reduce((x, c) => x + (c.length - expected) ** 2 / expected, 0)
  expect(chi).toBeLessThan(61.1)
})
