import { simpleWorkflow } from '@kasauti/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inOrder, nextDay, planQueue, roomIn, waitsOf } from './queue-plan.ts'
import type { QueueRow } from './queue-storage.ts'

const now = new Date('2026-03-02T15:00:00.000Z')
const row = (o: Partial<QueueRow> = {}): QueueRow => ({
  project_id: 'p',
  project_name: 'P',
  archived: false,
  schema_version: 1,
  seed: 7,
  workflow_version: 1,
  queue_order: 'sequential',
  gold: null,
  project_paused: false,
  project_reason: null,
  member_paused: false,
  member_reason: null,
  roles: ['associate', 'reviewer'],
  daily_cap: null,
  held_cap: null,
  done_today: 0,
  held: 0,
  skills: [],
  batch_id: 'b',
  batch_name: '',
  due_at: null,
  priority: 0,
  batch_state: 'open',
  position: -1,
  freed: false,
  annotate: true,
  review: true,
  adjudicate: false,
  audit: false,
  ...o,
})
const workflow = simpleWorkflow({ overlap: 1, review: 'all' })
const stages = ['annotate', 'review'] as const
const plan = (rows: readonly QueueRow[], w = workflow) =>
  planQueue(rows, { workflows: new Map(rows.map((r) => [r.project_id, w])), stages, now })
const codes = (rows: readonly QueueRow[], w = workflow) =>
  plan(rows, w).map((part) => [part.stage, part.gate?.code])

test('what is due first comes first, then what matters more, then the later stage', () => {
  const due = (day: string) => new Date(`2026-03-${day}T00:00:00.000Z`)
  const rows = [
    row({ batch_id: 'late', due_at: due('20') }),
    row({ batch_id: 'never', priority: 9 }),
    row({ batch_id: 'soon', due_at: due('05') }),
    row({ batch_id: 'soon-and-important', due_at: due('05'), priority: 2 }),
  ]
  expect(plan(rows).map((part) => `${part.row.batch_id} ${part.stage}`)).toEqual([
    'soon-and-important review',
    'soon-and-important annotate',
    'soon review',
    'soon annotate',
    'late review',
    'late annotate',
    'never review',
    'never annotate',
  ])
})

const some = fc.record({
  project_id: fc.constantFrom('p', 'q', 'r'),
  batch_id: fc.constantFrom('a', 'b', 'c'),
  due_at: fc.option(fc.date({ noInvalidDate: true })),
  priority: fc.integer({ min: -2, max: 2 }),
})
test('the order is one order, whatever the rows came in', () => {
  // biome-ignore lint/nursery/noFloatingPromises: a property without promises
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (rows, keys) => {
      const parts = (o: typeof rows) => plan(o.map((r) => row(r)))
      const shuffled = rows
        .map((r) => ({ r, key: keys.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
        .map(({ r }) => r)
      const shown = (o: typeof rows) =>
        parts(o).map(({ row: r, stage }) => [r.due_at, r.priority, stage, r.project_id, r.batch_id])
      expect(shown(shuffled)).toEqual(shown(rows))
      const sorted = parts(rows)
      for (const [n, part] of sorted.entries()) {
        const next = sorted[n + 1]
        if (next) expect(inOrder(part, next)).toBeLessThanOrEqual(0)
      }
    }),
  )
})

test('each gate holds back what it is for, and says so', () => {
  expect(codes([row()])).toEqual([
    ['review', undefined],
    ['annotate', undefined],
  ])
  expect(codes([row({ project_paused: true })])[0]?.[1]).toBe('project-paused')
  expect(codes([row({ member_paused: true })])[0]?.[1]).toBe('member-paused')
  expect(codes([row({ batch_state: 'paused' })])[0]?.[1]).toBe('batch-paused')
  expect(codes([row({ batch_state: 'checking' })])).toEqual([['review', undefined]])
  expect(codes([row({ batch_state: 'delivered' })])).toEqual([])
  expect(codes([row({ roles: ['associate'] })])).toEqual([['annotate', undefined]])
  expect(codes([row({ roles: ['stakeholder'] })])).toEqual([])
  expect(codes([row({ review: false, annotate: false, freed: true })])).toEqual([
    ['annotate', undefined],
  ])
  expect(codes([row({ held_cap: 2, held: 2 })])[0]?.[1]).toBe('held-cap')
  const [capped] = plan([row({ daily_cap: 10, done_today: 9, held: 1 })])
  expect(capped?.gate).toMatchObject({
    code: 'daily-cap',
    until: new Date('2026-03-03T00:00:00.000Z'),
  })
})

test('skills gate a stage until all of them are held', () => {
  const skilled = {
    stages: workflow.stages.map((stage) =>
      stage.kind === 'annotate'
        ? { ...stage, who: { ...stage.who, skills: ['hindi', 'medicine'] } }
        : stage,
    ),
  }
  const gates = (skills: string[]) => plan([row({ skills })], skilled).map((part) => part.gate)
  expect(gates(['hindi'])).toEqual([
    undefined,
    expect.objectContaining({ code: 'skill-needed', skills: ['medicine'] }),
  ])
  expect(gates(['hindi', 'medicine'])).toEqual([undefined, undefined])
})

test('a reason is told once of a project, of a paused batch by itself', () => {
  const rows = [
    row({ project_id: 'x', project_paused: true }),
    row({ project_id: 'x', project_paused: true, batch_id: 'c' }),
    row({ batch_state: 'paused', review: false }),
    row({ batch_state: 'paused', review: false, batch_id: 'c' }),
  ]
  expect(waitsOf(plan(rows)).map((wait) => wait.code)).toEqual([
    'project-paused',
    'batch-paused',
    'batch-paused',
  ])
})

test('caps leave no room below nothing; days end at midnight UTC', () => {
  // biome-ignore lint/nursery/noFloatingPromises: a property without promises
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), fc.nat(50), fc.nat(50), (daily, heldCap, done, held) => {
      const room = roomIn(row({ daily_cap: daily, held_cap: heldCap, done_today: done, held }))
      expect(room).toBe(Math.max(0, Math.min(daily - done - held, heldCap - held)))
    }),
  )
  expect(roomIn(row())).toBe(Number.POSITIVE_INFINITY)
  expect(nextDay(new Date('2026-12-31T23:59:59.999Z'))).toEqual(
    new Date('2027-01-01T00:00:00.000Z'),
  )
})
