import { encodeId } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const usr = (person: Person) => encodeId('usr', person.userId)
const topic = (value: string) => ({ answers: { topic: value }, activeMs: 0 })
const crew = {
  ana: ['associate'],
  bo: ['associate'],
  ravi: ['reviewer'],
  lea: ['lead'],
} as const
const claimed = async (by: Person, path: string, body: unknown = {}) =>
  (await h.call(by, 'POST', `${path}/claim`, body)).json.rows

async function returnedTo(by: Person, o: { path: string; ravi: Person }) {
  const [work] = await claimed(by, o.path)
  await h.call(by, 'POST', `${o.path}/assignments/${work.assignmentId}/submit`, topic('sports'))
  const [review] = await claimed(o.ravi, o.path, { stage: 'review' })
  const marks = [{ field: 'topic', note: 'read the second sentence', severity: 'major' }]
  const judged = await h.call(
    o.ravi,
    'POST',
    `${o.path}/assignments/${review.assignmentId}/review`,
    {
      verdict: 'returned',
      note: 'Not sports',
      marks,
      activeMs: 0,
    },
  )
  expect(judged.status).toBe(200)
  return work
}

test('a lead assigns items to a person: they come before new ones, and stay out of other hands', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 4 })
  const { ana, bo, lea } = people
  const items = (await h.call(lea, 'GET', `${path}/items`)).json.rows
  const given = await h.call(lea, 'POST', `${path}/assign`, {
    userId: usr(ana),
    itemIds: [items[2].itemId, items[3].itemId],
    reason: 'knows the dialect',
  })
  expect(given.json).toEqual({ assigned: 2, left: [] })
  expect(await recount(h.app, projectId)).toEqual([])
  const again = await h.call(lea, 'POST', `${path}/assign`, {
    userId: usr(bo),
    itemIds: [items[2].itemId],
  })
  expect(again.json).toMatchObject({ assigned: 0, left: [{ key: 'row-0003', why: 'no-place' }] })
  const listed = await h.call(lea, 'GET', `${path}/held?state=assigned`)
  expect(listed.json.rows).toMatchObject([
    { name: 'ana', state: 'assigned', assignedBy: 'lea', present: true },
    { name: 'ana', state: 'assigned' },
  ])
  expect((await h.call(ana, 'GET', '/queue')).json.rows[0]).toMatchObject({
    kind: 'assigned',
    count: 2,
  })
  expect((await claimed(bo, path, { count: 5 })).map((w: { key: string }) => w.key)).toEqual([
    'row-0001',
    'row-0002',
  ])
  // No lease runs out while it waits.
  h.clock.advance(3_000_000)
  const mine = await claimed(ana, path, { count: 2 })
  expect(mine.map((w: { key: string }) => w.key).sort()).toEqual(['row-0003', 'row-0004'])
  const item = await h.call(lea, 'GET', `${path}/items/${items[2].itemId}`)
  expect(item.json.history).toContainEqual(
    expect.objectContaining({ kind: 'assigned', by: 'lea', note: 'ana: knows the dialect' }),
  )
  const told = await h.call(ana, 'GET', '/notifications')
  expect(told.json.rows[0]).toMatchObject({ kind: 'work-assigned', params: { count: '2' } })
  expect(await recount(h.app, projectId)).toEqual([])
})

test('a filter assigns the first that fit; who cannot annotate is given nothing', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 5 })
  const { bo, ravi, lea } = people
  const given = await h.call(lea, 'POST', `${path}/assign`, {
    userId: usr(bo),
    filter: { state: ['open'] },
    count: 3,
  })
  expect(given.json.assigned).toBe(3)
  // The next in line, not those that are taken.
  const next = { userId: usr(lea), filter: { state: ['open'] }, count: 1 }
  expect((await h.call(lea, 'POST', `${path}/assign`, next)).json).toEqual({
    assigned: 1,
    left: [],
  })
  const refused = await h.call(lea, 'POST', `${path}/assign`, {
    userId: usr(ravi),
    filter: { state: ['open'] },
  })
  expect([refused.status, refused.json.code]).toEqual([404, 'member/not-found'])
  expect((await h.call(lea, 'POST', `${path}/assign`, { userId: usr(bo) })).status).toBe(400)
  expect((await h.call(bo, 'POST', `${path}/assign`, { userId: usr(bo) })).status).toBe(403)
  expect(await recount(h.app, projectId)).toEqual([])
})

