import { simpleWorkflow } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

/** Ana's annotation with a verdict of Ravi's on it. */
async function judged(verdict: 'returned' | 'fixed') {
  const f = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'], lea: ['lead'] },
    items: 1,
    workflow: simpleWorkflow({ overlap: 1, review: 'all' }),
  })
  const post = (by: Person, path: string, body: unknown = {}) =>
    h.call(by, 'POST', `${f.path}/${path}`, body)
  const get = (by: Person, path: string) => h.call(by, 'GET', `${f.path}/${path}`)
  const { ana, ravi } = f.people
  const [work] = (await post(ana, 'claim')).json.rows
  const annotating = `assignments/${work.assignmentId}`
  await post(ana, `${annotating}/submit`, { answers: { topic: 'sports' }, activeMs: 0 })
  const [reviewing] = (await post(ravi, 'claim', { stage: 'review' })).json.rows
  await post(ravi, `assignments/${reviewing.assignmentId}/review`, {
    verdict,
    note: 'It is health',
    answers: { topic: 'health' },
    activeMs: 0,
  })
  const [row] = (await get(ana, 'appealable')).json.rows
  const days = async () => {
    const { rows } = await sql<Record<string, number>>`
      select d.accepted, d.returned, d.fixed from person_days d
      where d.project_id = ${f.projectId} and d.user_id = ${ana.userId}`.execute(h.app.db)
    return rows[0]
  }
  const whole = async () => expect(await recount(h.app, f.projectId)).toEqual([])
  const file = () =>
    post(ana, 'appeals', { reviewId: row.reviewId, reason: 'There is a ball in it' })
  return { ...f, post, get, row, days, whole, file, annotating }
}

test('upheld against a return: accepted as its author had it, and the return counts no more', async () => {
  const { people, post, get, row, days, whole, file, annotating } = await judged('returned')
  expect(row.verdict).toMatchObject({ verdict: 'returned', note: 'It is health' })
  const filed = await file()
  expect([filed.status, filed.json.state]).toEqual([200, 'open'])
  expect(filed.json.assignmentId).toBe(row.assignmentId)
  const told = await h.call(people.lea, 'GET', '/notifications')
  expect(told.json.rows[0]).toMatchObject({ kind: 'appeal-made' })
  expect((await get(people.lea, 'appeals?which=to-decide')).json.rows).toHaveLength(1)
  const seen = await get(people.lea, `appeals/${filed.json.appealId}`)
  expect(seen.json).toMatchObject({ mine: { topic: 'sports' }, mayDecide: true, by: 'ana' })
  expect(seen.json.assignmentId).toBeUndefined()
  const decided = await post(people.lea, `appeals/${filed.json.appealId}/decide`, {
    decision: 'upheld',
    note: 'There is indeed',
  })
  expect(decided.json).toMatchObject({ state: 'upheld', decidedBy: 'lea' })
  expect(await days()).toEqual({ accepted: 1, returned: 0, fixed: 0 })
  const items = await get(people.lea, 'items')
  expect(items.json.rows[0]).toMatchObject({ state: 'accepted' })
  expect((await post(people.ana, 'claim')).json.rows).toEqual([])
  expect(
    (await post(people.ana, `${annotating}/submit`, { answers: { topic: 'health' }, activeMs: 0 }))
      .status,
  ).toBe(409)
  for (const by of [people.ana, people.ravi])
    expect((await h.call(by, 'GET', '/notifications')).json.rows[0]).toMatchObject({
      kind: 'appeal-upheld',
    })
  await whole()
})

test('upheld against a fix: the author’s answers are back as a revision of their own', async () => {
  const { people, post, get, days, whole, file } = await judged('fixed')
  expect(await days()).toEqual({ accepted: 1, returned: 0, fixed: 1 })
  const { appealId } = (await file()).json
  const seen = await get(people.lea, `appeals/${appealId}`)
  expect(seen.json).toMatchObject({ mine: { topic: 'sports' }, theirs: { topic: 'health' } })
  await post(people.lea, `appeals/${appealId}/decide`, { decision: 'upheld', note: 'Yes' })
  expect(await days()).toEqual({ accepted: 1, returned: 0, fixed: 0 })
  const [item] = (await get(people.lea, 'items')).json.rows
  const { annotations, history } = (await get(people.lea, `items/${item.itemId}`)).json
  expect(annotations[0].revisions.at(-1)).toMatchObject({
    revision: 3,
    answers: { topic: 'sports' },
  })
  expect(history.map((e: { kind: string }) => e.kind)).toEqual(
    expect.arrayContaining(['appealed', 'appeal-upheld']),
  )
  await whole()
})

test('dismissed it changes nothing, and is over', async () => {
  const { people, post, days, whole, file } = await judged('returned')
  const { appealId } = (await file()).json
  const body = { decision: 'dismissed', note: 'No ball' }
  expect((await post(people.lea, `appeals/${appealId}/decide`, body)).status).toBe(200)
  expect(await days()).toEqual({ accepted: 0, returned: 1, fixed: 0 })
  const again = await post(people.lea, `appeals/${appealId}/decide`, body)
  expect([again.status, again.json.code]).toEqual([409, 'appeal/closed'])
  expect((await file()).json.code).toBe('appeal/closed')
  await whole()
})

test('nobody decides on their own verdict while somebody else can, nor on their own appeal', async () => {
  const { people, post, file, get } = await judged('returned')
  const { appealId } = (await file()).json
  const body = { decision: 'dismissed', note: 'I was right' }
  const own = await post(people.ravi, `appeals/${appealId}/decide`, body)
  expect([own.status, own.json.code]).toEqual([403, 'appeal/own-work'])
  expect((await post(people.ana, `appeals/${appealId}/decide`, body)).status).toBe(403)
  expect((await get(people.ravi, 'appeals?which=to-decide')).json.rows).toEqual([])
  const back = await post(people.ana, `appeals/${appealId}/withdraw`)
  expect(back.json.state).toBe('withdrawn')
  expect((await file()).status).toBe(200)
})

test('of two decisions at once one counts', async () => {
  const { people, post, file, owner, days, whole } = await judged('returned')
  const { appealId } = (await file()).json
  const answers = await Promise.all([
    post(people.lea, `appeals/${appealId}/decide`, { decision: 'upheld', note: 'Yes' }),
    post(owner, `appeals/${appealId}/decide`, { decision: 'upheld', note: 'Yes' }),
  ])
  expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
  expect(await days()).toEqual({ accepted: 1, returned: 0, fixed: 0 })
  await whole()
})

test('an appeal after the work was done again corrects the count and nothing else', async () => {
  const { people, post, file, days, annotating, whole } = await judged('returned')
  await post(people.ana, 'claim')
  await post(people.ana, `${annotating}/submit`, { answers: { topic: 'health' }, activeMs: 0 })
  const { appealId } = (await file()).json
  await post(people.lea, `appeals/${appealId}/decide`, { decision: 'upheld', note: 'Yes' })
  expect(await days()).toEqual({ accepted: 1, returned: 0, fixed: 0 })
  const [reviewing] = (await post(people.ravi, 'claim', { stage: 'review' })).json.rows
  expect(reviewing.answers).toEqual({ topic: 'health' })
  await whole()
})
