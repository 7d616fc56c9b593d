import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { sweepLeases } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const crowd = (n: number, role: ProjectRole) =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`${role}${i}`, [role]] as const))
const answers = { answers: { topic: 'health' }, activeMs: 0 }

test.each([1, 2, 3])(
  'forty people at once finish few items of overlap %i: nobody twice, none too often, none left',
  async (wanted) => {
    const { path, people, projectId } = await furnish(h, {
      people: crowd(40, 'associate'),
      items: 25,
      wanted,
    })
    const given = await Promise.all(
      Object.values(people).map(async (person) => {
        const mine: string[] = []
        for (;;) {
          const claimed = await h.call(person, 'POST', `${path}/claim`, {
            count: 1 + (mine.length % 3),
          })
          expect(claimed.status).toBe(200)
          if (claimed.json.rows.length === 0) return mine
          for (const work of claimed.json.rows) {
            mine.push(work.itemId)
            const done = await h.call(
              person,
              'POST',
              `${path}/assignments/${work.assignmentId}/submit`,
              answers,
            )
            expect(done.status).toBe(200)
          }
        }
      }),
    )
    for (const mine of given) expect(new Set(mine).size).toBe(mine.length)
    const all = given.flat()
    expect(all).toHaveLength(25 * wanted)
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from items i where i.project_id = ${projectId} and i.annotations = ${wanted} and i.slots = 0 and i.leased = 0`.execute(
      h.app.db,
    )
    expect(rows).toEqual([{ n: 25 }])
    expect(await recount(h.app, projectId)).toEqual([])
  },
)

test('two claims of one person at the same moment never give one item twice', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ana: ['associate'] },
    items: 30,
    wanted: 3,
  })
  const rounds = await Promise.all(
    Array.from({ length: 8 }, () => h.call(people.ana, 'POST', `${path}/claim`, { count: 3 })),
  )
  for (const r of rounds) expect(r.status).toBe(200)
  const { rows } = await sql<{ n: number; items: number }>`
    select count(*) as n, count(distinct a.item_id) as items from assignments a where a.project_id = ${projectId}`.execute(
    h.app.db,
  )
  expect(rows[0]?.n).toBe(rows[0]?.items)
  expect(await recount(h.app, projectId)).toEqual([])
})

test('of two submits of one assignment one counts', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ana: ['associate'] },
    items: 12,
  })
  for (let n = 0; n < 12; n++) {
    const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
    const submit = `${path}/assignments/${json.rows[0].assignmentId}/submit`
    const both = await Promise.all([
      h.call(people.ana, 'POST', submit, answers),
      h.call(people.ana, 'POST', submit, answers),
    ])
    expect(both.map((r) => r.status).sort()).toEqual([200, 409])
  }
  expect(await recount(h.app, projectId)).toEqual([])
})

test('reviewers at once never share an annotation, never judge their own, and finish all', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ...crowd(6, 'lead'), ...crowd(10, 'reviewer') },
    items: 40,
    wanted: 2,
  })
  const everyone = Object.entries(people)
  const annotators = everyone.filter(([name]) => name.startsWith('lead')).map(([, p]) => p)
  const work = async (
    person: (typeof annotators)[number],
    stage: string,
    done: (id: string) => [string, unknown],
  ) => {
    for (;;) {
      const { json } = await h.call(person, 'POST', `${path}/claim`, { stage })
      if (json.rows.length === 0) return
      for (const row of json.rows) {
        const [end, body] = done(row.assignmentId)
        expect(
          (await h.call(person, 'POST', `${path}/assignments/${row.assignmentId}/${end}`, body))
            .status,
        ).toBe(200)
      }
    }
  }
  const review = (p: (typeof annotators)[number]) =>
    work(p, 'review', () => ['review', { verdict: 'accepted', activeMs: 0 }])
  // Leads annotate and review while the reviewers review: their days and shards are locked crosswise.
  await Promise.all(
    everyone.map(async ([name, p]) => {
      if (name.startsWith('lead')) await work(p, 'annotate', () => ['submit', answers])
      await review(p)
    }),
  )
  await Promise.all(everyone.map(([, p]) => review(p)))
  const { rows } = await sql<Record<string, number>>`
    select count(*) as n, count(distinct annotation_id) as annotations,
      count(*) filter (where exists (select from annotations o where o.project_id = ${projectId}
        and o.annotation_id = r.annotation_id and o.author_id = r.reviewer_id)) as own
    from reviews r where r.project_id = ${projectId}`.execute(h.app.db)
  expect(rows).toEqual([{ n: 80, annotations: 80, own: 0 }])
  expect(await recount(h.app, projectId)).toEqual([])
})

test('a sweep, late submits and new claims at once lose nothing', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: crowd(20, 'associate'),
    items: 20,
  })
  const everyone = Object.values(people)
  const held = await Promise.all(everyone.map((p) => h.call(p, 'POST', `${path}/claim`)))
  h.clock.advance(1_801_000)
  const outcomes = await Promise.all([
    ...everyone.map(async (p, n) => {
      const id = held[n]?.json.rows[0].assignmentId
      return n % 2 === 0
        ? (await h.call(p, 'POST', `${path}/assignments/${id}/submit`, answers)).status
        : (await h.call(p, 'POST', `${path}/claim`)).status
    }),
    sweepLeases(h.app, projectId).then(() => 200),
  ])
  for (const status of outcomes) expect([200, 409]).toContain(status)
  expect(await recount(h.app, projectId)).toEqual([])
})