test('keys name items too; one nobody has is told', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 3 })
  const { bo, lea } = people
  const keys = ['row-0002', 'row-0002', 'row-0003', 'पंक्ति 9']
  const given = await h.call(lea, 'POST', `${path}/assign`, { userId: usr(bo), keys })
  expect(given.json).toEqual({ assigned: 2, left: [], missing: ['पंक्ति 9'] })
  const none = await h.call(lea, 'POST', `${path}/assign`, { userId: usr(bo), keys: ['none'] })
  expect(none.json).toEqual({ assigned: 0, left: [], missing: ['none'] })
  expect((await claimed(bo, path, { count: 2 })).map((w: { key: string }) => w.key).sort()).toEqual(
    ['row-0002', 'row-0003'],
  )
  expect(await recount(h.app, projectId)).toEqual([])
})

test('returned work of one person becomes another’s, who starts from the answers and the marks', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 1 })
  const { ana, bo, ravi, lea } = people
  const work = await returnedTo(ana, { path, ravi })
  const given = await h.call(lea, 'POST', `${path}/reassign`, {
    assignmentIds: [work.assignmentId],
    userId: usr(bo),
    reason: 'on leave',
  })
  expect(given.json).toEqual({ assigned: 1, left: [] })
  expect(await recount(h.app, projectId)).toEqual([])
  expect(await claimed(ana, path)).toEqual([])
  const [next] = await claimed(bo, path)
  expect(next).toMatchObject({
    itemId: work.itemId,
    answers: { topic: 'sports' },
    returned: { note: 'Not sports', marks: [{ note: 'read the second sentence' }] },
  })
  const done = await h.call(
    bo,
    'POST',
    `${path}/assignments/${next.assignmentId}/submit`,
    topic('health'),
  )
  expect(done.json.revision).toBe(1)
  const item = await h.call(lea, 'GET', `${path}/items/${work.itemId}`)
  expect(
    item.json.annotations.map((a: { author: string; state: string }) => [a.author, a.state]),
  ).toEqual([
    ['ana', 'withdrawn'],
    ['bo', 'submitted'],
  ])
  expect(item.json.history.map((e: { kind: string }) => e.kind)).toContain('reassigned')
  const found = await h.call(
    lea,
    'GET',
    `${path}/items?filter=${encodeURIComponent(JSON.stringify({ answers: [{ field: 'topic', value: 'sports' }] }))}`,
  )
  expect(found.json.rows).toEqual([])
  expect(await recount(h.app, projectId)).toEqual([])
})

test('leases and reviews are reassigned too, nobody gets what they had or did themselves', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ...crew, rita: ['reviewer'], both: ['associate', 'reviewer'] },
    items: 2,
  })
  const { ana, bo, both, ravi, rita, lea } = people
  const [first] = await claimed(ana, path)
  const give = (assignmentId: string, to: Person) =>
    h.call(lea, 'POST', `${path}/reassign`, { assignmentIds: [assignmentId], userId: usr(to) })
  expect((await give(first.assignmentId, bo)).json.assigned).toBe(1)
  const late = await h.call(
    ana,
    'POST',
    `${path}/assignments/${first.assignmentId}/submit`,
    topic('sports'),
  )
  expect([late.status, late.json.code]).toEqual([409, 'assignment/expired'])
  const [second] = await claimed(both, path)
  await h.call(both, 'POST', `${path}/assignments/${second.assignmentId}/submit`, topic('sports'))
  const [review] = await claimed(ravi, path, { stage: 'review' })
  expect((await give(review.assignmentId, both)).json.left).toMatchObject([{ why: 'own-work' }])
  expect((await give(review.assignmentId, rita)).json.assigned).toBe(1)
  const [hers] = await claimed(rita, path, { stage: 'review' })
  const judged = await h.call(rita, 'POST', `${path}/assignments/${hers.assignmentId}/review`, {
    verdict: 'accepted',
    activeMs: 0,
  })
  expect(judged.status).toBe(200)
  expect(await recount(h.app, projectId)).toEqual([])
})

