/** Gold over real HTTP: made, hidden in the work, learned from, corrected; exams and certificates. */
import { decodeId, encodeId } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const gold = { hidden: true, least: 0.5, most: 0.5, feedback: 'daily', tolerances: {} }
const explanation = { en: 'It speaks of a match.', hi: 'यह एक मैच के बारे में है।' }

/** The items as they stand, in order. */
async function itemsOf(projectId: string) {
  const { rows } = await sql<{ item_id: string; preview: string; state: string }>`
    select i.item_id, n.preview, i.state from items i
    join item_inputs n on n.project_id = i.project_id and n.item_id = i.item_id
    where i.project_id = ${projectId} order by i.ordinal`.execute(h.app.db)
  return rows.map((row) => ({ ...row, itemId: encodeId('itm', row.item_id) }))
}

/** A project whose first `golds` items are gold of a use; the right answer is always "sports". */
async function withGold(o: {
  items: number
  golds: number
  use?: string
  on?: boolean
  overlap?: number
}) {
  const world = await furnish(h, {
    people: {
      ana: ['associate'],
      ben: ['associate'],
      lea: ['lead'],
      rev: ['reviewer'],
    },
    items: o.items,
    wanted: o.overlap ?? 1,
  })
  const { people, path } = world
  const rows = await itemsOf(world.projectId)
  const goldIds: string[] = []
  for (const item of rows.slice(0, o.golds)) {
    const made = await h.call(people.lea, 'POST', `${path}/gold`, {
      itemId: item.itemId,
      use: o.use ?? 'hidden',
      answers: { topic: 'sports' },
      explanation,
    })
    expect([made.status, made.json.problems]).toEqual([200, undefined])
    goldIds.push(made.json.goldId)
  }
  if (o.on !== false) {
    const set = await h.call(people.lea, 'PATCH', path, { settings: { gold } })
    expect(set.status).toBe(200)
  }
  const goldKeys = new Set<string>(
    rows.slice(0, o.golds).map((i: { preview: string }) => i.preview),
  )
  const claim = async (by: Person, body: unknown = {}) =>
    (await h.call(by, 'POST', `${path}/claim`, body)).json.rows ?? []
  const submit = (by: Person, assignmentId: string, topic: string) =>
    h.call(by, 'POST', `${path}/assignments/${assignmentId}/submit`, {
      answers: { topic },
      activeMs: 900,
    })
  const isGold = (work: { inputs: { text: { text: string } } }) =>
    goldKeys.has(work.inputs.text.text)
  return { ...world, goldIds, claim, submit, isGold }
}

test('an item made gold leaves the queue, and comes back when the gold is retired', async () => {
  const w = await withGold({ items: 3, golds: 1, on: false })
  const { lea } = w.people
  const [item] = await itemsOf(w.projectId)
  expect(item?.state).toBe('gold')
  const list = (await h.call(lea, 'GET', `${w.path}/gold`)).json
  expect(list.counts).toEqual({ hidden: 1, training: 0, exam: 0 })
  expect(list.rows[0]).toMatchObject({ key: 'row-0001', version: 1, doubtful: false })
  const again = await h.call(lea, 'POST', `${w.path}/gold`, {
    itemId: item?.itemId,
    answers: { topic: 'sports' },
    explanation,
  })
  expect([again.status, again.json.code]).toEqual([409, 'gold/exists'])
  expect((await h.call(lea, 'POST', `${w.path}/gold/${w.goldIds[0]}/retire`)).status).toBe(200)
  expect((await itemsOf(w.projectId))[0]?.state).toBe('open')
  const whole = (await h.call(lea, 'GET', `${w.path}/items/${item?.itemId}`)).json
  expect(whole.history.map((e: { kind: string }) => e.kind)).toEqual(
    expect.arrayContaining(['gold-made', 'gold-retired']),
  )
  expect(await recount(h.app, w.projectId)).toEqual([])
})

test('gold that would find everything right is refused, and wrong answers are', async () => {
  const w = await withGold({ items: 1, golds: 0, on: false })
  const { lea } = w.people
  const itemId = (await itemsOf(w.projectId))[0]?.itemId
  const make = (answers: unknown) =>
    h.call(lea, 'POST', `${w.path}/gold`, { itemId, answers, explanation })
  for (const answers of [{ topic: 'weather' }, {}]) {
    const refused = await make(answers)
    expect([refused.status, refused.json.code]).toEqual([422, 'answer/invalid'])
  }
  await h.call(lea, 'PATCH', w.path, { settings: { gold: { ...gold, tolerances: { topic: 0 } } } })
  const unjudged = await make({ topic: 'sports' })
  expect(unjudged.json.problems[0]).toMatchObject({ path: 'answers' })
})

