import { encodeId } from '@kasauti/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { nextDay } from './queue-plan.ts'
import { reordering } from './queue-reorder.ts'
import { tellNobodyLeft } from './stranded.ts'
import { sweepLeases } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const answers = { answers: { topic: 'health' }, activeMs: 0 }
const reasons = [
  { id: 'later', title: { en: 'Later' }, consequence: 'me-later' },
  { id: 'unclear', title: { en: 'Unclear' }, consequence: 'others' },
  { id: 'broken', title: { en: 'Broken' }, consequence: 'out' },
]
type Furnished = Awaited<ReturnType<typeof furnish>>
async function settings(f: Pick<Furnished, 'projectId'>, queue: Record<string, unknown> = {}) {
  const value = {
    queue: { order: 'sequential', ...queue },
    skipReasons: reasons,
    instructions: { en: '', hi: '' },
  }
  await sql`update projects set settings = ${JSON.stringify(value)}::jsonb where project_id = ${f.projectId}`.execute(
    h.app.db,
  )
}
/** Items from this ordinal on lie in a batch of their own. */
async function batchFrom(
  f: Pick<Furnished, 'projectId' | 'owner'>,
  o: { from: number; to: number; name: string; dueAt?: Date; priority?: number; state?: string },
): Promise<string> {
  const batchId = h.app.newId()
  const now = h.app.now()
  await sql`insert into batches (project_id, batch_id, name, state, due_at, priority, created_by, created_at)
    values (${f.projectId}, ${batchId}, ${o.name}, ${o.state ?? 'open'}, ${o.dueAt ?? null}, ${o.priority ?? 0},
      ${f.owner.userId}, ${now})`.execute(h.app.db)
  await sql`update items set batch_id = ${batchId} where project_id = ${f.projectId}
    and ordinal between ${o.from} and ${o.to}`.execute(h.app.db)
  return batchId
}
const keys = (rows: readonly { key: string }[]) => rows.map((r) => Number(r.key.slice(-4)))

test('over two projects and their batches, the next item is what is due first', async () => {
  const one = await furnish(h, { people: { ana: ['associate'] }, items: 4 })
  h.clock.advance(1000)
  const two = await furnish(h, { people: {}, items: 3 })
  const { ana } = one.people
  await sql`insert into members (project_id, user_id, roles, added_at)
    values (${two.projectId}, ${ana.userId}, '{associate}', ${h.app.now()})`.execute(h.app.db)
  const soon = new Date('2026-01-09T00:00:00.000Z')
  const later = new Date('2026-02-09T00:00:00.000Z')
  await batchFrom(one, { from: 3, to: 4, name: 'later', dueAt: later })
  await batchFrom(two, { from: 2, to: 3, name: 'soon', dueAt: soon })
  const seen: [string, number, string | undefined][] = []
  for (;;) {
    const { json } = await h.call(ana, 'POST', '/claim', { count: 2 })
    if (json.rows.length === 0) break
    for (const w of json.rows) {
      seen.push([
        w.projectId === encodeId('prj', one.projectId) ? 'one' : 'two',
        keys([w])[0] ?? 0,
        w.batch?.name,
      ])
      await h.call(
        ana,
        'POST',
        `/projects/${w.projectId}/assignments/${w.assignmentId}/submit`,
        answers,
      )
    }
  }
  expect(seen).toEqual([
    ['two', 2, 'soon'],
    ['two', 3, 'soon'],
    ['one', 3, 'later'],
    ['one', 4, 'later'],
    ['one', 1, undefined],
    ['one', 2, undefined],
    ['two', 1, undefined],
  ])
  expect((await h.call(ana, 'POST', '/claim', {})).json).toEqual({
    rows: [],
    waits: [{ code: 'nothing-left' }],
  })
})

