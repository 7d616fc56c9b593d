import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { sweepLeases } from '../work/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const topic = (value: string) => ({ answers: { topic: value }, activeMs: 0 })
const halfAnHour = 1_801_000

/** Ana's annotation in Ravi's hands until his lease ran out. */
async function overdue() {
  const f = await furnish(h, { people: { ana: ['associate'], ravi: ['reviewer'] }, items: 1 })
  const [work] = (await h.call(f.people.ana, 'POST', `${f.path}/claim`)).json.rows
  const annotating = `${f.path}/assignments/${work.assignmentId}`
  await h.call(f.people.ana, 'POST', `${annotating}/submit`, topic('sports'))
  const claim = await h.call(f.people.ravi, 'POST', `${f.path}/claim`, { stage: 'review' })
  const reviewing = `${f.path}/assignments/${claim.json.rows[0].assignmentId}`
  h.clock.advance(halfAnHour)
  await sweepLeases(h.app, f.projectId)
  const judge = (verdict: string, more = {}) =>
    h.call(f.people.ravi, 'POST', `${reviewing}/review`, { verdict, activeMs: 0, ...more })
  return { ...f, annotating, judge }
}

test('a review after its time counts while nothing else happened', async () => {
  const { judge, projectId } = await overdue()
  expect((await judge('accepted')).status).toBe(200)
  expect(await recount(h.app, projectId)).toEqual([])
})

test('nobody accepts or overwrites answers they have not seen', async () => {
  const { judge, people, annotating, path, projectId } = await overdue()
  await h.call(people.ana, 'POST', `${annotating}/reopen`)
  await h.call(people.ana, 'POST', `${annotating}/submit`, topic('health'))
  for (const late of [await judge('accepted'), await judge('fixed', topic('politics'))])
    expect([late.status, late.json.code]).toEqual([409, 'assignment/expired'])
  const again = await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })
  expect(again.json.rows[0].answers).toEqual({ topic: 'health' })
  expect(await recount(h.app, projectId)).toEqual([])
})

test('work on an item that was taken out awaits nobody', async () => {
  const { path, people, owner } = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'] },
    items: 2,
  })
  const itemIds: string[] = []
  for (let n = 0; n < 2; n++) {
    const [work] = (await h.call(people.ana, 'POST', `${path}/claim`)).json.rows
    itemIds.push(work.itemId)
    const at = `${path}/assignments/${work.assignmentId}`
    await h.call(people.ana, 'POST', `${at}/submit`, topic('sports'))
  }
  const [held] = (await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })).json.rows
  await h.call(people.ravi, 'POST', `${path}/assignments/${held.assignmentId}/review`, {
    verdict: 'returned',
    note: 'Look again',
    activeMs: 0,
  })
  const waiting = async (who: (typeof people)['ana']) =>
    (await h.call(who, 'GET', '/today')).json.projects[0]
  expect(await waiting(people.ana)).toMatchObject({ returned: 1 })
  expect(await waiting(people.ravi)).toMatchObject({ toReview: 1 })
  for (const itemId of itemIds) await h.call(owner, 'DELETE', `${path}/items/${itemId}`)
  expect(await waiting(people.ana)).toMatchObject({ returned: 0 })
  expect(await waiting(people.ravi)).toMatchObject({ toReview: 0 })
  expect((await h.call(people.ana, 'GET', '/today')).json.next).toBeUndefined()
})
