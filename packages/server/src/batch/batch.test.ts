import { encodeId } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { runJob } from '../platform/jobs/run-job.ts'
import { moveItemsJob } from './job.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const people = { lead: ['lead'], asha: ['associate'], ravi: ['reviewer'] } as const
const room = (items: number, review: 'none' | 'all' = 'all') =>
  furnish(h, { people, items, review })
type Room = Awaited<ReturnType<typeof room>>

async function make(r: Room, name: string, more: Record<string, unknown> = {}) {
  const { status, json } = await h.call(r.people.lead, 'POST', `${r.path}/batches`, {
    name,
    state: 'open',
    ...more,
  })
  expect(status, JSON.stringify(json)).toBe(200)
  return json.batchId as string
}
const look = async (r: Room, batchId: string, by: Person = r.people.lead) =>
  (await h.call(by, 'GET', `${r.path}/batches/${batchId}`)).json
const rest = (r: Room) => encodeId('bat', r.projectId)
const move = (r: Room, batchId: string, body: unknown) =>
  h.call(r.people.lead, 'POST', `${r.path}/batches/${batchId}/move`, body)
const add = (r: Room, batchId: string, body: unknown) =>
  h.call(r.people.lead, 'POST', `${r.path}/batches/${batchId}/items`, body)
const keys = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => `row-${String(from + n).padStart(4, '0')}`)

/** Kept counts of every batch against counted ones. */
async function batchesAddUp(r: Room): Promise<void> {
  const { rows: counted } = await sql<Record<string, unknown>>`
    select i.batch_id, count(*) as items, count(*) filter (where i.state = 'open') as open,
      count(*) filter (where i.state = 'annotated') as annotated, count(*) filter (where i.state = 'accepted') as accepted,
      sum(i.annotations)::bigint as annotations, sum(i.wanted)::bigint as wanted,
      count(*) filter (where i.step = 'done') as done, count(*) filter (where i.step = 'review') as by_review
    from items i where i.project_id = ${r.projectId} and i.removed_at is null
    group by i.batch_id order by i.batch_id`.execute(h.app.db)
  const { rows: kept } = await sql<Record<string, unknown>>`
    select c.batch_id, sum(c.items)::bigint as items, sum(c.open)::bigint as open, sum(c.annotated)::bigint as annotated,
      sum(c.accepted)::bigint as accepted, sum(c.annotations)::bigint as annotations, sum(c.wanted)::bigint as wanted,
      sum(c.done)::bigint as done, sum(c.by_review)::bigint as by_review
    from batch_counts c where c.project_id = ${r.projectId}
    group by c.batch_id having sum(c.items) <> 0 order by c.batch_id`.execute(h.app.db)
  expect(kept).toEqual(counted)
  const { rows: apart } = await sql<{ n: number }>`
    select count(*) as n from items i
    join annotations o on o.project_id = i.project_id and o.item_id = i.item_id
    where i.project_id = ${r.projectId} and o.batch_id <> i.batch_id`.execute(h.app.db)
  expect(apart).toEqual([{ n: 0 }])
  expect(await recount(h.app, r.projectId)).toEqual([])
}

async function annotate(r: Room, times: number) {
  for (let n = 0; n < times; n++) {
    const claimed = await h.call(r.people.asha, 'POST', `${r.path}/claim`, {
      stage: 'annotate',
      count: 1,
    })
    const [item] = claimed.json.rows
    expect(item, JSON.stringify(claimed.json)).toBeDefined()
    const { status, json } = await h.call(
      r.people.asha,
      'POST',
      `${r.path}/assignments/${item.assignmentId}/submit`,
      { answers: { topic: 'sports' }, activeMs: 1000 },
    )
    expect(status, JSON.stringify(json)).toBe(200)
  }
}

test('every project has everything else, the last in its list, which only opens and pauses', async () => {
  const r = await room(3)
  await make(r, 'July')
  const { json } = await h.call(r.people.lead, 'GET', `${r.path}/batches`)
  expect(json.rows.map((b: { name: string }) => b.name)).toEqual(['July', ''])
  expect(json.rows[1]).toMatchObject({
    batchId: rest(r),
    kind: 'everything-else',
    ways: ['paused'],
    counts: { items: 3, open: 3 },
  })
  expect((await move(r, rest(r), { to: 'delivered' })).json.code).toBe('batch/everything-else')
  expect((await h.call(r.people.lead, 'DELETE', `${r.path}/batches/${rest(r)}`)).json.code).toBe(
    'batch/everything-else',
  )
  expect((await move(r, rest(r), { to: 'paused' })).json.state).toBe('paused')
})

test('a name is taken once, whatever its case, and read in one form', async () => {
  const r = await room(0)
  await make(r, 'Café')
  const again = await h.call(r.people.lead, 'POST', `${r.path}/batches`, { name: 'CAFE\u0301' })
  expect([again.status, again.json.code]).toEqual([409, 'batch/name-taken'])
  const hindi = await make(r, '  जुलाई की बातचीत 🎧 ')
  expect((await look(r, hindi)).name).toBe('जुलाई की बातचीत 🎧')
})