test('who leaves holds nothing any longer; what was returned to them is listed for others', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 3 })
  const { ana, bo, ravi, lea } = people
  const work = await returnedTo(ana, { path, ravi })
  // Returned work stays unread; a new item is on the screen.
  await h.call(lea, 'POST', `${path}/assign`, {
    userId: usr(ana),
    filter: { state: ['open'] },
    count: 1,
  })
  expect((await h.call(lea, 'DELETE', `${path}/members/${usr(ana)}`)).status).toBe(200)
  expect(await recount(h.app, projectId)).toEqual([])
  const left = await h.call(lea, 'GET', `${path}/held?left=true`)
  expect(left.json.rows).toMatchObject([
    { assignmentId: work.assignmentId, state: 'returned', present: false },
  ])
  expect((await claimed(bo, path, { count: 5 })).map((w: { key: string }) => w.key).sort()).toEqual(
    ['row-0002', 'row-0003'],
  )
  await h.call(lea, 'POST', `${path}/reassign`, {
    assignmentIds: [work.assignmentId],
    userId: usr(bo),
  })
  expect((await claimed(bo, path, { count: 5 })).length).toBe(3)
  expect(await recount(h.app, projectId)).toEqual([])
})

test('a paused person and a paused project are handed nothing, and are told why', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 3 })
  const { ana, lea } = people
  const [work] = await claimed(ana, path)
  const paused = await h.call(lea, 'POST', `${path}/members/${usr(ana)}/pause`, {
    reason: 'training first',
    leases: 'keep',
  })
  expect(paused.json.paused.reason).toBe('training first')
  expect((await h.call(ana, 'POST', '/claim', {})).json).toMatchObject({
    rows: [],
    waits: [{ code: 'member-paused', reason: 'training first' }],
  })
  // What is on the screen may be finished.
  const done = await h.call(
    ana,
    'POST',
    `${path}/assignments/${work.assignmentId}/submit`,
    topic('health'),
  )
  expect(done.status).toBe(200)
  await h.call(lea, 'POST', `${path}/members/${usr(ana)}/resume`)
  expect(await claimed(ana, path)).toHaveLength(1)
  await h.call(lea, 'POST', `${path}/pause`, { reason: 'the guidelines change' })
  expect((await h.call(ana, 'POST', '/claim', {})).json).toMatchObject({
    rows: [],
    waits: [{ code: 'project-paused', reason: 'the guidelines change' }],
  })
  await h.call(lea, 'POST', `${path}/resume`)
  expect(await claimed(ana, path)).toHaveLength(1)
  await h.call(lea, 'POST', `${path}/members/${usr(ana)}/pause`, { leases: 'release' })
  expect((await h.call(lea, 'GET', `${path}/held`)).json.rows).toEqual([])
  expect(await recount(h.app, projectId)).toEqual([])
})

test('a lead takes back what somebody holds: the next person gets it first', async () => {
  const { path, people, projectId } = await furnish(h, { people: crew, items: 3 })
  const { ana, bo, lea } = people
  await claimed(bo, path, { count: 2 })
  const [work] = (await h.call(lea, 'GET', `${path}/held`)).json.rows
  const back = await h.call(lea, 'POST', `${path}/release`, {
    assignmentIds: [work.assignmentId],
    reason: 'gone home',
  })
  expect(back.json).toEqual({ released: 1, left: [] })
  expect(await claimed(ana, path)).toMatchObject([{ itemId: work.itemId }])
  expect(await recount(h.app, projectId)).toEqual([])
})
