import { encodeId, simpleWorkflow } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'
import { freshForecasts } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h?.close())

const dayMs = 86_400_000
type Room = { projectId: string; path: string; people: Record<string, Person> }
const forecastPath = (room: Room) =>
  `${room.path}/batches/${encodeId('bat', room.projectId)}/forecast`

/** Ten days of 100 items in five active hours each, as handling times. */
async function history(
  room: Room,
  o: { who: Person; stage?: string; batchId?: string; perDay?: number; activeMs?: number },
) {
  const { perDay = 100, activeMs = 5 * 3_600_000, stage = 'annotate' } = o
  for (let ago = 1; ago <= 10; ago++) {
    const day = new Date(h.clock.now().getTime() - ago * dayMs).toISOString().slice(0, 10)
    await sql`insert into handling_times (project_id, field, batch_id, user_id, stage, day, bucket, n, active_ms)
      values (${room.projectId}, '', ${o.batchId ?? room.projectId}, ${o.who.userId}, ${stage}, ${day}::date, 40,
        ${perDay}, ${activeMs})`.execute(h.app.db)
    await sql`insert into person_days (project_id, user_id, day, submitted, active_ms, last_at)
      values (${room.projectId}, ${o.who.userId}, ${day}::date, ${perDay}, ${activeMs}, ${h.clock.now()})
      on conflict do nothing`.execute(h.app.db)
  }
}
async function wanted(room: Room, items: number) {
  for (const table of ['batch_counts', 'project_counts'])
    await sql`update ${sql.table(table)} set items = ${items}, open = ${items}, wanted = ${items}
      where project_id = ${room.projectId} and shard = 0`.execute(h.app.db)
}
const kinds = (json: { reasons: { kind: string }[] }) => json.reasons.map((r) => r.kind)
const at = (iso: string) => Date.parse(iso)

async function team() {
  const room = await furnish(h, {
    people: { a: ['associate'], b: ['associate'], lead: ['lead'], reviewer: ['reviewer'] },
    items: 1,
    review: 'none',
  })
  await history(room, { who: room.people.a })
  await history(room, { who: room.people.b })
  await wanted(room, 1500)
  return room
}

test('two people of 100 items a day need about eight working days for 1,500', async () => {
  const room = await team()
  const { status, json } = await h.call(room.people.lead, 'GET', forecastPath(room))
  expect(status).toBe(200)
  expect(json.state).toBe('expected')
  const days = (at(json.p50) - h.clock.now().getTime()) / dayMs
  expect(days).toBeGreaterThan(6)
  expect(days).toBeLessThan(20)
  expect(at(json.p10)).toBeLessThan(at(json.p90))
  expect(json.reasons).toContainEqual({ kind: 'remaining', stage: 'annotate', items: 1500 })
  // The lead may annotate, but never does.
  expect(json.reasons).toContainEqual({ kind: 'people', stage: 'annotate', people: 2 })
  const pace = json.reasons.find((r: { kind: string }) => r.kind === 'pace')
  expect(pace).toMatchObject({ stage: 'annotate', items: 2000, people: 2 })
  expect(pace.medianSeconds).toBeCloseTo(180, -1)
  expect(kinds(json)).toContain('guessed-hours')
})

test('without handling times the days of the people are taken', async () => {
  const room = await team()
  await sql`delete from handling_times where project_id = ${room.projectId}`.execute(h.app.db)
  const { json } = await h.call(room.people.lead, 'GET', forecastPath(room))
  expect(json.reasons.find((r: { kind: string }) => r.kind === 'pace').medianSeconds).toBeCloseTo(
    180,
    -1,
  )
})

test('what if: more people are sooner, people away and more overlap are later', async () => {
  const room = await team()
  const p50 = async (query: string) =>
    at((await h.call(room.people.lead, 'GET', `${forecastPath(room)}${query}`)).json.p50)
  const now = await p50('')
  expect(await p50('?people=2')).toBeLessThan(now)
  expect(await p50('?hours=2')).toBeLessThan(now)
  expect(await p50('?overlap=2')).toBeGreaterThan(now)
  expect(await p50(`?away=${encodeId('usr', room.people.a.userId)}`)).toBeGreaterThan(now)
  const none = await h.call(room.people.lead, 'GET', `${forecastPath(room)}?people=-2`)
  expect(none.json).toMatchObject({ state: 'never' })
  expect(none.json.p50).toBeUndefined()
})