test('items move with what hangs on them, and the counts with the items', async () => {
  const r = await room(8)
  await annotate(r, 3)
  const july = await make(r, 'July')
  const moved = await add(r, july, { keys: [...keys(2, 5), 'nobody'] })
  expect(moved.json).toEqual({ moved: 4, missing: ['nobody'] })
  await batchesAddUp(r)
  expect((await look(r, july)).counts).toMatchObject({ items: 4, annotated: 2, annotations: 2 })
  expect((await add(r, july, { keys: keys(2, 5) })).json.moved).toBe(0)

  const { json: page } = await h.call(
    r.people.lead,
    'GET',
    `${r.path}/items?filter=${encodeURIComponent(JSON.stringify({ batchId: july }))}`,
  )
  expect(page.rows.map((i: { key: string; batch: string }) => [i.key, i.batch])).toEqual(
    keys(2, 5).map((key) => [key, 'July']),
  )
  const item = await h.call(r.people.lead, 'GET', `${r.path}/items/${page.rows[0].itemId}`)
  expect(item.json.history.at(-1)).toMatchObject({ kind: 'moved', note: 'July', by: 'lead' })
  expect(item.json.batch).toBe('July')

  const back = page.rows.map((i: { itemId: string }) => i.itemId)
  expect((await add(r, rest(r), { itemIds: back })).json.moved).toBe(4)
  await batchesAddUp(r)
  expect((await look(r, july)).history.map((e: { kind: string }) => e.kind)).toEqual([
    'items-out',
    'items-in',
    'created',
  ])
})

test('a lease goes along and is handed in where the item is now', async () => {
  const r = await room(2)
  const july = await make(r, 'July')
  const claimed = await h.call(r.people.asha, 'POST', `${r.path}/claim`, {
    stage: 'annotate',
    count: 1,
  })
  const [lease] = claimed.json.rows
  expect((await add(r, july, { keys: keys(1, 2) })).json.moved).toBe(2)
  const done = await h.call(
    r.people.asha,
    'POST',
    `${r.path}/assignments/${lease.assignmentId}/submit`,
    { answers: { topic: 'health' }, activeMs: 500 },
  )
  expect(done.status).toBe(200)
  expect(await look(r, july)).toMatchObject({
    counts: { items: 2, annotated: 1 },
    days: [{ submitted: 1 }],
  })
  await batchesAddUp(r)
})

test('a filter is moved by a job that can be run again', async () => {
  const r = await room(12)
  await annotate(r, 2)
  const open = await make(r, 'All that is open')
  const { json } = await add(r, open, { filter: { state: ['open'] } })
  expect(json.jobId).toMatch(/^job_/)
  const { rows } = await sql<{ job_id: string }>`
    select m.job_id from batch_moves m where m.project_id = ${r.projectId}`.execute(h.app.db)
  const job = { projectId: r.projectId, jobId: rows[0]?.job_id ?? '' }
  const run = () =>
    runJob(h.app, moveItemsJob, {
      ...job,
      stopping: new AbortController().signal,
    })
  await run()
  await sql`update jobs set state = 'queued' where project_id = ${r.projectId} and job_id = ${job.jobId}`.execute(
    h.app.db,
  )
  await run()
  expect((await look(r, open)).counts).toMatchObject({ items: 10, open: 10 })
  expect(
    (await look(r, open)).history.filter((e: { kind: string }) => e.kind === 'items-in'),
  ).toEqual([expect.objectContaining({ items: 10 })])
  await batchesAddUp(r)
})

test('what a job moved into a batch people are past is found by them, in order and without marks', async () => {
  const r = await furnish(h, { people, items: 12, wanted: 2 })
  const july = await make(r, 'July')
  await add(r, july, { keys: keys(9, 12) })
  const claim = async () =>
    (await h.call(r.people.asha, 'POST', `${r.path}/claim`, { stage: 'annotate', count: 12 })).json
      .rows as { key: string; assignmentId: string }[]
  const take = async () => {
    const rows = await claim()
    for (const work of rows)
      await h.call(r.people.asha, 'POST', `${r.path}/assignments/${work.assignmentId}/submit`, {
        answers: { topic: 'health' },
        activeMs: 0,
      })
    return rows.map((work) => work.key)
  }
  await move(r, rest(r), { to: 'paused' })
  expect(await take()).toEqual(keys(9, 12))
  await add(r, july, { filter: { state: ['open'] } })
  const { rows } = await sql<{ job_id: string }>`
    select m.job_id from batch_moves m where m.project_id = ${r.projectId}`.execute(h.app.db)
  await runJob(h.app, moveItemsJob, {
    projectId: r.projectId,
    jobId: rows[0]?.job_id ?? '',
    stopping: new AbortController().signal,
  })
  const { rows: marked } = await sql<{ n: number }>`
    select count(*) as n from items i where i.project_id = ${r.projectId} and i.freed_at is not null
      and i.ordinal <= 8`.execute(h.app.db)
  expect(marked).toEqual([{ n: 0 }])
  expect(await recount(h.app, r.projectId)).toEqual([])
  expect(await take()).toEqual(keys(1, 8))
  await batchesAddUp(r)
})

