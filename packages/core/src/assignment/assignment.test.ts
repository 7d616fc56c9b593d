import { expect, test } from 'vitest'
import { type Assignment, actOn, leaseUntil } from './index.ts'

const mine: Assignment = { state: 'leased', userId: 'asha', leaseExpiresAt: new Date(1000) }

test('somebody else’s assignment does not exist for me', () => {
  expect(actOn(mine, 'ravi')).toEqual({ ok: false, error: 'assignment/not-found' })
})

test('a leased assignment can be acted on, even a moment after its lease ran out', () => {
  expect(actOn(mine, 'asha')).toEqual({ ok: true, value: mine })
})

test('an expired or released one says so; a finished one is in the wrong state', () => {
  expect(actOn({ ...mine, state: 'expired' }, 'asha')).toEqual({
    ok: false,
    error: 'assignment/expired',
  })
  expect(actOn({ ...mine, state: 'released' }, 'asha')).toEqual({
    ok: false,
    error: 'assignment/expired',
  })
  expect(actOn({ ...mine, state: 'submitted' }, 'asha')).toEqual({
    ok: false,
    error: 'assignment/wrong-state',
  })
})

test('a lease lasts half an hour', () => {
  expect(leaseUntil(new Date(0)).getTime()).toBe(30 * 60 * 1000)
})
