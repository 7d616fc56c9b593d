import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  dayIn,
  guessedWorkHours,
  instantOf,
  isZone,
  planDays,
  spansOn,
  WorkHours,
  wallClock,
  weekMinutes,
  workingMs,
} from './index.ts'

const at = (iso: string) => Date.parse(iso)
const hour = 3_600_000
const week = (from: number, to: number) => Array.from({ length: 7 }, () => [[from * 60, to * 60]])
const hours = (zone: string, from: number, to: number) =>
  WorkHours.parse({ zone, week: week(from, to) })

test('hours are in order and apart, in a zone that exists', () => {
  const days = (first: unknown) => ({
    ...guessedWorkHours,
    week: [first, ...guessedWorkHours.week.slice(1)],
  })
  expect(WorkHours.safeParse(guessedWorkHours).success).toBe(true)
  expect(WorkHours.safeParse(days([[0, 1440]])).success).toBe(true)
  expect(
    WorkHours.safeParse(
      days([
        [60, 120],
        [120, 180],
      ]),
    ).success,
  ).toBe(true)
  for (const bad of [
    [[60, 60]],
    [[120, 60]],
    [
      [60, 180],
      [120, 240],
    ],
    [[60, 1441]],
    [[0.5, 60]],
    [[-1, 5]],
  ])
    expect(WorkHours.safeParse(days(bad)).success).toBe(false)
  expect(WorkHours.safeParse({ ...guessedWorkHours, week: [] }).success).toBe(false)
  expect(['Asia/Kolkata', 'UTC', 'America/Argentina/Ushuaia'].every(isZone)).toBe(true)
  expect(['Mars/Base', '', '+05:30', "'; --"].some(isZone)).toBe(false)
  expect(weekMinutes(guessedWorkHours)).toBe(5 * 450)
})

test('a day in Kolkata, with its break and a holiday', () => {
  const monday = { startMs: at('2026-11-23T00:00:00Z'), endMs: at('2026-11-24T00:00:00Z') }
  expect(spansOn(guessedWorkHours, '2026-11-23')[0]?.startMs).toBe(at('2026-11-23T04:30:00Z'))
  expect(workingMs(guessedWorkHours, monday)).toBe(7.5 * hour)
  expect(workingMs(guessedWorkHours, { ...monday, startMs: at('2026-11-23T08:15:00Z') })).toBe(
    4 * hour,
  )
  const off = [{ firstDay: '2026-11-20', lastDay: '2026-11-23' }]
  expect(workingMs(guessedWorkHours, monday, off)).toBe(0)
})

test('a shift over the change of clocks lasts as long as it really does', () => {
  const night = hours('Europe/Berlin', 0, 6)
  const length = (day: string) =>
    spansOn(night, day).reduce((s, x) => s + x.endMs - x.startMs, 0) / hour
  expect(length('2026-03-28')).toBe(6)
  expect(length('2026-03-29')).toBe(5)
  expect(length('2026-10-25')).toBe(7)
  // 02:00-03:00 is skipped in March and comes twice in October.
  const short = hours('Europe/Berlin', 2, 3)
  expect(spansOn(short, '2026-03-29')).toEqual([])
  expect(spansOn(short, '2026-10-25')[0]).toEqual({
    startMs: at('2026-10-25T00:00:00Z'),
    endMs: at('2026-10-25T02:00:00Z'),
  })
})

test('a date that a country left out has no work', () => {
  expect(spansOn(hours('Pacific/Apia', 9, 17), '2011-12-30')).toEqual([])
  expect(spansOn(hours('Pacific/Apia', 9, 17), '2011-12-31')).toHaveLength(1)
})

const zones = [
  'Asia/Kolkata',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'UTC',
  'Africa/Casablanca',
  'America/St_Johns',
]
const someTime = fc
  .integer({ min: at('2024-01-01') / 1000, max: at('2028-01-01') / 1000 })
  .map((s) => s * 1000)

test('an instant is found again from its wall clock, or the first of two that show the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), someTime, (zone, t) => {
      const found = instantOf(zone, wallClock(zone, t))
      return found === t || (found < t && wallClock(zone, found) === wallClock(zone, t))
    }),
    { numRuns: 500 },
  )
})

test('working time adds up over any division of a stretch of time', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.tuple(
        someTime,
        fc.integer({ min: 0, max: 20 * 24 }),
        fc.integer({ min: 0, max: 20 * 24 }),
      ),
      (zone, [start, a, b]) => {
        const h = hours(zone, 1, 9)
        const middle = start + a * hour
        const end = middle + b * hour
        return (
          workingMs(h, { startMs: start, endMs: end }) ===
          workingMs(h, { startMs: start, endMs: middle }) +
            workingMs(h, { startMs: middle, endMs: end })
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('plans of all zones made at one moment begin with the same date, and hold no time that has passed', () => {
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata']) {
    const nowMs = at('2026-11-24T11:00:00Z')
    const h = hours(zone, 0, 24)
    const plan = planDays(h, { nowMs, days: 5 })
    expect(plan.workMs).toHaveLength(5)
    const end = Math.max(...plan.endMs)
    expect(plan.workMs.reduce((s, x) => s + x, 0)).toBe(end - nowMs)
    expect(dayIn(zone, end - 1)).toBe('2026-11-27')
  }
})
