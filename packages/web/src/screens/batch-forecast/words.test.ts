import { expect, test } from 'vitest'
import { axisDays } from './Band.tsx'
import { isChanged, noChange, queryOf } from './WhatIf.tsx'
import { saidChance, toneOf } from './words.ts'

test('a chance is said as certain only when it is', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(saidChance)).toEqual([0, 0.01, 0.5, 0.99, 1])
  expect([0.95, 0.8, 0.6, 0.2].map(toneOf)).toEqual(['good', 'good', 'warn', 'bad'])
})

test('an axis of any length has a few days, each at midnight', () => {
  const from = new Date(2026, 10, 24, 15).getTime()
  for (const days of [1, 5, 20, 90, 300]) {
    const marks = axisDays(from, from + days * 86_400_000)
    expect(marks.length).toBeGreaterThanOrEqual(1)
    expect(marks.length).toBeLessThanOrEqual(8)
    expect(marks.every((at) => new Date(at).getHours() === 0)).toBe(true)
  }
})

test('only what differs is asked', () => {
  expect(queryOf(noChange)).toEqual({})
  expect(isChanged(noChange)).toBe(false)
  expect(queryOf({ ...noChange, people: -1, overlap: 2 })).toEqual({ people: -1, overlap: 2 })
})