test('the queue tells what comes in which order, and the gate before the rest', async () => {
  const f = await furnish(h, { people: { ana: ['associate'] }, items: 6 })
  await batchFrom(f, { from: 3, to: 4, name: 'waits', state: 'paused', priority: 5 })
  await batchFrom(f, { from: 5, to: 6, name: 'first', priority: 3 })
  const { json } = await h.call(f.people.ana, 'GET', '/queue')
  expect(json.rows).toMatchObject([
    {
      batchName: 'waits',
      kind: 'new',
      count: 2,
      gate: { code: 'batch-paused', batchName: 'waits' },
    },
    { batchName: 'first', kind: 'new', count: 2, stage: 'annotate' },
    { batchName: '', kind: 'new', count: 2 },
  ])
  expect(json.waits).toMatchObject([{ code: 'batch-paused' }])
})

test('put by, an item keeps its place, comes back when there is nothing else, or on the next day', async () => {
  const f = await furnish(h, { people: { ana: ['associate'], bo: ['associate'] }, items: 2 })
  await settings(f)
  const { ana, bo } = f.people
  const claim = async (by: typeof ana) => (await h.call(by, 'POST', `${f.path}/claim`)).json.rows
  const [first] = await claim(ana)
  const put = await h.call(ana, 'POST', `${f.path}/assignments/${first.assignmentId}/skip`, {
    reason: 'later',
    activeMs: 0,
  })
  expect(put.status).toBe(200)
  const [second] = await claim(ana)
  expect(keys([first, second])).toEqual([1, 2])
  expect(await claim(bo)).toEqual([])
  await h.call(ana, 'POST', `${f.path}/assignments/${second.assignmentId}/submit`, answers)
  expect(keys(await claim(ana))).toEqual([1])
  await h.call(ana, 'POST', `${f.path}/assignments/${first.assignmentId}/skip`, {
    reason: 'later',
    activeMs: 0,
  })
  expect(await recount(h.app, f.projectId)).toEqual([])
  await sql`update assignments set lease_expires_at = ${h.app.now()}
    where project_id = ${f.projectId} and state = 'deferred'`.execute(h.app.db)
  h.clock.advance(1000)
  await sweepLeases(h.app, f.projectId)
  expect(keys(await claim(bo))).toEqual([1])
  expect(await recount(h.app, f.projectId)).toEqual([])
})

test('a reason that takes out does so at once, one for others goes on, and the lead hears when nobody is left', async () => {
  const f = await furnish(h, {
    people: { ana: ['associate'], bo: ['associate'], lea: ['lead'] },
    items: 2,
    wanted: 2,
  })
  await settings(f)
  const { ana, bo, lea } = f.people
  const skip = async (by: typeof ana, reason: string) => {
    const [work] = (await h.call(by, 'POST', `${f.path}/claim`)).json.rows
    await h.call(by, 'POST', `${f.path}/assignments/${work.assignmentId}/skip`, {
      reason,
      activeMs: 0,
    })
    return work
  }
  const out = await skip(ana, 'broken')
  const item = await h.call(lea, 'GET', `${f.path}/items/${out.itemId}`)
  expect(item.json.state).toBe('skipped')
  expect(item.json.history.map((e: { kind: string }) => e.kind)).toEqual(['leased', 'taken-out'])
  await skip(ana, 'unclear')
  await skip(bo, 'unclear')
  const told = async () => (await h.call(lea, 'GET', '/notifications')).json.rows
  expect(await told()).toEqual([])
  const [mine] = (await h.call(lea, 'POST', `${f.path}/claim`)).json.rows
  await h.call(lea, 'POST', `${f.path}/assignments/${mine.assignmentId}/submit`, answers)
  const left = await h.app.db
    .transaction()
    .execute((db) => tellNobodyLeft(db, h.app, { projectId: f.projectId, batchId: f.projectId }))
  expect(left).toBe(1)
  expect(await told()).toMatchObject([
    { kind: 'nobody-left', params: { count: '1', name: 'House' } },
  ])
})