test('days off, pauses and work that is due sooner are in the way', async () => {
  const room = await team()
  const read = async () => (await h.call(room.people.lead, 'GET', forecastPath(room))).json
  const before = await read()
  const from = h.clock.now().toISOString().slice(0, 10)
  const to = new Date(h.clock.now().getTime() + 20 * dayMs).toISOString().slice(0, 10)
  const leave = { firstDay: from, lastDay: to }
  await h.call(room.people.a, 'POST', '/me/days-off', leave)
  const away = await read()
  expect(at(away.p50)).toBeGreaterThan(at(before.p50))
  expect(kinds(away)).toContain('days-off')
  await sql`update members set paused_at = ${h.clock.now()} where project_id = ${room.projectId}
    and user_id = ${room.people.a.userId}`.execute(h.app.db)
  expect((await read()).reasons).toContainEqual({ kind: 'people', stage: 'annotate', people: 1 })

  const urgent = h.app.newId()
  await sql`insert into batches (project_id, batch_id, name, state, due_at, created_by, created_at, opened_at)
    values (${room.projectId}, ${urgent}, 'Urgent', 'open', ${new Date(h.clock.now().getTime() + dayMs)},
      ${room.people.lead.userId}, ${h.clock.now()}, ${h.clock.now()})`.execute(h.app.db)
  await sql`insert into batch_counts (project_id, batch_id, shard, items, open, wanted)
    values (${room.projectId}, ${urgent}, 0, 1000, 1000, 1000)`.execute(h.app.db)
  const behind = await read()
  expect(behind.reasons.find((r: { kind: string }) => r.kind === 'ahead').hours).toBeCloseTo(50, 0)
  expect(at(behind.p50)).toBeGreaterThan(at(away.p50))
})

test('work of another project that is due sooner counts as far as the people are the same', async () => {
  const room = await team()
  const other = await furnish(h, { people: { far: ['associate'] }, items: 1, review: 'none' })
  await sql`insert into members (project_id, user_id, roles, added_at)
    values (${other.projectId}, ${room.people.a.userId}, '{associate}', ${h.clock.now()})`.execute(
    h.app.db,
  )
  await sql`update batches set due_at = ${new Date(h.clock.now().getTime() + dayMs)}
    where project_id = ${other.projectId}`.execute(h.app.db)
  await wanted(other, 800)
  const { json } = await h.call(room.people.lead, 'GET', forecastPath(room))
  // 800 annotations of 90 s, the guess; half of the people are ours.
  expect(json.reasons.find((r: { kind: string }) => r.kind === 'ahead').hours).toBeCloseTo(10, 0)
})

test('reviews and returns belong to it, and a stage without people never ends', async () => {
  const room = await furnish(h, {
    people: { a: ['associate'], lead: ['lead'], reviewer: ['reviewer'] },
    items: 1,
    workflow: simpleWorkflow({ overlap: 1, review: 'all' }),
  })
  await history(room, { who: room.people.a })
  await history(room, { who: room.people.reviewer, stage: 'review', perDay: 200 })
  await wanted(room, 300)
  const read = async () => (await h.call(room.people.lead, 'GET', forecastPath(room))).json
  const json = await read()
  expect(json.stages.map((s: { stage: string }) => s.stage)).toEqual(['annotate', 'review'])
  expect(kinds(json)).toContain('returns')
  await sql`update members set paused_at = ${h.clock.now()} where project_id = ${room.projectId}
    and user_id <> ${room.people.a.userId}`.execute(h.app.db)
  const stuck = await read()
  expect(stuck.state).toBe('never')
  expect(stuck.reasons).toContainEqual({ kind: 'nobody', stage: 'review' })
})

test('a batch is kept a forecast of, one an hour, and the first is held against the end', async () => {
  const room = await team()
  const kept = async () =>
    (
      await sql<{
        n: number
      }>`select count(*) as n from forecasts f where f.project_id = ${room.projectId}`.execute(
        h.app.db,
      )
    ).rows[0]?.n
  await freshForecasts.run(h.app)
  await freshForecasts.run(h.app)
  const { json } = await h.call(room.people.lead, 'GET', forecastPath(room))
  await h.call(room.people.lead, 'GET', `${forecastPath(room)}?people=1`)
  expect(await kept()).toBe(1)
  h.clock.advance(2 * 3_600_000)
  await freshForecasts.run(h.app)
  expect(await kept()).toBe(2)
  const end = async (when: string) => {
    await sql`update batches set finished_at = ${new Date(when)} where project_id = ${room.projectId}`.execute(
      h.app.db,
    )
    return (await h.call(room.people.lead, 'GET', `${room.path}/forecast-record`)).json
  }
  expect(await end(json.p50)).toMatchObject({ batches: 1, within: 1 })
  const late = await end(new Date(at(json.p90) + 2 * dayMs).toISOString())
  expect(late).toMatchObject({ batches: 1, within: 0 })
  expect(late.rows[0].within).toBe(false)
})

test('nothing left is done; an unknown batch is not there; associates do not see forecasts', async () => {
  const room = await team()
  await wanted(room, 0)
  const { json } = await h.call(room.people.lead, 'GET', forecastPath(room))
  expect(json.state).toBe('done')
  const project = await h.call(room.people.lead, 'GET', `${room.path}/forecast`)
  expect(project.json.state).toBe('done')
  const unknown = `${room.path}/batches/${encodeId('bat', h.app.newId())}/forecast`
  expect((await h.call(room.people.lead, 'GET', unknown)).json.code).toBe('batch/not-found')
  expect((await h.call(room.people.a, 'GET', forecastPath(room))).status).toBe(403)
})
