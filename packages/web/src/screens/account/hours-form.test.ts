import { expect, test } from 'vitest'
import {
  isSound,
  minutesOf,
  problemsOf,
  readTime,
  timeText,
  withDay,
  withSpan,
} from './hours-form.ts'

test('a time field says minutes, and midnight at the end of a day', () => {
  expect(readTime('09:30', 'from')).toBe(570)
  expect(readTime('00:00', 'from')).toBe(0)
  expect(readTime('00:00', 'to')).toBe(1440)
  expect(readTime('', 'to')).toBeUndefined()
  expect([0, 570, 1440].map(timeText)).toEqual(['00:00', '09:30', '00:00'])
})

test('spans that run backwards or into each other are found at their place', () => {
  expect(
    problemsOf([
      [600, 810],
      [840, 1080],
    ]),
  ).toEqual([undefined, undefined])
  expect(
    problemsOf([
      [600, 600],
      [590, 700],
    ]),
  ).toEqual(['backwards', 'overlaps'])
  expect(isSound([[[1320, 360]]])).toBe(false)
  expect(isSound([[], [[0, 1440]]])).toBe(true)
})

test('a new span follows the last and never leaves the day', () => {
  expect(withSpan([])).toEqual([[600, 1080]])
  expect(withSpan([[600, 810]])).toEqual([
    [600, 810],
    [840, 960],
  ])
  expect(withSpan([[600, 1400]]).at(-1)).toEqual([1380, 1440])
  const week = withDay([[], [], []], 1, [[0, 60]])
  expect(minutesOf(week)).toBe(60)
})