test('caps of the project hold, a person’s own hold in their place, and the wait tells until when', async () => {
  const f = await furnish(h, { people: { ana: ['associate'], lea: ['lead'] }, items: 9 })
  await settings(f, { dailyCap: 2, heldCap: 1 })
  const { ana, lea } = f.people
  const next = async (count: number) => (await h.call(ana, 'POST', '/claim', { count })).json
  const first = await next(3)
  expect(first.rows).toHaveLength(1)
  const done = (work: { assignmentId: string }) =>
    h.call(ana, 'POST', `${f.path}/assignments/${work.assignmentId}/submit`, answers)
  await done(first.rows[0])
  await done((await next(1)).rows[0])
  expect(await next(1)).toMatchObject({
    rows: [],
    waits: [{ code: 'daily-cap', until: nextDay(h.clock.now()).toISOString() }],
  })
  const own = await h.call(lea, 'PUT', `${f.path}/members/${encodeId('usr', ana.userId)}/caps`, {
    dailyCap: 5,
    heldCap: 2,
  })
  expect(own.json).toMatchObject({ dailyCap: 5, heldCap: 2 })
  expect((await next(4)).rows).toHaveLength(2)
  expect((await h.call(ana, 'POST', '/claim', { count: 3 })).json.rows).toHaveLength(2)
})

test('items given back are handed out first, to whoever has passed them long ago', async () => {
  const f = await furnish(h, { people: { ana: ['associate'], bo: ['associate'] }, items: 6 })
  const { ana, bo } = f.people
  const claim = async (by: typeof ana, count = 1) =>
    (await h.call(by, 'POST', `${f.path}/claim`, { count })).json.rows
  const held = await claim(ana, 2)
  for (const work of await claim(bo, 2))
    await h.call(bo, 'POST', `${f.path}/assignments/${work.assignmentId}/submit`, answers)
  await h.call(ana, 'POST', `${f.path}/assignments/${held[1].assignmentId}/release`)
  const back = await claim(bo)
  expect(keys(back)).toEqual([2])
  await h.call(bo, 'POST', `${f.path}/assignments/${back[0].assignmentId}/submit`, answers)
  h.clock.advance(1_801_000)
  await sweepLeases(h.app, f.projectId)
  expect(keys(await claim(bo)).sort()).toEqual([1])
  expect(await recount(h.app, f.projectId)).toEqual([])
})

test.each(['random', 'uncertainty', 'least-labelled', 'sequential'] as const)(
  'changed to %s, the order holds for what comes next and nobody misses anything',
  async (order) => {
    const f = await furnish(h, {
      people: { ana: ['associate'], bo: ['associate'], lea: ['lead'] },
      items: 12,
      wanted: 2,
    })
    await settings(f, { order: order === 'sequential' ? 'random' : 'sequential' })
    await sql`update items set uncertainty = (ordinal % 5) / 5.0 where project_id = ${f.projectId}`.execute(
      h.app.db,
    )
    const { ana, bo, lea } = f.people
    const work = async (by: typeof ana, most: number) => {
      const got: number[] = []
      while (got.length < most) {
        const { json } = await h.call(by, 'POST', `${f.path}/claim`)
        if (json.rows.length === 0) break
        got.push(...keys(json.rows))
        for (const w of json.rows)
          await h.call(by, 'POST', `${f.path}/assignments/${w.assignmentId}/submit`, answers)
      }
      return got
    }
    const before = await work(ana, 4)
    const changed = await h.call(lea, 'PATCH', f.path, { settings: { queue: { order } } })
    expect(changed.status).toBe(200)
    await reordering.run({
      app: h.app,
      projectId: f.projectId,
      jobId: h.app.newId(),
      signal: new AbortController().signal,
      cancelled: () => false,
      report: () => {},
    })
    const his = await work(bo, 12)
    const hers = [...before, ...(await work(ana, 12))]
    const all = Array.from({ length: 12 }, (_, n) => n + 1)
    expect(his.toSorted((a, b) => a - b)).toEqual(all)
    expect(hers.toSorted((a, b) => a - b)).toEqual(all)
    if (order === 'uncertainty') expect(his[0]).toBe(4)
    if (order === 'least-labelled') expect(his.slice(0, 8).sort()).not.toContain(before[0])
    if (order === 'random') expect(his).not.toEqual(all)
    if (order === 'sequential') expect(his).toEqual(all)
    expect(await recount(h.app, f.projectId)).toEqual([])
  },
)
