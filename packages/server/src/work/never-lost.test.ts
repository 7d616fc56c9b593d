import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'
import { sweepLeases } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const hour = 3_600_000
async function one(o: { items?: number; review?: 'none' | 'all' } = {}) {
  const { path, people, projectId } = await furnish(h, {
    people: { ana: ['associate'], ravi: ['associate'], rita: ['reviewer'] },
    items: o.items ?? 1,
    review: o.review ?? 'none',
  })
  const claim = (by: keyof typeof people, body: object = {}) =>
    h.call(people[by], 'POST', `${path}/claim`, body)
  return { path, people, projectId, claim }
}
const draft = (why: string, basedOn: number) => ({ answers: { why }, basedOn, activeMs: 0 })

test('what is taken along stays in its hands half a day, and no autosave makes that shorter', async () => {
  const { people, path, projectId, claim } = await one({ items: 20 })
  const { rows } = (await claim('ana', { count: 20, ahead: 'yes' })).json
  expect(rows).toHaveLength(20)
  const at = `${path}/assignments/${rows[0].assignmentId}`
  await h.call(people.ana, 'PUT', `${at}/draft`, draft('x', 0))
  await h.call(people.ana, 'POST', `${at}/heartbeat`, { activeMs: 0 })
  h.clock.advance(11 * hour)
  expect(await sweepLeases(h.app, projectId)).toBe(0)
  expect((await claim('ravi')).json.rows).toEqual([])
  h.clock.advance(2 * hour)
  expect(await sweepLeases(h.app, projectId)).toBe(20)
})

test('answers are refused where another page went further with the draft, and taken once they know of it', async () => {
  const { people, path, claim } = await one()
  const [row] = (await claim('ana')).json.rows
  const at = `${path}/assignments/${row.assignmentId}`
  await h.call(people.ana, 'PUT', `${at}/draft`, draft('elsewhere', 0))
  const submit = (basedOn: number | undefined) =>
    h.call(people.ana, 'POST', `${at}/submit`, {
      answers: { topic: 'sports' },
      basedOn,
      activeMs: 0,
    })
  expect((await submit(0)).json).toMatchObject({ code: 'assignment/stale-draft', draftVersion: 1 })
  expect((await h.call(people.ana, 'GET', at)).json.answers).toEqual({ why: 'elsewhere' })
  expect((await submit(1)).status).toBe(200)
})

test('a late draft does not overwrite one that went further before the lease ran out', async () => {
  const { people, path, projectId, claim } = await one()
  const [row] = (await claim('ana')).json.rows
  const at = `${path}/assignments/${row.assignmentId}`
  await h.call(people.ana, 'PUT', `${at}/draft`, draft('newer', 0))
  h.clock.advance(hour)
  await sweepLeases(h.app, projectId)
  const late = await h.call(people.ana, 'PUT', `${at}/draft`, draft('older', 0))
  expect(late.json.code).toBe('assignment/stale-draft')
  expect((await h.call(people.ana, 'GET', at)).json.answers).toEqual({ why: 'newer' })
  await claim('ravi')
  const lost = await h.call(people.ana, 'POST', `${at}/submit`, {
    answers: { topic: 'sports' },
    basedOn: 0,
    activeMs: 0,
  })
  expect(lost.json.code).toBe('assignment/expired')
  expect((await h.call(people.ana, 'GET', at)).json.answers).toEqual({ why: 'newer' })
})

test('a fix that was begun is kept beside the answers under review, and is not taken for them', async () => {
  const { people, path, claim } = await one({ review: 'all' })
  const [row] = (await claim('ana')).json.rows
  await h.call(people.ana, 'POST', `${path}/assignments/${row.assignmentId}/submit`, {
    answers: { topic: 'sports' },
    activeMs: 0,
  })
  h.clock.advance(hour)
  const [under] = (await claim('rita', { stage: 'review' })).json.rows
  const at = `${path}/assignments/${under.assignmentId}`
  expect(under.draft).toBeUndefined()
  const saved = await h.call(people.rita, 'PUT', `${at}/draft`, draft('mine', 0))
  expect(saved.json.draftVersion).toBe(1)
  expect((await h.call(people.rita, 'GET', at)).json).toMatchObject({
    answers: { topic: 'sports' },
    draft: { why: 'mine' },
  })
})
