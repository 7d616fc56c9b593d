import { expect, test } from 'vitest'
import { type Appealable, goldAppeal, type OwnAppeal, verdictStanding } from './appeal-standing.ts'

const note = (at: string) => ({
  verdict: 'returned' as const,
  note: 'no',
  marks: [],
  by: 'Ravi',
  at,
})
const verdict = (at: string): Appealable => ({
  reviewId: `rev ${at}`,
  annotationId: 'ann',
  assignmentId: 'asg',
  key: 'k',
  preview: 'p',
  verdict: note(at),
})
const appeal = (more: Partial<OwnAppeal>): OwnAppeal => ({
  appealId: 'apl',
  kind: 'review',
  assignmentId: 'asg',
  key: 'k',
  preview: 'p',
  reason: 'because',
  state: 'open',
  at: '2026-03-03T00:00:00Z',
  verdict: note('2026-03-02T00:00:00Z'),
  mayDecide: false,
  ...more,
})

test('a verdict may be appealed against until it was, and again once the appeal is taken back', () => {
  const returned = verdict('2026-03-02T00:00:00Z')
  expect(verdictStanding('asg', [], [])).toEqual({ is: 'nothing' })
  expect(verdictStanding('other', [returned], [])).toEqual({ is: 'nothing' })
  expect(verdictStanding('asg', [returned], [])).toEqual({ is: 'may', verdict: returned })
  const open = appeal({})
  expect(verdictStanding('asg', [], [open])).toEqual({ is: 'made', appeal: open })
  const back = appeal({ state: 'withdrawn' })
  expect(verdictStanding('asg', [returned], [back])).toEqual({ is: 'may', verdict: returned })
})

test('after a dismissed appeal the next return is open again, an older one is not offered', () => {
  const dismissed = appeal({ state: 'dismissed' })
  const next = verdict('2026-03-04T00:00:00Z')
  const older = verdict('2026-03-01T00:00:00Z')
  expect(verdictStanding('asg', [next, older], [dismissed])).toEqual({ is: 'may', verdict: next })
  expect(verdictStanding('asg', [older], [dismissed])).toEqual({ is: 'made', appeal: dismissed })
})

test('appeals against gold and against verdicts are not taken for each other', () => {
  const gold = appeal({ kind: 'gold' })
  expect(goldAppeal('asg', [appeal({}), gold])).toBe(gold)
  expect(goldAppeal('asg', [appeal({ kind: 'gold', state: 'withdrawn' })])).toBeUndefined()
  expect(verdictStanding('asg', [], [gold])).toEqual({ is: 'nothing' })
})