test('two people moving the same items both ways at once lose none and wait for nobody for ever', async () => {
  const r = await room(40)
  const a = await make(r, 'A')
  const b = await make(r, 'B')
  await add(r, a, { keys: keys(1, 20) })
  await Promise.all(
    [a, b, a, b, rest(r), a, b].map((to, n) => add(r, to, { keys: keys(1 + n, 30 + n) })),
  )
  await batchesAddUp(r)
})

test('what was agreed is checked on delivering, and a reason stands in the history', async () => {
  const r = await room(4, 'none')
  const july = await make(r, 'July', { criteria: { minDone: 0.9, minGold: 0.8 } })
  await add(r, july, { keys: keys(1, 4) })
  await annotate(r, 3)
  const refused = await move(r, july, { to: 'delivered' })
  expect([refused.status, refused.json.code]).toEqual([409, 'batch/criteria-unmet'])
  expect(refused.json.checks).toEqual([
    { criterion: 'minDone', wanted: 0.9, count: 3, of: 4, verdict: 'unmet' },
    { criterion: 'minGold', wanted: 0.8, count: 0, of: 0, verdict: 'unknown' },
  ])
  const done = await move(r, july, {
    to: 'delivered',
    note: 'First part',
    despite: 'Agreed by phone',
  })
  expect(done.json).toMatchObject({
    state: 'delivered',
    ways: ['accepted', 'rejected', 'checking', 'open'],
  })
  const now = await look(r, july)
  expect(now.history[0]).toMatchObject({
    kind: 'delivered',
    note: 'First part · Agreed by phone',
    despite: true,
  })
  expect(now.deliveries).toMatchObject([{ deliveryId: done.json.deliveryId, name: 'July' }])
  const delivery = await h.call(
    r.people.lead,
    'GET',
    `${r.path}/deliveries/${done.json.deliveryId}`,
  )
  expect(delivery.json.batch).toEqual({ batchId: july, name: 'July' })
  expect((await add(r, july, { keys: keys(1, 1) })).json.code).toBe('batch/closed')
  expect((await add(r, rest(r), { keys: keys(1, 1) })).json.moved).toBe(0)
  expect((await move(r, july, { to: 'accepted' })).json.state).toBe('accepted')
  expect((await move(r, july, { to: 'draft' })).json.code).toBe('batch/wrong-state')
})

test('nothing finished is nothing to deliver, and the batch stays where it is', async () => {
  const r = await room(2)
  const july = await make(r, 'July')
  expect((await move(r, july, { to: 'delivered' })).json.code).toBe('delivery/empty')
  expect((await look(r, july)).state).toBe('open')
})

test('two changes of one batch: the second is told', async () => {
  const r = await room(0)
  const july = await make(r, 'July')
  const at = `${r.path}/batches/${july}`
  const { etag } = await look(r, july)
  const first = await h.send(
    r.people.lead,
    'PATCH',
    at,
    { priority: 'urgent' },
    { 'if-match': etag },
  )
  expect(first.json).toMatchObject({ priority: 'urgent', name: 'July' })
  const second = await h.send(r.people.lead, 'PATCH', at, { name: 'August' }, { 'if-match': etag })
  expect(second.json.code).toBe('request/precondition-failed')
  const due = { dueAt: '2026-08-01T00:00:00.000Z' }
  expect((await h.call(r.people.lead, 'PATCH', at, due)).json.dueAt).toBe(due.dueAt)
  expect((await h.call(r.people.lead, 'PATCH', at, { dueAt: null })).json.dueAt).toBeUndefined()
})

test('only an empty batch is removed, and what was done in it counts for everything else', async () => {
  const r = await room(3)
  const july = await make(r, 'July')
  await add(r, july, { keys: keys(1, 3) })
  await annotate(r, 2)
  const at = `${r.path}/batches/${july}`
  expect((await h.call(r.people.lead, 'DELETE', at)).json.code).toBe('batch/not-empty')
  await add(r, rest(r), { keys: keys(1, 3) })
  expect((await h.call(r.people.lead, 'DELETE', at)).status).toBe(200)
  expect((await h.call(r.people.lead, 'GET', at)).json.code).toBe('batch/not-found')
  expect((await look(r, rest(r))).days).toMatchObject([{ submitted: 2 }])
  await batchesAddUp(r)
})

test('the board over projects shows what one leads and nothing of others', async () => {
  const r = await room(1)
  const other = await room(1)
  await make(r, 'Mine')
  await make(other, 'Not mine')
  const { json } = await h.call(r.people.lead, 'GET', '/batches')
  const names = json.rows.map((b: { name: string }) => b.name)
  expect(names).toContain('Mine')
  expect(names).not.toContain('Not mine')
  expect((await h.call(r.people.asha, 'GET', '/batches')).json.rows).toEqual([])
})

test('who judges blind is not told who worked on a batch', async () => {
  const r = await room(1)
  const july = await make(r, 'July')
  expect(await look(r, july, r.people.ravi)).not.toHaveProperty('people')
  expect((await look(r, july)).people).toEqual([])
})
