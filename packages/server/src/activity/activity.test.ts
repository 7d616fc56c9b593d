import type { ActivityMark, Beat } from '@kasauti/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'
import { forgetBeats } from './index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const tabA = '7c9e6679-7425-40de-944b-e07fc1f90ae7'
const tabB = '16fd2706-8baf-433b-82eb-8c7fada847da'
const second = 1000

/** A page that was opened when the item was handed out: its clock is the test's, from there. */
function page(tab: string) {
  const openedMs = h.clock.now().getTime()
  let seq = 0
  const nowMs = () => h.clock.now().getTime() - openedMs
  return {
    nowMs,
    beat: (marks: readonly ActivityMark[]): Beat => ({
      tab,
      seq: seq++,
      sentMs: nowMs(),
      wallMs: h.clock.now().getTime(),
      marks: [...marks],
    }),
  }
}
const opened = (field?: string): ActivityMark[] => [
  [0, 'show'],
  field === undefined ? [0, 'focus'] : [0, 'focus', field],
  [0, 'touch'],
]
async function desk(o: { review?: 'none' | 'all'; items?: number } = {}) {
  const place = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'], lea: ['lead'] },
    items: o.items ?? 1,
    review: o.review ?? 'none',
  })
  const take = async () => {
    const claimed = await h.call(place.people.ana, 'POST', `${place.path}/claim`, { count: 1 })
    return `${place.path}/assignments/${claimed.json.rows[0].assignmentId}`
  }
  const call = (path: string, body: object) => h.call(place.people.ana, 'POST', path, body)
  const times = async () =>
    (
      await sql<{
        active_ms: number
        field_ms: unknown
        time_source: string
      }>`select active_ms, field_ms, time_source from assignments where project_id = ${place.projectId} order by started_at`.execute(
        h.app.db,
      )
    ).rows
  return { ...place, take, call, times }
}
const answers = { topic: 'sports' }
/** The house's clock moves a millisecond with every call. */
const near = (ms: number) => ({
  asymmetricMatch: (actual: unknown) => Math.abs(Number(actual) - ms) <= 10,
})

test('active time is computed from beats, whatever the client says, and told by field', async () => {
  const d = await desk()
  const mine = await d.take()
  const tab = page(tabA)
  h.clock.advance(15 * second)
  const first = tab.beat(opened('topic'))
  expect((await d.call(`${mine}/heartbeat`, { activeMs: 15_000, activity: [first] })).status).toBe(
    200,
  )
  h.clock.advance(600 * second)
  const last = tab.beat([])
  const body = { answers, activeMs: 600_000, activity: [first, last] }
  expect((await d.call(`${mine}/submit`, body)).status).toBe(200)
  expect(await d.times()).toEqual([
    { active_ms: near(30_000), field_ms: { topic: near(30_000) }, time_source: 'beats' },
  ])
  const { rows } = await sql<{ active_ms: number; field_ms: object; days: number; n: number }>`
    select r.active_ms, r.field_ms, d.active_ms as days,
      (select count(*) from activity_beats b where b.project_id = ${d.projectId}) as n
    from annotation_revisions r join person_days d on d.project_id = r.project_id
    where r.project_id = ${d.projectId} and d.active_ms > 0`.execute(h.app.db)
  expect(rows).toEqual([
    { active_ms: near(30_000), field_ms: { topic: near(30_000) }, days: near(30_000), n: 2 },
  ])
})

test('two tabs of a person count once', async () => {
  const d = await desk()
  const mine = await d.take()
  const [one, two] = [page(tabA), page(tabB)]
  h.clock.advance(20 * second)
  await d.call(`${mine}/heartbeat`, { activeMs: 0, activity: [one.beat(opened())] })
  await d.call(`${mine}/submit`, { answers, activeMs: 0, activity: [two.beat(opened())] })
  expect((await d.times())[0]?.active_ms).toEqual(near(20_000))
})

test('a page that lies about its clock gets no more than passed', async () => {
  const d = await desk()
  const mine = await d.take()
  h.clock.advance(20 * second)
  const lie: Beat = {
    tab: tabA,
    seq: 0,
    sentMs: 80_000_000,
    wallMs: -5,
    marks: [[-1e300, 'play'], ...opened()],
  }
  expect((await d.call(`${mine}/submit`, { answers, activeMs: 0, activity: [lie] })).status).toBe(
    200,
  )
  expect((await d.times())[0]?.active_ms).toBeLessThanOrEqual(20_020)
})

