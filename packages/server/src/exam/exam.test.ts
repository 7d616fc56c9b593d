/** Exams over real HTTP: set, sat, decided; certificates granted, refused, expired, taken back. */
import { decodeId, encodeId, fewestItems } from '@kasauti/core'
import { type Person, seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house } from '../fixtures/index.ts'
import { holdsSkills, tellExpiring } from '../skill/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

let made = 0
const rule = { p0: 0.6, p1: 0.9, alpha: 0.05, beta: 0.05, maxItems: 30 }

async function withExam(o: { golds: number; validDays?: number; retryDays?: number }) {
  const world = await furnish(h, {
    people: { ana: ['associate'], ben: ['associate'], lea: ['lead'] },
    items: o.golds,
  })
  const { path, people, projectId } = world
  const { rows } = await sql<{ item_id: string }>`
    select i.item_id from items i where i.project_id = ${projectId} order by i.ordinal`.execute(
    h.app.db,
  )
  const golds: string[] = []
  for (const row of rows) {
    const gold = await h.call(people.lea, 'POST', `${path}/gold`, {
      itemId: encodeId('itm', row.item_id),
      use: 'exam',
      answers: { topic: 'sports' },
      explanation: { en: 'So it is.' },
    })
    golds.push(gold.json.goldId)
  }
  const name = `topics-${++made}`
  const skill = await h.call(people.lea, 'POST', '/skills', { name, title: { en: 'Topics' } })
  expect(skill.status).toBe(200)
  const exam = await h.call(people.lea, 'POST', `${path}/exams`, {
    ...rule,
    skillId: skill.json.skillId,
    title: 'Topics, entry',
    retryDays: o.retryDays ?? 7,
    ...(o.validDays === undefined ? {} : { validDays: o.validDays }),
  })
  expect(exam.status).toBe(200)
  const start = (by: Person) => h.call(by, 'POST', `${path}/exams/${exam.json.examId}/start`)
  /** Answer until there is no further question. @returns how many were answered */
  const sit = async (by: Person, sittingId: string, topic: string): Promise<number> => {
    for (let n = 0; ; n++) {
      const body = { purpose: 'exam', sittingId }
      const [work] = (await h.call(by, 'POST', `${path}/claim`, body)).json.rows
      if (!work) return n
      const answers = { topic }
      const at = `${path}/assignments/${work.assignmentId}/submit`
      const sent = await h.call(by, 'POST', at, { answers, activeMs: 10 })
      expect([sent.status, sent.json.feedback]).toEqual([200, undefined])
    }
  }
  const sitting = async (by: Person, id: string) =>
    (await h.call(by, 'GET', `${path}/sittings/${id}`)).json
  const skillId = decodeId('skl', skill.json.skillId) ?? ''
  return { ...world, golds, skill: skill.json, skillId, exam: exam.json, start, sit, sitting }
}

test('all right: passed after the fewest questions, with a certificate that ends', async () => {
  const w = await withExam({ golds: 12, validDays: 30 })
  const { ana, lea } = w.people
  const begun = (await w.start(ana)).json
  expect(begun).toMatchObject({ state: 'running', answered: 0 })
  expect(begun.correct).toBeUndefined()
  expect((await w.start(ana)).json.sittingId).toBe(begun.sittingId)
  expect(await w.sit(ana, begun.sittingId, 'sports')).toBe(fewestItems(rule))
  const over = await w.sitting(ana, begun.sittingId)
  expect(over).toMatchObject({ state: 'passed', correct: fewestItems(rule) })
  const days = (Date.parse(over.expiresAt) - h.clock.now().getTime()) / 86_400_000
  expect(days).toBeGreaterThan(29.9)
  const need = () => ({ skillIds: [w.skillId], now: h.clock.now() })
  expect(await holdsSkills(h.app.db, ana.userId, need())).toBe(true)
  expect(await holdsSkills(h.app.db, w.people.ben.userId, need())).toBe(false)
  expect((await h.call(ana, 'GET', '/my-skills')).json.exams).toMatchObject([{ state: 'held' }])
  expect((await h.call(ana, 'GET', '/notifications')).json.rows[0].kind).toBe('certificate-granted')
  const sittings = (await h.call(lea, 'GET', `${w.path}/exams/${w.exam.examId}/sittings`)).json.rows
  expect(sittings).toMatchObject([{ name: 'ana', wrong: 0, state: 'passed' }])
  h.clock.advance(20 * 86_400_000)
  expect(await tellExpiring(h.app)).toBeGreaterThanOrEqual(1)
  expect(await tellExpiring(h.app)).toBe(0)
  h.clock.advance(11 * 86_400_000)
  expect(await holdsSkills(h.app.db, ana.userId, need())).toBe(false)
})

