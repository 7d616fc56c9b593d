import type { TaskSchema } from '@kasauti/catalog'
import { fieldEditor } from '@kasauti/catalog/browser'
import { expect, test } from 'vitest'
import { contextOf, makeKit } from './kit.ts'
import { firstMarked, marksOf, notesOf } from './marks.ts'
import { changesTo, proposalRows, takenFrom } from './proposals.ts'
import { answersItself, newSession, type Session, step, type Work } from './session.ts'

const work = (over: Partial<Work>): Work => ({
  assignmentId: 'a',
  projectId: 'p',
  projectName: 'P',
  key: 'k',
  stage: 'review',
  state: 'leased',
  schemaVersion: 1,
  inputs: {},
  answers: { topic: ['x'] },
  draftVersion: 0,
  leaseExpiresAt: '',
  activeMs: 0,
  ...over,
})
const on = (w: Work, from: Session = newSession()) =>
  step(from, { kind: 'opened', work: w }).session
const mark = { field: 'topic', note: 'नहीं', severity: 'major' as const }
const topic = { field: 'topic' }

test('a mark is kept in the journal, replaces the one before and goes with the verdict', () => {
  const first = step(on(work({})), { kind: 'mark', spot: topic, mark })
  expect(first.effects).toMatchObject([{ kind: 'keep-draft', entry: { marks: [mark] } }])
  const again = step(first.session, {
    kind: 'mark',
    spot: topic,
    mark: { ...mark, note: 'फिर' },
  }).session
  expect(again.desks[0]?.marks).toEqual([{ ...mark, note: 'फिर' }])
  expect(step(again, { kind: 'mark', spot: topic }).session.desks[0]?.marks).toEqual([])
})

test('marks come back from the journal after a crash, without turning the review into a fix', () => {
  const kept = { projectId: 'p', stage: 'review' as const, assignmentId: 'a', basedOn: 0 }
  const restored = step(newSession(), {
    kind: 'restored',
    drafts: [{ ...kept, answers: { topic: ['x'] }, marks: [mark] }],
    outbox: [],
  }).session
  expect(on(work({}), restored).desks[0]).toMatchObject({ mode: 'look', marks: [mark] })
})

test('dropping a fix keeps the marks', () => {
  const marked = step(on(work({})), { kind: 'mark', spot: topic, mark }).session
  const fixing = step(marked, { kind: 'fix' }).session
  const { session, effects } = step(fixing, { kind: 'look' })
  expect(session.desks[0]).toMatchObject({ mode: 'look', marks: [mark] })
  expect(effects[0]).toMatchObject({ kind: 'keep-draft', entry: { marks: [mark] } })
})

test('an audit is looked at and never fixed; an adjudication is answered and saved as a draft', () => {
  const audit = step(on(work({ stage: 'audit' })), { kind: 'fix' }).session
  expect(audit.desks[0]?.mode).toBe('look')
  const deciding = on(work({ stage: 'adjudicate', answers: {} }))
  const changed = step(deciding, {
    kind: 'change',
    change: { spot: topic, value: ['y'], how: 'whole', atMs: 0 },
  }).session
  expect(step(changed, { kind: 'save-due' }).effects).toContainEqual(
    expect.objectContaining({ kind: 'save-draft' }),
  )
  expect(['annotate', 'review', 'adjudicate', 'audit'].map(answersItself)).toEqual([
    true,
    false,
    true,
    false,
  ])
})

test('items of different projects and stages stand on one bench, each with what it allows', () => {
  const first = on(work({ assignmentId: 'a', stage: 'annotate', answers: {} }))
  const { session } = step(first, {
    kind: 'claimed',
    rows: [work({ assignmentId: 'b', projectId: 'q' })],
    waits: [],
  })
  expect(session.desks.map((d) => [d.work.projectId, d.mode])).toEqual([
    ['p', 'answer'],
    ['q', 'look'],
  ])
})

test('returned work begins at the first mark whose answer is as it was', () => {
  const marks = [mark, { field: 'note', note: 'कम', severity: 'minor' as const }]
  const returned = {
    verdict: 'returned' as const,
    note: 'देखें',
    marks,
    by: 'R',
    at: '2026-01-31T09:30:00.000Z',
  }
  const session = on(work({ stage: 'annotate', state: 'returned', returned }))
  const spots = [{ spot: topic }, { spot: { field: 'note' } }]
  const desk = (s: Session) => s.desks[0] ?? expect.fail('no desk')
  expect(firstMarked(spots, marksOf(desk(session)))).toEqual(topic)
  const changed = step(session, {
    kind: 'change',
    change: { spot: topic, value: ['y'], how: 'whole', atMs: 0 },
  }).session
  expect(marksOf(desk(changed)).map((m) => m.standing)).toEqual(['changed', 'open'])
  expect(firstMarked(spots, marksOf(desk(changed)))).toEqual({ field: 'note' })
  expect(notesOf(marks, (s) => s.field)).toBe('topic – नहीं\nnote – कम')
})

const schema = {
  version: 1,
  inputs: [],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic' },
      required: true,
      per: { of: 'item' },
      config: {
        mode: 'many',
        options: ['x', 'y', 'z'].map((value) => ({ value, title: { en: value } })),
      },
    },
    {
      id: 'note',
      kind: 'text',
      title: { en: 'Note' },
      required: false,
      per: { of: 'item' },
      config: { lines: 'one' },
    },
  ],
} as unknown as TaskSchema

test('proposals stand row by row with their agreement, alike ones under one number', async () => {
  expect(await fieldEditor('choice')).toBeDefined()
  const kit = await makeKit(schema, () => Promise.resolve([]))
  const proposals = [
    { letter: 'A', answers: { topic: ['x'], note: 'एक' } },
    { letter: 'B', answers: { topic: ['x'] } },
    { letter: 'C', answers: { topic: ['y'] } },
  ]
  const rows = proposalRows(proposals, { kit, inputs: {}, context: contextOf(kit, {}) })
  expect(rows.map((r) => r.asked.spot.field)).toEqual(['topic', 'note'])
  expect(rows[0]?.groups).toEqual([0, 0, 1])
  expect(rows[0]?.agreement).toBeCloseTo(1 / 3)
  expect(rows[1]?.groups).toEqual([0, -1, -1])
  expect(takenFrom(proposals, { topic: ['y'] }, { field: 'topic' })).toBe(2)
  expect(takenFrom(proposals, {}, { field: 'note' })).toBe(-1)
  expect(
    changesTo({ letter: 'B', answers: { topic: ['x'] } }, { topic: ['y'], note: 'z' }),
  ).toEqual([
    { spot: { field: 'topic' }, value: ['x'] },
    { spot: { field: 'note' }, value: undefined },
  ])
})