test('without beats the client is believed, up to the time that passed, and it is marked so', async () => {
  const d = await desk()
  const mine = await d.take()
  h.clock.advance(20 * second)
  await d.call(`${mine}/submit`, { answers, activeMs: 80_000_000 })
  expect(await d.times()).toEqual([
    { active_ms: near(20_000), field_ms: {}, time_source: 'reported' },
  ])
})

test('drafts, a return and the correction are each counted once', async () => {
  const d = await desk({ review: 'all' })
  const mine = await d.take()
  const tab = page(tabA)
  h.clock.advance(10 * second)
  const draft = { answers, activeMs: 0, basedOn: 0, activity: [tab.beat(opened())] }
  expect((await h.call(d.people.ana, 'PUT', `${mine}/draft`, draft)).status).toBe(200)
  h.clock.advance(5 * second)
  await d.call(`${mine}/submit`, { answers, activeMs: 0, activity: [tab.beat([])] })

  const review = await h.call(d.people.ravi, 'POST', `${d.path}/claim`, { stage: 'review' })
  const judged = `${d.path}/assignments/${review.json.rows[0].assignmentId}/review`
  const reviewer = page(tabB)
  h.clock.advance(7 * second)
  const verdict = { verdict: 'returned', note: 'Again', activeMs: 0 }
  await h.call(d.people.ravi, 'POST', judged, { ...verdict, activity: [reviewer.beat(opened())] })

  h.clock.advance(3600 * second)
  await d.take()
  const from = tab.nowMs()
  h.clock.advance(4 * second)
  const again = tab.beat([
    [from, 'touch'],
    [from, 'show'],
  ])
  expect((await d.call(`${mine}/submit`, { answers, activeMs: 0, activity: [again] })).status).toBe(
    200,
  )
  const { rows } = await sql<{ stage: string; n: number; active_ms: number }>`
    select stage, sum(n) as n, sum(active_ms) as active_ms from handling_times
    where project_id = ${d.projectId} and field = '' group by stage order by stage`.execute(
    h.app.db,
  )
  expect(rows.map((r) => ({ ...r, n: Number(r.n), active_ms: Number(r.active_ms) }))).toEqual([
    { stage: 'annotate', n: 2, active_ms: near(15_000) },
    { stage: 'review', n: 1, active_ms: near(7000) },
  ])
})

test('a skip is active time of the day and no handling time', async () => {
  const d = await desk()
  const mine = await d.take()
  const tab = page(tabA)
  h.clock.advance(6 * second)
  const skip = { reason: 'unclear', activeMs: 0, activity: [tab.beat(opened())] }
  expect((await d.call(`${mine}/skip`, skip)).status).toBe(200)
  const { rows } = await sql<{ day: number; n: number }>`
    select d.active_ms as day, (select count(*) from handling_times t where t.project_id = ${d.projectId}) as n
    from person_days d where d.project_id = ${d.projectId}`.execute(h.app.db)
  expect(rows).toEqual([{ day: near(6000), n: 0 }])
})

test('beats out of bounds are refused, and the answers with them stay where they are', async () => {
  const d = await desk()
  const mine = await d.take()
  const many = { ...page(tabA).beat([]), marks: Array.from({ length: 1001 }, () => [0, 'touch']) }
  for (const activity of [[many], [{ tab: 'x' }], 7]) {
    const refused = await d.call(`${mine}/submit`, { answers, activeMs: 0, activity })
    expect([refused.status, refused.json.code]).toEqual([400, 'request/invalid'])
  }
})

test('beats are forgotten after thirty days, the times stay', async () => {
  const d = await desk()
  const mine = await d.take()
  const tab = page(tabA)
  h.clock.advance(6 * second)
  await d.call(`${mine}/submit`, { answers, activeMs: 0, activity: [tab.beat(opened())] })
  const left = async () =>
    (
      await sql<{
        n: number
      }>`select count(*) as n from activity_beats where project_id = ${d.projectId}`.execute(
        h.app.db,
      )
    ).rows[0]?.n
  h.clock.advance(29 * 86_400 * second)
  await forgetBeats(h.app)
  expect(await left()).toBe(1)
  h.clock.advance(2 * 86_400 * second)
  expect(await forgetBeats(h.app)).toBeGreaterThan(0)
  expect(await left()).toBe(0)
  expect((await d.times())[0]?.active_ms).toEqual(near(6000))
})
