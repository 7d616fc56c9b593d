import { expect, test } from 'vitest'
import { itemState } from './index.ts'

const none = { wanted: 2, submitted: 0, returned: 0, accepted: 0, withdrawn: false }

test('an item is open until it has all the annotations it wants', () => {
  expect(itemState(none)).toBe('open')
  expect(itemState({ ...none, submitted: 1 })).toBe('open')
  expect(itemState({ ...none, submitted: 1, accepted: 1 })).toBe('annotated')
  expect(itemState({ ...none, submitted: 2 })).toBe('annotated')
})

test('one returned annotation makes the item returned, whatever the others are', () => {
  expect(itemState({ ...none, accepted: 1, returned: 1 })).toBe('returned')
})

test('an item is accepted when all its annotations are', () => {
  expect(itemState({ ...none, accepted: 2 })).toBe('accepted')
})

test('a withdrawn item is skipped, whatever it has', () => {
  expect(itemState({ ...none, accepted: 2, withdrawn: true })).toBe('skipped')
})
