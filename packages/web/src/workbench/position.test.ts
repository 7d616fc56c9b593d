import { expect, test } from 'vitest'
import { positionOf } from './position.ts'

const project = {
  annotatedByMe: 17,
  reviewedByMe: 4,
  toAnnotate: 43,
  toReview: 6,
  returned: 0,
  counts: { items: 60, accepted: 0, annotated: 0, returned: 0 },
}

test('the position is mine of what is for me, and moves with every item', () => {
  expect(positionOf(project, 'annotate', 0)).toEqual({ done: 17, total: 60 })
  expect(positionOf(project, 'annotate', 1)).toEqual({ done: 18, total: 60 })
  expect(positionOf(project, 'review', 2)).toEqual({ done: 6, total: 10 })
})

test('items that wait for others too are not counted twice, and nobody is beyond the end', () => {
  expect(positionOf({ ...project, toAnnotate: 60 }, 'annotate', 0).total).toBe(60)
  expect(positionOf({ ...project, toAnnotate: 0 }, 'annotate', 5)).toEqual({ done: 22, total: 22 })
})
