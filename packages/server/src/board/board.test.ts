import { encodeId } from '@kasauti/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const work = async (n: number) => {
  const f = await furnish(h, {
    people: { asha: ['associate'], ravi: ['reviewer'], lata: ['lead'], mona: ['manager'] },
    items: 6,
  })
  for (let i = 0; i < n; i++) {
    const claimed = await h.call(f.people.asha, 'POST', `${f.path}/claim`, {})
    const { assignmentId } = claimed.json.rows[0]
    h.clock.advance(2000)
    const done = await h.call(
      f.people.asha,
      'POST',
      `${f.path}/assignments/${assignmentId}/submit`,
      { activeMs: 1000, answers: { topic: 'sports' } },
    )
    expect(done.status, JSON.stringify(done.json)).toBe(200)
  }
  return f
}

test('a lead sees what is waiting, held and handed in, an associate and a stranger see nothing of it', async () => {
  const f = await work(2)
  await h.call(f.people.asha, 'POST', `${f.path}/claim`, {})
  const projectId = encodeId('prj', f.projectId)
  const seen = await h.call(f.people.lata, 'GET', `/board?projectId=${projectId}`)
  expect(seen.status).toBe(200)
  const stage = (name: string) => seen.json.stages.find((s: { stage: string }) => s.stage === name)
  expect(stage('annotate')).toMatchObject({ waiting: 3, held: 1, returned: 0 })
  expect(stage('review')).toMatchObject({ waiting: 2, held: 0 })
  expect(seen.json.days.at(-1)).toMatchObject({ submitted: 2, reviewed: 0, done: 0 })
  expect(seen.json.ages).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: 'to-review', counts: [2, 0, 0, 0, 0, 0] }),
      expect.objectContaining({ what: 'held', counts: [1, 0, 0, 0, 0, 0] }),
    ]),
  )
  const asha = seen.json.people.find((p: { name: string }) => p.name === 'asha')
  expect(asha).toMatchObject({ submitted: 2, held: 1, activeMs: 2000, stuck: [] })
  expect(seen.json.batches).toMatchObject([{ items: 6, done: 0, risk: 'unknown' }])
  const refused = await h.call(f.people.asha, 'GET', `/board?projectId=${projectId}`)
  expect(refused.status).toBe(404)
  expect((await h.call(f.people.asha, 'GET', '/board')).json.projects).toEqual([])
  expect((await h.call(f.people.mona, 'GET', '/board')).json.projects).toHaveLength(1)
})

test('a lease held for hours without a sign of life is told as stuck', async () => {
  const f = await work(0)
  await h.call(f.people.asha, 'POST', `${f.path}/claim`, {})
  h.clock.advance(3 * 3_600_000)
  const seen = await h.call(
    f.people.lata,
    'GET',
    `/board?projectId=${encodeId('prj', f.projectId)}`,
  )
  const asha = seen.json.people.find((p: { name: string }) => p.name === 'asha')
  expect(asha.stuck).toEqual(['held-long', 'quiet'])
})

test('every table comes as CSV with its headers', async () => {
  const f = await work(1)
  for (const table of ['throughput', 'work-in-progress', 'ageing', 'batches', 'people']) {
    const csv = await h.call(
      f.people.lata,
      'GET',
      `/board/tables/${table}?projectId=${encodeId('prj', f.projectId)}`,
    )
    expect(csv.status, table).toBe(200)
    expect(csv.headers.get('content-disposition')).toContain(`${table}-`)
  }
})
