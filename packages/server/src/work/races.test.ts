import { encodeId, type ProjectRole, type QueueOrder, rankOf } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
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

test.each(['sequential', 'random', 'least-labelled'] as const)(
  'forty people over several batches in %s order, with everything that goes wrong: all is served, none twice',
  async (order) => {
    const f = await furnish(h, {
      people: { ...crowd(40, 'associate'), ...crowd(3, 'reviewer'), lea: ['lead'] },
      items: 60,
      wanted: 3,
    })
    const { path, projectId, owner } = f
    const people: Readonly<Record<string, Person>> = f.people
    await spread(projectId, owner, order)
    const associates = Object.values(people).slice(0, 40)
    const lea = Object.values(people).at(-1) ?? owner
    let turns = 0
    const turn = async (by: Person, n: number): Promise<'more' | 'none'> => {
      const claimed = await h.call(by, 'POST', n % 2 ? '/claim' : `${path}/claim`, {
        count: 1 + (n % 2),
      })
      expect(claimed.status).toBe(200)
      if (claimed.json.rows.length === 0) return 'none'
      for (const { assignmentId } of claimed.json.rows) {
        const at = `${path}/assignments/${assignmentId}`
        turns += 1
        if (turns % 11 === 0)
          await h.call(by, 'POST', `${at}/skip`, { reason: 'later', activeMs: 0 })
        else if (turns % 23 === 0)
          await h.call(by, 'POST', `${at}/skip`, { reason: 'unclear', activeMs: 0 })
        else if (turns % 13 === 0) await h.call(by, 'POST', `${at}/release`)
        else if (turns % 17 !== 0) {
          const done = await h.call(by, 'POST', `${at}/submit`, answers)
          expect([200, 409]).toContain(done.status)
        }
      }
      return 'more'
    }
    const review = async (by: Person) => {
      const { json } = await h.call(by, 'POST', `${path}/claim`, { stage: 'review' })
      for (const { assignmentId } of json.rows ?? []) {
        turns += 1
        const verdict = turns % 3 === 0 ? 'returned' : 'accepted'
        await h.call(by, 'POST', `${path}/assignments/${assignmentId}/review`, {
          verdict,
          note: 'Look again',
          activeMs: 0,
        })
      }
    }
    const meddle = async (n: number) => {
      const { json } = await h.call(lea, 'GET', `${path}/held?limit=5`)
      const ids = json.rows.map((r: { assignmentId: string }) => r.assignmentId)
      const to = associates[n % 40] ?? owner
      const userId = encodeId('usr', to.userId)
      if (n % 3 === 0)
        await h.call(lea, 'POST', `${path}/assign`, {
          userId,
          filter: { state: ['open'] },
          count: 2,
        })
      else if (n % 3 === 1 && ids.length > 0)
        await h.call(lea, 'POST', `${path}/reassign`, { userId, assignmentIds: ids.slice(0, 2) })
      else if (ids.length > 0)
        await h.call(lea, 'POST', `${path}/release`, { assignmentIds: ids.slice(0, 1) })
      await h.call(lea, 'POST', `${path}/${n % 2 ? 'pause' : 'resume'}`)
      await h.call(lea, 'POST', `${path}/resume`)
    }
    for (let round = 0; round < 8; round++) {
      await Promise.all([
        ...associates.map((by, n) => turn(by, n + round)),
        ...Object.values(people)
          .slice(40, 43)
          .map((by) => review(by)),
        meddle(round),
        sweepLeases(h.app, projectId),
      ])
      h.clock.advance(round % 2 ? 1_801_000 : 1000)
      expect(await recount(h.app, projectId)).toEqual([])
    }
    // To the end: what is held is let go, what was returned is done, what was put by comes back.
    await renewSessions()
    h.clock.advance(1_801_000)
    await sweepLeases(h.app, projectId)
    for (let idle = 0; idle < 2; ) {
      const outcomes = await Promise.all(
        associates.map(async (by) => {
          const { json } = await h.call(by, 'POST', '/claim', {})
          for (const { assignmentId } of json.rows) {
            const done = await h.call(
              by,
              'POST',
              `${path}/assignments/${assignmentId}/submit`,
              answers,
            )
            expect(done.status).toBe(200)
          }
          return json.rows.length
        }),
      )
      idle = outcomes.some((n) => n > 0) ? 0 : idle + 1
    }
    const { rows } = await sql<{ key: string }>`
      select i.key from items i where i.project_id = ${projectId} and not i.withdrawn
        and (i.annotations < i.wanted or i.leased > 0)`.execute(h.app.db)
    expect(rows).toEqual([])
    const twice = await sql<{ n: number }>`
      select count(*) as n from annotations o where o.project_id = ${projectId} and o.state <> 'withdrawn'
      group by o.item_id, o.author_id having count(*) > 1`.execute(h.app.db)
    expect(twice.rows).toEqual([])
    expect(await recount(h.app, projectId)).toEqual([])
  },
  60_000,
)

const renewSessions = () =>
  sql`update sessions set expires_at = ${new Date(h.clock.now().getTime() + 86_400_000)}`.execute(
    h.app.db,
  )

/** A third each in a batch that is due, in one that is not, and in none; ranks as the order says. */
async function spread(projectId: string, owner: Person, order: QueueOrder): Promise<void> {
  const settings = {
    queue: { order },
    skipReasons: [
      { id: 'later', title: { en: 'Later' }, consequence: 'me-later' },
      { id: 'unclear', title: { en: 'Unclear' }, consequence: 'others' },
    ],
    instructions: { en: '', hi: '' },
  }
  await sql`update projects set settings = ${JSON.stringify(settings)}::jsonb where project_id = ${projectId}`.execute(
    h.app.db,
  )
  for (const [n, dueAt] of [h.clock.now(), null].entries()) {
    const batchId = h.app.newId()
    await sql`insert into batches (project_id, batch_id, name, state, due_at, created_by, created_at)
      values (${projectId}, ${batchId}, ${`Batch ${n}`}, 'open', ${dueAt}, ${owner.userId}, ${h.clock.now()})`.execute(
      h.app.db,
    )
    await sql`update items set batch_id = ${batchId} where project_id = ${projectId} and ordinal % 3 = ${n}`.execute(
      h.app.db,
    )
  }
  for (let ordinal = 1; ordinal <= 60; ordinal++)
    await sql`update items set rank = ${rankOf(order, { ordinal, seed: 7 })}
      where project_id = ${projectId} and ordinal = ${ordinal}`.execute(h.app.db)
}