test('all wrong: refused, and a wait before the next try', async () => {
  const w = await withExam({ golds: 14, retryDays: 7 })
  const { ana } = w.people
  const { sittingId } = (await w.start(ana)).json
  const asked = await w.sit(ana, sittingId, 'health')
  expect(asked).toBeLessThan(fewestItems(rule))
  const over = await w.sitting(ana, sittingId)
  expect(over).toMatchObject({ state: 'failed', correct: 0 })
  const soon = await w.start(ana)
  expect([soon.status, soon.json.code]).toEqual([409, 'exam/too-soon'])
  expect((await h.call(ana, 'GET', '/my-skills')).json.exams[0].state).toBe('wait')
  await sql`update exam_sittings set finished_at = finished_at - interval '7 days'
    where project_id = ${w.projectId}`.execute(h.app.db)
  const few = await w.start(ana)
  expect([few.status, few.json.sittingId !== sittingId]).toEqual([200, true])
})

test('too few questions: it does not begin', async () => {
  const w = await withExam({ golds: fewestItems(rule) - 1 })
  expect((await w.start(w.people.ana)).json.code).toBe('exam/too-few-items')
})

test('a question passed over is one not known', async () => {
  const w = await withExam({ golds: 12 })
  const { ana } = w.people
  const { sittingId } = (await w.start(ana)).json
  const body = { purpose: 'exam', sittingId }
  for (let n = 0; n < 12; n++) {
    const [work] = (await h.call(ana, 'POST', `${w.path}/claim`, body)).json.rows
    if (!work) break
    const at = `${w.path}/assignments/${work.assignmentId}/skip`
    expect((await h.call(ana, 'POST', at, { reason: 'unclear', activeMs: 1 })).status).toBe(200)
  }
  expect(await w.sitting(ana, sittingId)).toMatchObject({ state: 'failed', correct: 0 })
})

test('a gold of an exam that was wrong: who was refused by it gets the certificate', async () => {
  const w = await withExam({ golds: 12 })
  const { ana, lea } = w.people
  const { sittingId } = (await w.start(ana)).json
  await w.sit(ana, sittingId, 'health')
  expect(await w.sitting(ana, sittingId)).toMatchObject({ state: 'failed' })
  for (const goldId of w.golds)
    await h.call(lea, 'PATCH', `${w.path}/gold/${goldId}`, {
      basedOn: 1,
      also: [{ topic: 'health' }],
      reason: 'Health too',
    })
  expect(await w.sitting(ana, sittingId)).toMatchObject({ state: 'passed' })
})

test('a lead grants and takes back; of strangers nobody knows', async () => {
  const w = await withExam({ golds: 1 })
  const { ben, lea } = w.people
  const stranger = await seedPerson(h.app, { name: 'stranger' })
  const grant = (userId: string) =>
    h.call(lea, 'POST', `/skills/${w.skill.skillId}/certificates`, {
      userId: encodeId('usr', userId),
      note: 'Seen at work',
    })
  expect((await grant(stranger.userId)).status).toBe(404)
  const given = (await grant(ben.userId)).json
  expect(given).toMatchObject({ source: 'lead', state: 'valid', name: 'ben' })
  const people = (await h.call(lea, 'GET', `/skills/${w.skill.skillId}/people`)).json.rows
  expect(people.map((p: { name: string }) => p.name).sort()).toEqual(['ana', 'ben', 'lea'])
  const path = `/certificates/${given.certificateId}/revoke`
  expect((await h.call(lea, 'POST', path, { reason: ' ' })).status).toBe(400)
  const taken = (await h.call(lea, 'POST', path, { reason: 'Rules changed' })).json
  expect(taken).toMatchObject({ state: 'revoked', note: 'Rules changed' })
  const need = { skillIds: [w.skillId], now: h.clock.now() }
  expect(await holdsSkills(h.app.db, ben.userId, need)).toBe(false)
})
