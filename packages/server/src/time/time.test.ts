import { encodeId } from '@kasauti/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

/** Ana hands in items that took so many seconds each. */
async function worked(seconds: readonly number[]) {
  const place = await furnish(h, {
    people: { ana: ['associate'], ben: ['associate'], lea: ['lead'], mia: ['manager'] },
    items: seconds.length,
    review: 'none',
  })
  const { ana } = place.people
  for (const s of seconds) {
    const claimed = await h.call(ana, 'POST', `${place.path}/claim`, { count: 1 })
    const mine = `${place.path}/assignments/${claimed.json.rows[0].assignmentId}`
    h.clock.advance(s * 1000)
    const marks = [
      [0, 'show'],
      [0, 'focus', 'topic'],
      [0, 'play'],
    ]
    const sentMs = s * 1000
    const beat = { tab: '7c9e6679-7425-40de-944b-e07fc1f90ae7', seq: 0, sentMs, wallMs: 0, marks }
    const body = { answers: { topic: 'sports' }, activeMs: 0, activity: [beat] }
    expect((await h.call(ana, 'POST', `${mine}/submit`, body)).status).toBe(200)
  }
  return place
}
const within = (ms: number) => ({
  asymmetricMatch: (actual: unknown) => Math.abs(Number(actual) - ms) <= 0.025 * ms + 2,
})

test('a lead sees handling times as a distribution, by person, stage, day, batch and field', async () => {
  const { path, people } = await worked([10, 20, 30, 40, 600])
  const { ana, lea } = people
  const by = async (group: string, more = '') =>
    (await h.call(lea, 'GET', `${path}/time?by=${group}${more}`)).json
  const report = await by('person')
  const expected = {
    n: 5,
    reported: 0,
    activeMs: 700_000,
    p10Ms: within(10_000),
    medianMs: within(30_000),
    p90Ms: within(600_000),
  }
  expect(report.rule).toEqual({ idleSeconds: 30 })
  expect(report.all).toMatchObject(expected)
  expect(report.rows).toMatchObject([
    { ...expected, userId: encodeId('usr', ana.userId), name: 'ana' },
  ])
  expect(report.fields).toMatchObject([{ ...expected, field: 'topic', title: { en: 'Topic' } }])
  const bars = report.all.bars as { n: number; fromMs: number; toMs: number }[]
  expect(bars.reduce((sum, bar) => sum + bar.n, 0)).toBe(5)
  for (const bar of bars) expect(bar.toMs).toBeGreaterThan(bar.fromMs)
  expect((await by('stage')).rows).toMatchObject([{ ...expected, stage: 'annotate' }])
  expect((await by('batch')).rows).toMatchObject([{ ...expected, name: '' }])
  expect((await by('day')).rows).toMatchObject([{ ...expected, day: report.to }])
  expect((await by('person', '&stage=review')).rows).toEqual([])
  expect((await by('person', '&from=2001-01-01&to=2001-01-31')).all).toMatchObject({
    n: 0,
    bars: [],
  })
})

test('the report comes as CSV too', async () => {
  const { path, people } = await worked([10, 30])
  const answer = await h.call(people.mia, 'GET', `${path}/time/csv?by=person`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toContain('time-by-person')
})

test('people see their own times first, and nobody else’s', async () => {
  const { path, people, projectId } = await worked([10, 30])
  expect((await h.call(people.ana, 'GET', `${path}/time`)).status).toBe(403)
  expect((await h.call(people.ana, 'GET', '/time')).json).toMatchObject({
    todayMs: 40_000,
    projects: [
      {
        projectId: encodeId('prj', projectId),
        todayMs: 40_000,
        activeMs: 40_000,
        handlings: { n: 2, medianMs: within(10_000) },
      },
    ],
  })
  expect((await h.call(people.ben, 'GET', '/time')).json).toMatchObject({
    todayMs: 0,
    projects: [],
  })
})
