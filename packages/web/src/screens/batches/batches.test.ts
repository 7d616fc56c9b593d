import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from './batch.ts'
import { byUrgency, columns, wayInto } from './batch.ts'
import { burnUp } from './burn-up.ts'
import { dayByKey, dayInMonth, dayOfDue, dueAtEndOf, monthAfter, weeksOf } from './calendar.ts'

test('a month lies in whole weeks from Monday on, each of its days once', () => {
  expect(weeksOf('2026-08').map((w) => w[0])).toEqual([
    '2026-07-27',
    '2026-08-03',
    '2026-08-10',
    '2026-08-17',
    '2026-08-24',
    '2026-08-31',
  ])
  expect(weeksOf('2027-02')).toHaveLength(4)
  fc.assert(
    fc.property(fc.integer({ min: 2020, max: 2040 }), fc.integer({ min: 1, max: 12 }), (y, m) => {
      const month = `${y}-${String(m).padStart(2, '0')}`
      const days = weeksOf(month).flat()
      const own = days.filter((d) => d.startsWith(month))
      expect(own).toHaveLength(new Date(y, m, 0).getDate())
      expect(new Set(days).size).toBe(days.length)
      expect(days.length % 7).toBe(0)
    }),
  )
})

test('keys move by day, week and month, over the ends of months', () => {
  expect(dayByKey('2026-08-31', 'ArrowRight')).toBe('2026-09-01')
  expect(dayByKey('2026-08-01', 'ArrowUp')).toBe('2026-07-25')
  expect(dayByKey('2026-08-05', 'Home')).toBe('2026-08-03')
  expect(dayByKey('2026-08-05', 'End')).toBe('2026-08-09')
  expect(dayByKey('2026-08-31', 'PageDown')).toBe('2026-09-30')
  expect(dayByKey('2026-08-05', 'KeyX')).toBeUndefined()
  expect(dayInMonth('2028-03-31', -1)).toBe('2028-02-29')
  expect(monthAfter('2026-12', 1)).toBe('2027-01')
})

test('a due day is the same day again', () => {
  expect(dayOfDue(dueAtEndOf('2026-08-31'))).toBe('2026-08-31')
  expect(dayOfDue(undefined)).toBe('')
})

const batch = (of: Partial<Batch>): Batch =>
  ({ kind: 'made', state: 'open', ways: [], priority: 'normal', createdAt: '1', ...of }) as Batch

test('a card goes only where its batch may', () => {
  const [draft, open, checking, delivered, finished] = columns
  const card = batch({ state: 'delivered', ways: ['accepted', 'rejected', 'checking', 'open'] })
  expect(wayInto(card, finished)).toBe('accepted')
  expect(wayInto(card, checking)).toBe('checking')
  expect(wayInto(card, open)).toBe('open')
  expect(wayInto(card, delivered)).toBeUndefined()
  expect(wayInto(card, draft)).toBeUndefined()
})

test('the most pressing is first and everything else last', () => {
  const rows = [
    batch({ kind: 'everything-else', priority: 'urgent', name: 'rest' }),
    batch({ name: 'some day' }),
    batch({ name: 'soon', dueAt: '2026-08-02T00:00:00Z' }),
    batch({ name: 'urgent and soon', dueAt: '2026-08-02T00:00:00Z', priority: 'urgent' }),
  ]
  expect(rows.sort(byUrgency).map((b) => b.name)).toEqual([
    'urgent and soon',
    'soon',
    'some day',
    'rest',
  ])
})

test('a burn-up adds up day by day and stays level over days without work', () => {
  const day = (d: string, submitted: number, done: number) =>
    ({ day: d, submitted, done, reviewed: 0, returned: 0, accepted: 0, skipped: 0 }) as const
  const line = burnUp([day('2026-08-01', 3, 1), day('2026-08-04', 2, 4)], '2026-08-05')
  expect(line.map((p) => [p.day.slice(8), p.submitted, p.done])).toEqual([
    ['31', 0, 0],
    ['01', 3, 1],
    ['02', 3, 1],
    ['03', 3, 1],
    ['04', 5, 5],
    ['05', 5, 5],
  ])
  expect(burnUp([], '2026-08-05')).toEqual([])
})
