import { expect, test } from 'vitest'
import { formats } from './formats.ts'
import { gather } from './gather.ts'
import { translator } from './translator.ts'

const en = formats('en')
const hi = formats('hi')

test('numbers group as each language groups them', () => {
  expect(en.number(1234567)).toBe('1,234,567')
  expect(hi.number(1234567)).toBe('12,34,567')
})

test('durations say seconds only while they matter', () => {
  expect(en.duration(0)).toMatch(/^0/)
  expect(en.duration(95_000)).toMatch(/^1 min 35/)
  expect(en.duration(45 * 60_000 + 12_000)).toBe('45 mins')
  expect(en.duration((2 * 60 + 41) * 60_000)).toMatch(/^2 hrs? 41 mins?$/)
  expect(en.duration(3 * 3_600_000)).toMatch(/^3 hrs?$/)
})

test('sizes use powers of 1000 and one digit below ten', () => {
  expect(en.bytes(999)).toMatch(/^999/)
  expect(en.bytes(1_440_000)).toBe('1.4 MB')
  expect(en.bytes(250_000_000_000)).toBe('250 GB')
})

test('times ago use the largest unit that fits', () => {
  const now = '2026-11-24T12:00:00Z'
  expect(en.ago('2026-11-24T11:55:00Z', now)).toBe('5 minutes ago')
  expect(en.ago('2026-11-23T11:00:00Z', now)).toBe('yesterday')
  expect(hi.ago('2026-11-24T11:55:00Z', now)).toContain('5')
})

test('a key without a message is shown as the key, plurals follow the language', () => {
  const t = translator('en', {
    left: '{n, plural, one {# item} other {# items}}',
    plain: 'It’s here',
  })
  expect(t('nowhere')).toBe('nowhere')
  expect(t('plain')).toBe('It’s here')
  expect(t('left', { n: 1 })).toBe('1 item')
  expect(t('left', { n: 2 })).toBe('2 items')
})

test('markup in a message or a value stays text', () => {
  const t = translator('en', { hello: 'Hello <b>{name}</b>' })
  expect(t('hello', { name: '<img src=x>' })).toBe('Hello <b><img src=x></b>')
})

test('a key in two files is refused', () => {
  expect(() => gather({ a: { x: '1' }, b: { x: '2' } })).toThrow('x is defined twice')
})