test('hidden gold stands in the queue, is answered, and leaves no annotation', async () => {
  const w = await withGold({ items: 30, golds: 10 })
  const { ana, lea } = w.people
  let golds = 0
  for (let n = 0; n < 30; n++) {
    const [work] = await w.claim(ana)
    if (!work) break
    expect(work.key).toMatch(/^[0-9A-Z]{3}-[0-9A-Z]{4}$/)
    expect(Object.keys(work)).not.toContain('itemId')
    const isGold = w.isGold(work)
    golds += Number(isGold)
    const got = await w.submit(
      ana,
      work.assignmentId,
      isGold && golds % 2 === 0 ? 'health' : 'sports',
    )
    expect([got.status, Object.keys(got.json).sort()]).toEqual([
      200,
      ['annotationId', 'hash', 'revision', 'submittedAt'],
    ])
  }
  expect(golds).toBeGreaterThan(3)
  expect(await recount(h.app, w.projectId)).toEqual([])
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from annotations o join golds g on g.project_id = o.project_id and g.item_id = o.item_id
    where o.project_id = ${w.projectId}`.execute(h.app.db)
  expect(rows[0]?.n).toBe(0)
  const person = (await h.call(lea, 'GET', `${w.path}/gold-people`)).json.rows.find(
    (p: { name: string }) => p.name === 'ana',
  )
  expect(person).toMatchObject({ answered: golds, correct: Math.ceil(golds / 2) })
  expect(person.low).toBeLessThan(person.mean)
  const mine = (await h.call(ana, 'GET', `${w.path}/my-gold`)).json
  expect([mine.rows.length, mine.answered]).toEqual([0, 0])
  const due = await sql<{ since: Date }>`
    select distinct shown_from as since from gold_answers where project_id = ${w.projectId}`.execute(
    h.app.db,
  )
  const tomorrow = new Date(h.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10)
  expect(due.rows.map((row) => row.since.toISOString())).toEqual([`${tomorrow}T00:00:00.000Z`])
  await sql`update gold_answers set shown_from = ${h.clock.now()}
    where project_id = ${w.projectId}`.execute(h.app.db)
  const later = (await h.call(ana, 'GET', `${w.path}/my-gold?limit=2`)).json
  expect([later.rows.length, later.answered]).toEqual([2, golds])
  expect(later.rows[0].lines[0]).toMatchObject({ field: 'topic', right: 'Sports' })
  expect(later.rows[0].explanation).toEqual(explanation)
  const next = (await h.call(ana, 'GET', `${w.path}/my-gold?limit=2&after=${later.next}`)).json
  expect(next.rows[0].assignmentId).not.toBe(later.rows[1].assignmentId)
})

test('nobody meets the same gold twice, nor gold alone, nor gold they annotated', async () => {
  const w = await withGold({ items: 24, golds: 4 })
  const { ana } = w.people
  const met: string[] = []
  for (;;) {
    const rows = await w.claim(ana, { count: 5 })
    if (rows.length === 0) break
    expect(rows.length).toBeLessThanOrEqual(5)
    for (const work of rows) {
      if (w.isGold(work)) met.push(work.key)
      await w.submit(ana, work.assignmentId, 'sports')
    }
  }
  expect(new Set(met).size).toBe(met.length)
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from annotations where project_id = ${w.projectId}`.execute(h.app.db)
  expect(rows[0]?.n).toBe(20)
  expect(
    (await h.call(ana, 'GET', '/today')).json.projects.find(
      (p: { projectId: string }) => decodeId('prj', p.projectId) === w.projectId,
    ),
  ).toMatchObject({ toAnnotate: 0 })
})

test('a lead finds an item by the reference an associate tells', async () => {
  const w = await withGold({ items: 8, golds: 2 })
  const [work] = await w.claim(w.people.ana)
  const told = work.key.toLowerCase().replace('-', '')
  const filter = encodeURIComponent(JSON.stringify({ search: told }))
  const found = await h.call(w.people.lea, 'GET', `${w.path}/items?filter=${filter}`)
  expect(found.json.rows.map((r: { preview: string }) => r.preview)).toEqual([
    work.inputs.text.text,
  ])
})

test('leads and reviewers meet no gold and see keys', async () => {
  const w = await withGold({ items: 12, golds: 6 })
  for (let n = 0; n < 6; n++) {
    const [work] = await w.claim(w.people.lea)
    expect(work.key).toMatch(/^row-/)
    expect(w.isGold(work)).toBe(false)
    await w.submit(w.people.lea, work.assignmentId, 'sports')
  }
})

