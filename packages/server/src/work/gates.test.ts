import { decodeId, encodeId, idPrefixes, simpleWorkflow } from '@kasauti/core'
import { seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const answers = { answers: { topic: 'health' }, activeMs: 0 }
const day = 86_400_000

test('what needs a skill waits for it, is handed out to who has it, and waits again once it ran out', async () => {
  const admin = await seedPerson(h.app, { name: 'Admin', admin: true })
  const title = { en: 'Medical reading', hi: 'चिकित्सा पठन' }
  const made = await h.call(admin, 'POST', '/skills', { name: 'medical', title })
  expect(made.status).toBe(200)
  const skill = decodeId(idPrefixes.skill, made.json.skillId) ?? ''
  const { stages } = simpleWorkflow({ overlap: 1, review: 'none' })
  const f = await furnish(h, {
    people: { ana: ['associate'], bo: ['associate'] },
    items: 3,
    workflow: {
      stages: stages.map((stage) =>
        stage.kind === 'annotate' ? { ...stage, who: { ...stage.who, skills: [skill] } } : stage,
      ),
    },
  })
  const { ana, bo } = f.people
  const next = async (by = ana) => (await h.call(by, 'POST', '/claim', {})).json
  const waits = [
    { code: 'skill-needed', stage: 'annotate', skills: [{ skillId: made.json.skillId, title }] },
  ]
  expect(await next()).toMatchObject({ rows: [], waits })
  const { json: waiting } = await h.call(ana, 'GET', '/queue')
  expect(waiting.rows).toMatchObject([{ count: 3, gate: { code: 'skill-needed' } }])
  const { json: idle } = await h.call(ana, 'GET', '/today')
  expect(idle.next).toBeUndefined()
  expect(idle.projects[0]).toMatchObject({ toAnnotate: 0 })

  const granted = await h.call(admin, 'POST', `/skills/${made.json.skillId}/certificates`, {
    userId: encodeId(idPrefixes.user, ana.userId),
    validDays: 30,
  })
  expect(granted.status).toBe(200)
  const { rows } = await next()
  expect(rows).toHaveLength(1)
  const at = `${f.path}/assignments/${rows[0].assignmentId}`
  expect((await h.call(ana, 'POST', `${at}/submit`, answers)).status).toBe(200)
  expect(await next(bo)).toMatchObject({ rows: [], waits })

  await sql`update certificates set expires_at = ${new Date(h.app.now().getTime() - day)}
    where user_id = ${ana.userId}`.execute(h.app.db)
  expect(await next()).toMatchObject({ rows: [], waits })
  expect(await recount(h.app, f.projectId)).toEqual([])
})

test('an account that is closed holds nothing any more, and others get it at once', async () => {
  const f = await furnish(h, { people: { ana: ['associate'], bo: ['associate'] }, items: 3 })
  const { ana, bo } = f.people
  const held = (await h.call(ana, 'POST', `${f.path}/claim`, { count: 3 })).json.rows
  expect(held).toHaveLength(3)
  expect((await h.call(bo, 'POST', `${f.path}/claim`, {})).json.rows).toEqual([])
  const user = encodeId(idPrefixes.user, ana.userId)
  const closed = await h.call(f.owner, 'PATCH', `/users/${user}`, { disabled: true })
  expect(closed.status).toBe(200)
  const got = (await h.call(bo, 'POST', `${f.path}/claim`, { count: 3 })).json.rows
  expect(got.map((w: { itemId: string }) => w.itemId).sort()).toEqual(
    held.map((w: { itemId: string }) => w.itemId).sort(),
  )
  expect(await recount(h.app, f.projectId)).toEqual([])
})

test('Today tells what the queue hands out first, and counts nothing that is paused', async () => {
  const one = await furnish(h, { people: { ana: ['associate'] }, items: 4 })
  h.clock.advance(1000)
  const two = await furnish(h, { people: {}, items: 3 })
  const { ana } = one.people
  const { db } = h.app
  await sql`insert into members (project_id, user_id, roles, added_at)
    values (${two.projectId}, ${ana.userId}, '{associate}', ${h.app.now()})`.execute(db)
  const batchId = h.app.newId()
  await sql`insert into batches (project_id, batch_id, name, state, due_at, created_by, created_at)
    values (${two.projectId}, ${batchId}, 'soon', 'open', ${new Date(h.app.now().getTime() + day)},
      ${two.owner.userId}, ${h.app.now()})`.execute(db)
  await sql`update items set batch_id = ${batchId} where project_id = ${two.projectId} and ordinal = 3`.execute(
    db,
  )
  const look = async () => {
    const { json } = await h.call(ana, 'GET', '/today')
    const of = (f: { projectId: string }) =>
      json.projects.find((p: { projectId: string }) => p.projectId === encodeId('prj', f.projectId))
        ?.toAnnotate
    return { next: json.next?.projectId, one: of(one), two: of(two) }
  }
  const [first, second] = [encodeId('prj', one.projectId), encodeId('prj', two.projectId)]
  expect(await look()).toEqual({ next: second, one: 4, two: 3 })
  const handed = async () => (await h.call(ana, 'POST', '/claim', {})).json.rows[0]
  const work = await handed()
  expect(work.projectId).toBe(second)
  await h.call(ana, 'POST', `${two.path}/assignments/${work.assignmentId}/submit`, answers)
  expect(await look()).toEqual({ next: first, one: 4, two: 2 })
  await sql`update batches set state = 'paused' where project_id = ${one.projectId}`.execute(db)
  expect(await look()).toEqual({ next: second, one: 0, two: 2 })
  await sql`update members set paused_at = now() where project_id = ${two.projectId}`.execute(db)
  expect(await look()).toEqual({ next: undefined, one: 0, two: 0 })
  expect(await handed()).toBeUndefined()
})

test('what waits only for a second reviewer does not await the first', async () => {
  const { stages } = simpleWorkflow({ overlap: 1, review: 'all' })
  const f = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'], rita: ['reviewer'] },
    items: 2,
    workflow: {
      stages: stages.map((stage) => (stage.kind === 'review' ? { ...stage, overlap: 2 } : stage)),
    },
  })
  const { ana, ravi, rita } = f.people
  for (const work of (await h.call(ana, 'POST', `${f.path}/claim`, { count: 2 })).json.rows)
    await h.call(ana, 'POST', `${f.path}/assignments/${work.assignmentId}/submit`, answers)
  const toReview = async (by: typeof ana) =>
    (await h.call(by, 'GET', '/today')).json.projects[0].toReview
  expect([await toReview(ravi), await toReview(rita), await toReview(ana)]).toEqual([2, 2, 0])
  const [work] = (await h.call(ravi, 'POST', `${f.path}/claim`, { stage: 'review' })).json.rows
  const verdict = { verdict: 'accepted', activeMs: 0 }
  await h.call(ravi, 'POST', `${f.path}/assignments/${work.assignmentId}/review`, verdict)
  expect([await toReview(ravi), await toReview(rita)]).toEqual([1, 2])
})

test('a free place nobody would come to again is noticed by the recount', async () => {
  const f = await furnish(h, { people: { ana: ['associate'] }, items: 2 })
  const [work] = (await h.call(f.people.ana, 'POST', `${f.path}/claim`, {})).json.rows
  await h.call(f.people.ana, 'POST', `${f.path}/assignments/${work.assignmentId}/release`, {})
  expect(await recount(h.app, f.projectId)).toEqual([])
  await sql`update items set freed_at = null where project_id = ${f.projectId}`.execute(h.app.db)
  expect(await recount(h.app, f.projectId)).toEqual(['unreachable_places: 1'])
})