test('a corrected gold scores all answers anew, and its people are told', async () => {
  const w = await withGold({ items: 40, golds: 12 })
  const { ana, lea } = w.people
  for (;;) {
    const [work] = await w.claim(ana)
    if (!work) break
    await w.submit(ana, work.assignmentId, 'health')
  }
  const before = (await h.call(lea, 'GET', `${w.path}/gold`)).json.rows
  const answered = before.find((g: { answered: number }) => g.answered === 1)
  expect(answered.correct).toBe(0)
  const path = `${w.path}/gold/${answered.goldId}`
  const change = { also: [{ topic: 'health' }], reason: 'Both are right', basedOn: 1 }
  const fixed = await h.call(lea, 'PATCH', path, change)
  expect([fixed.status, fixed.json.changed, fixed.json.version, fixed.json.correct]).toEqual([
    200, 1, 2, 1,
  ])
  expect(fixed.json.versions.map((v: { reason: string }) => v.reason)).toEqual([
    'Both are right',
    '',
  ])
  const stale = await h.call(lea, 'PATCH', path, change)
  expect(stale.status).toBe(412)
  const people = (await h.call(lea, 'GET', `${w.path}/gold-people`)).json.rows
  expect(people.find((p: { name: string }) => p.name === 'ana').correct).toBe(1)
  const notes = (await h.call(ana, 'GET', '/notifications')).json.rows
  expect(notes[0]).toMatchObject({ kind: 'gold-corrected', params: { item: answered.reference } })
})

test('an answer changed before anybody knows counts as it stands last', async () => {
  const w = await withGold({ items: 30, golds: 10 })
  const { ana, lea } = w.people
  let work = (await w.claim(ana))[0]
  while (!w.isGold(work)) {
    await w.submit(ana, work.assignmentId, 'sports')
    work = (await w.claim(ana))[0]
  }
  const at = `${w.path}/assignments/${work.assignmentId}`
  const first = (await w.submit(ana, work.assignmentId, 'health')).json
  const recent = (await h.call(ana, 'GET', `${w.path}/assignments`)).json.rows
  expect(recent[0]).toMatchObject({
    assignmentId: work.assignmentId,
    key: work.key,
    mayReopen: true,
  })
  const reopened = await h.call(ana, 'POST', `${at}/reopen`)
  expect([reopened.status, reopened.json.answers]).toEqual([200, { topic: 'health' }])
  const second = (await w.submit(ana, work.assignmentId, 'sports')).json
  expect([second.annotationId, second.revision]).toEqual([first.annotationId, 2])
  expect(second.hash).not.toBe(first.hash)
  const people = (await h.call(lea, 'GET', `${w.path}/gold-people`)).json.rows
  expect(people.find((p: { name: string }) => p.name === 'ana')).toMatchObject({
    answered: 1,
    correct: 1,
  })
  h.clock.advance(11 * 60_000)
  expect((await h.call(ana, 'POST', `${at}/reopen`)).json.code).toBe('assignment/wrong-state')
  expect((await h.call(ana, 'GET', `${w.path}/assignments`)).json.rows[0].mayReopen).toBe(false)
  expect(await recount(h.app, w.projectId)).toEqual([])
})

test('training explains at once and can stop at any time', async () => {
  const w = await withGold({ items: 6, golds: 3, use: 'training', on: false })
  const { ana, lea } = w.people
  const [work] = await w.claim(ana, { purpose: 'training' })
  expect(w.isGold(work)).toBe(true)
  const wrong = (await w.submit(ana, work.assignmentId, 'health')).json
  expect(wrong.feedback).toEqual({
    correct: false,
    fields: { topic: 0 },
    answers: { topic: 'sports' },
    explanation,
  })
  expect((await h.call(ana, 'GET', `${w.path}/training`)).json).toEqual({
    items: 3,
    answered: 1,
    correct: 0,
  })
  expect((await w.claim(ana)).every((x: never) => !w.isGold(x))).toBe(true)
  const people = (await h.call(lea, 'GET', `${w.path}/gold-people`)).json.rows
  expect(people.find((p: { name: string }) => p.name === 'ana').answered).toBe(0)
  for (let n = 0; n < 2; n++) {
    const [next] = await w.claim(ana, { purpose: 'training' })
    await w.submit(ana, next.assignmentId, 'sports')
  }
  expect(await w.claim(ana, { purpose: 'training' })).toEqual([])
})
