import type { ProjectRole, Workflow } from '@kasauti/core'
import type { Person } from '@kasauti/testkit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { runJob } from '../platform/jobs/run-job.ts'
import { sweepLeases } from '../work/index.ts'
import { applyWorkflow } from './apply.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const everybody: ProjectRole[] = ['associate', 'reviewer', 'lead']
const who = { roles: everybody, skills: [] }
type Stages = Workflow['stages']
const annotate = (overlap: number, more: object = {}): Stages[number] => ({
  kind: 'annotate',
  overlap,
  share: 1,
  who,
  ...more,
})
const review = (more: object = {}): Stages[number] => ({
  kind: 'review',
  overlap: 1,
  sampling: { kind: 'all' },
  onReturn: 'author',
  returnsAtMost: 5,
  who: { roles: ['reviewer', 'lead'], skills: [] },
  ...more,
})
const adjudicate = (more: object = {}): Stages[number] => ({
  kind: 'adjudicate',
  when: { kind: 'disagreement', below: 0.9 },
  who: { roles: ['lead'], skills: [] },
  ...more,
})
const audit = (more: object = {}): Stages[number] => ({
  kind: 'audit',
  sampling: { kind: 'all' },
  onFail: 'author',
  who: { roles: ['reviewer'], skills: [] },
  ...more,
})

async function place(stages: Stages, items = 1) {
  const [first] = stages
  const f = await furnish(h, {
    people: {
      ana: ['associate'],
      bo: ['associate'],
      cy: ['associate'],
      lea: ['lead'],
      ravi: ['reviewer'],
      rita: ['reviewer'],
    },
    items,
    wanted: first?.kind === 'annotate' ? first.overlap : 1,
    workflow: { stages },
  })
  const post = (by: Person, path: string, body: unknown = {}) =>
    h.call(by, 'POST', `${f.path}/${path}`, body)
  const claim = async (by: Person, stage = 'annotate') =>
    (await post(by, 'claim', { stage })).json.rows[0]
  const submit = (by: Person, assignmentId: string, topic: string) =>
    post(by, `assignments/${assignmentId}/submit`, { answers: { topic }, activeMs: 0 })
  const annotates = async (by: Person, topic: string) => {
    const work = await claim(by)
    expect((await submit(by, work.assignmentId, topic)).status).toBe(200)
    return work
  }
  const judge = async (by: Person, stage: string, verdict: string, more: object = {}) => {
    const work = await claim(by, stage)
    if (!work) return undefined
    const body = { verdict, note: 'Look again', activeMs: 0, ...more }
    const answer = await post(by, `assignments/${work.assignmentId}/review`, body)
    expect(answer.status).toBe(200)
    return work
  }
  const item = async (n = 1) => {
    const { rows } = await sql<Record<string, unknown>>`
      select i.state, i.step, i.wanted, i.due, i.decided, i.submitted, i.returned, i.accepted, i.slots, i.leased
      from items i where i.project_id = ${f.projectId} and i.ordinal = ${n}`.execute(h.app.db)
    return rows[0]
  }
  const history = async () => {
    const { rows } = await sql<{ kind: string }>`
      select e.kind from item_events e where e.project_id = ${f.projectId} order by e.at, e.event_id`.execute(
      h.app.db,
    )
    return rows.map((row) => row.kind)
  }
  const whole = async () => expect(await recount(h.app, f.projectId)).toEqual([])
  return { ...f, post, claim, submit, annotates, judge, item, history, whole }
}

describe('an item on its way', () => {
  test('gets a third person when two disagree, then an adjudicator, who sees them blind', async () => {
    const p = await place([annotate(2, { more: { below: 0.9, upTo: 3 } }), adjudicate()])
    const { ana, bo, cy, lea } = p.people
    await p.annotates(ana, 'sports')
    await p.annotates(bo, 'politics')
    expect(await p.item()).toMatchObject({ state: 'open', wanted: 3, slots: 1 })
    await p.annotates(cy, 'health')
    expect(await p.item()).toMatchObject({ state: 'annotated', wanted: 3, step: 'adjudicate' })
    await p.whole()
    const work = await p.claim(lea, 'adjudicate')
    expect(work.answers).toEqual({})
    expect(work.proposals.map((x: { letter: string }) => x.letter)).toEqual(['A', 'B', 'C'])
    expect(
      work.proposals.map((x: { answers: { topic: string } }) => x.answers.topic).sort(),
    ).toEqual(['health', 'politics', 'sports'])
    expect(JSON.stringify(work)).not.toContain(ana.userId)
    await p.whole()
    expect((await p.submit(lea, work.assignmentId, 'sports')).status).toBe(200)
    expect(await p.item()).toMatchObject({ state: 'accepted', decided: true, step: 'done' })
    expect(await p.history()).toEqual([
      ...['leased', 'submitted', 'leased', 'submitted', 'more-people'],
      ...['leased', 'submitted', 'to-adjudication', 'leased', 'adjudicated'],
    ])
    await p.whole()
  })

  test('whoever decided may go back to it until it is audited', async () => {
    const p = await place([
      annotate(1),
      adjudicate({ when: { kind: 'always' } }),
      audit({ onFail: 'adjudicate' }),
    ])
    const { ana, lea, ravi } = p.people
    await p.annotates(ana, 'sports')
    const work = await p.claim(lea, 'adjudicate')
    await p.submit(lea, work.assignmentId, 'politics')
    const at = `assignments/${work.assignmentId}`
    expect((await p.post(lea, `${at}/reopen`)).json.answers).toEqual({ topic: 'politics' })
    expect(await p.claim(ravi, 'audit')).toBeUndefined()
    await p.whole()
    expect((await p.submit(lea, work.assignmentId, 'health')).json.revision).toBe(2)
    const audited = await p.claim(ravi, 'audit')
    expect(audited).toMatchObject({ answers: { topic: 'health' }, proposals: [{ letter: 'A' }] })
    expect((await p.post(lea, `${at}/reopen`)).status).toBe(409)
    await p.post(ravi, `assignments/${audited.assignmentId}/review`, {
      verdict: 'returned',
      note: 'It is sports',
      activeMs: 0,
    })
    expect(await p.item()).toMatchObject({ step: 'adjudicate', decided: false })
    await p.whole()
    const again = await p.claim(lea, 'adjudicate')
    expect(again).toMatchObject({
      answers: { topic: 'health' },
      returned: { note: 'It is sports' },
    })
    await p.submit(lea, again.assignmentId, 'sports')
    await p.judge(ravi, 'audit', 'accepted')
    expect(await p.item()).toMatchObject({ step: 'done', decided: true, state: 'accepted' })
    expect((await p.post(lea, `assignments/${again.assignmentId}/reopen`)).status).toBe(409)
    await p.whole()
  })

  test('needs two reviewers where the workflow says so, never the same one twice', async () => {
    const p = await place([annotate(1), review({ overlap: 2 })])
    const { ana, ravi, rita } = p.people
    await p.annotates(ana, 'sports')
    await p.judge(ravi, 'review', 'accepted')
    expect(await p.item()).toMatchObject({ step: 'review', due: 1, accepted: 0 })
    expect(await p.claim(ravi, 'review')).toBeUndefined()
    await p.judge(rita, 'review', 'accepted')
    expect(await p.item()).toMatchObject({ step: 'done', due: 0, accepted: 1 })
    await p.whole()
  })

  test('returned to another: somebody else starts from the answers and the note', async () => {
    const p = await place([annotate(1), review({ onReturn: 'another', returnsAtMost: 2 })])
    const { ana, bo, cy, ravi, lea } = p.people
    await p.annotates(ana, 'sports')
    const marks = [{ field: 'topic', note: 'No ball in it', severity: 'major' }]
    await p.judge(ravi, 'review', 'returned', { marks })
    expect(await p.item()).toMatchObject({ state: 'open', slots: 1, submitted: 0, returned: 0 })
    await p.whole()
    expect(await p.claim(ana)).toBeUndefined()
    const work = await p.claim(bo)
    expect(work).toMatchObject({
      answers: { topic: 'sports' },
      returned: { note: 'Look again', marks },
    })
    await p.submit(bo, work.assignmentId, 'politics')
    await p.judge(ravi, 'review', 'returned')
    const told = await h.call(lea, 'GET', '/notifications')
    expect(told.json.rows.map((n: { kind: string }) => n.kind)).toContain('returned-often')
    expect(await p.claim(cy)).toMatchObject({ answers: { topic: 'politics' } })
    await p.whole()
  })

  test('returned as often as is borne, it is decided by an adjudicator', async () => {
    const p = await place([annotate(1), review({ returnsAtMost: 2 }), adjudicate()])
    const { ana, lea, ravi } = p.people
    await p.annotates(ana, 'sports')
    await p.judge(ravi, 'review', 'returned')
    expect(await p.item()).toMatchObject({ state: 'returned' })
    const again = await p.claim(ana)
    expect(again.answers).toEqual({ topic: 'sports' })
    await p.submit(ana, again.assignmentId, 'sports')
    await p.judge(ravi, 'review', 'returned')
    expect(await p.item()).toMatchObject({ step: 'adjudicate', state: 'annotated', due: 0 })
    expect(await p.claim(ana)).toBeUndefined()
    const work = await p.claim(lea, 'adjudicate')
    await p.submit(lea, work.assignmentId, 'sports')
    expect(await p.item()).toMatchObject({ step: 'done', decided: true })
    await p.whole()
  })

  test('is audited: passed it is accepted, failed it goes back to everybody who annotated it', async () => {
    const p = await place([annotate(2), audit()], 2)
    const { ana, bo, ravi } = p.people
    for (const by of [ana, bo]) for (let n = 0; n < 2; n++) await p.annotates(by, 'sports')
    expect(await p.item()).toMatchObject({ step: 'audit', state: 'annotated' })
    const first = await p.judge(ravi, 'audit', 'accepted')
    expect(first.proposals).toHaveLength(2)
    expect(await p.item(1)).toMatchObject({ step: 'done', state: 'accepted', accepted: 2 })
    await p.judge(ravi, 'audit', 'returned')
    expect(await p.item(2)).toMatchObject({ step: 'annotate', state: 'returned', returned: 2 })
    await p.whole()
    for (const by of [ana, bo]) {
      const back = await p.claim(by)
      expect(back.returned).toMatchObject({ note: 'Look again' })
      await p.submit(by, back.assignmentId, 'health')
    }
    expect(await p.item(2)).toMatchObject({ step: 'audit', state: 'annotated' })
    await p.whole()
  })

  test('is reviewed by the share that is asked for, and its history says which way it went', async () => {
    const p = await place([annotate(1), review({ sampling: { kind: 'share', share: 0.5 } })], 24)
    for (let n = 0; n < 24; n++) await p.annotates(p.people.ana, 'sports')
    const kinds = await p.history()
    const [sampled, passed] = ['sampled', 'passed'].map((k) => kinds.filter((x) => x === k).length)
    expect((sampled ?? 0) + (passed ?? 0)).toBe(24)
    expect(sampled).toBeGreaterThan(2)
    expect(passed).toBeGreaterThan(2)
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from annotations o where o.project_id = ${p.projectId} and o.due`.execute(
      h.app.db,
    )
    expect(rows[0]?.n).toBe(sampled)
    await p.whole()
  })

  test('an adjudicator never decides on their own annotation, an auditor never checks their own verdict', async () => {
    const all = { who }
    const p = await place([
      annotate(1),
      review(all),
      adjudicate({ ...all, when: { kind: 'always' } }),
      audit(all),
    ])
    const { lea, ravi, rita } = p.people
    await p.annotates(lea, 'sports')
    expect(await p.claim(lea, 'review')).toBeUndefined()
    await p.judge(ravi, 'review', 'accepted')
    expect(await p.claim(lea, 'adjudicate')).toBeUndefined()
    const work = await p.claim(ravi, 'adjudicate')
    await p.submit(ravi, work.assignmentId, 'sports')
    for (const by of [lea, ravi]) expect(await p.claim(by, 'audit')).toBeUndefined()
    await p.judge(rita, 'audit', 'accepted')
    await p.whole()
  })
})

test('colleagues may review each other where the workflow says so', async () => {
  const p = await place([annotate(1), review({ who: { roles: ['associate'], skills: [] } })])
  await p.annotates(p.people.ana, 'sports')
  expect(await p.claim(p.people.ana, 'review')).toBeUndefined()
  expect(await p.judge(p.people.bo, 'review', 'accepted')).toBeDefined()
  expect(await p.item()).toMatchObject({ step: 'done', state: 'accepted' })
  await p.whole()
})

describe('races', () => {
  test('two reviewers at once never judge one annotation, two adjudicators never hold one item', async () => {
    const p = await place([
      annotate(1),
      review({ who }),
      adjudicate({ when: { kind: 'always' }, who }),
    ])
    const { ana, bo, cy, ravi, rita } = p.people
    await p.annotates(ana, 'sports')
    const held = await Promise.all(
      [bo, cy, ravi, rita].map((by) => p.post(by, 'claim', { stage: 'review' })),
    )
    const given = held.flatMap((a) => a.json.rows ?? [])
    expect(given.length).toBeLessThanOrEqual(1)
    await p.whole()
  })

  test('an author who goes back and an adjudicator who begins do not both have the item', async () => {
    for (let n = 0; n < 8; n++) {
      const p = await place([annotate(1), adjudicate({ when: { kind: 'always' } })])
      const work = await p.annotates(p.people.ana, 'sports')
      const [back, taken] = await Promise.all([
        p.post(p.people.ana, `assignments/${work.assignmentId}/reopen`),
        p.post(p.people.lea, 'claim', { stage: 'adjudicate' }),
      ])
      const both = back.status === 200 && taken.json.rows.length > 0
      expect(both).toBe(false)
      await p.whole()
    }
  })
})

type Place = Awaited<ReturnType<typeof place>>
async function publish(p: Place, stages: Stages, inFlight: 'follow' | 'keep' = 'follow') {
  const { json } = await h.call(p.people.lea, 'GET', `${p.path}/workflow`)
  const answer = await p.post(p.people.lea, 'workflow', {
    workflow: { stages },
    basedOn: json.version,
    inFlight,
  })
  expect(answer.status).toBe(200)
  return answer.json
}
async function apply(p: Place): Promise<void> {
  const { rows } = await sql<{ job_id: string }>`
    select w.job_id from workflows w where w.project_id = ${p.projectId} and w.applied_at is null
    order by w.version`.execute(h.app.db)
  for (const { job_id: jobId } of rows)
    await runJob(h.app, applyWorkflow, {
      projectId: p.projectId,
      jobId,
      stopping: new AbortController().signal,
    })
}
async function numbers(p: Place) {
  const { rows } = await sql<Record<string, number>>`
    select sum(i.wanted)::int as wanted, sum(i.due)::int as due,
      count(*) filter (where i.step = 'adjudicate') as adjudicate, count(*) filter (where i.step = 'audit') as audit
    from items i where i.project_id = ${p.projectId}`.execute(h.app.db)
  return rows[0] ?? {}
}

describe('changing the workflow', () => {
  /** Ten items: three done by one person, one held, six untouched. */
  async function midway(stages: Stages) {
    const p = await place(stages, 10)
    for (let n = 0; n < 3; n++) await p.annotates(p.people.ana, n === 0 ? 'sports' : 'health')
    await p.claim(p.people.bo)
    return p
  }

  test('what is told beforehand is what happens, and everything still adds up', async () => {
    const stages = [annotate(2), review(), adjudicate({ when: { kind: 'always' } }), audit()]
    const p = await midway([annotate(1)])
    const check = await p.post(p.people.lea, 'workflow/check', { workflow: { stages } })
    expect(check.json.problems).toEqual([])
    const told = Object.fromEntries(
      check.json.effects.map((e: { kind: string; count: number }) => [e.kind, e.count]),
    )
    const before = await numbers(p)
    const published = await publish(p, stages)
    expect(published.jobId).toMatch(/^job_/)
    await apply(p)
    const after = await numbers(p)
    expect(told).toEqual({ 'more-people': 10, 'reviews-added': 3 })
    expect((after['wanted'] ?? 0) - (before['wanted'] ?? 0)).toBe(10)
    expect(after['due']).toBe(told['reviews-added'])
    expect((await p.history()).filter((k) => k === 'workflow-changed')).toHaveLength(10)
    const now = await h.call(p.people.ana, 'GET', `${p.path}/workflow`)
    expect(now.json).toMatchObject({ version: 2, standing: { annotate: 10, done: 0 } })
    expect(now.json.jobId).toBeUndefined()
    await p.whole()
  })

  test('back again: fewer people, held places may be finished, no reviews, and done is done', async () => {
    const p = await midway([annotate(2), review()])
    await p.annotates(p.people.cy, 'sports')
    const check = await p.post(p.people.lea, 'workflow/check', {
      workflow: { stages: [annotate(1)] },
    })
    const told = Object.fromEntries(
      check.json.effects.map((e: { kind: string; count: number }) => [e.kind, e.count]),
    )
    const before = await numbers(p)
    await publish(p, [annotate(1)])
    await apply(p)
    const after = await numbers(p)
    expect(told['reviews-dropped']).toBe(before['due'])
    expect(after['due']).toBe(0)
    expect((before['wanted'] ?? 0) - (after['wanted'] ?? 0)).toBe(told['fewer-people'])
    await p.whole()
    const held = await p.claim(p.people.bo)
    expect((await p.submit(p.people.bo, held.assignmentId, 'health')).status).toBe(200)
    await p.whole()
  })

  test('a place kept because it was held is given to nobody when its lease runs out or it is given back', async () => {
    const p = await place([annotate(2)], 3)
    await p.annotates(p.people.ana, 'sports')
    await p.annotates(p.people.ana, 'sports')
    await p.claim(p.people.bo)
    const [, back] = (await p.post(p.people.bo, 'claim', { count: 2 })).json.rows
    await publish(p, [annotate(1)])
    await apply(p)
    expect(await p.item(1)).toMatchObject({ wanted: 2, slots: 0 })
    expect((await p.post(p.people.bo, `assignments/${back.assignmentId}/release`)).status).toBe(200)
    h.clock.advance(3_600_000)
    await sweepLeases(h.app, p.projectId)
    for (const ordinal of [1, 2])
      expect(await p.item(ordinal)).toMatchObject({ wanted: 1, slots: 0, leased: 0 })
    expect((await p.claim(p.people.cy)).key).toBe('row-0003')
    await p.whole()
  })

  test('kept: what was begun goes on by the workflow of then, new items by the new one', async () => {
    const p = await midway([annotate(1), review()])
    await publish(p, [annotate(2)], 'keep')
    await apply(p)
    expect((await p.item(1))?.['wanted']).toBe(1)
    expect((await p.item(10))?.['wanted']).toBe(2)
    // Ravi reviews what was begun before, though the workflow has no reviewing any more.
    for (let n = 0; n < 3; n++)
      expect(await p.judge(p.people.ravi, 'review', 'accepted')).toBeDefined()
    const held = await p.claim(p.people.bo)
    await p.submit(p.people.bo, held.assignmentId, 'health')
    expect(await p.item(4)).toMatchObject({ step: 'review', due: 1 })
    await p.annotates(p.people.cy, 'sports')
    expect(await p.item(5)).toMatchObject({ wanted: 2, due: 0 })
    await p.whole()
  })

  test('a job that was killed goes on, and a second run changes nothing', async () => {
    const p = await midway([annotate(1)])
    await publish(p, [annotate(3), review()])
    await sql`update workflows set applied_to = 4 where project_id = ${p.projectId} and version = 2`.execute(
      h.app.db,
    )
    await apply(p)
    expect((await p.item(2))?.['wanted']).toBe(1)
    await sql`update workflows set applied_to = -1, applied_at = null where project_id = ${p.projectId} and version = 2`.execute(
      h.app.db,
    )
    await sql`update jobs set state = 'queued' where project_id = ${p.projectId}`.execute(h.app.db)
    await apply(p)
    expect((await p.item(2))?.['wanted']).toBe(3)
    expect((await p.history()).filter((k) => k === 'workflow-changed')).toHaveLength(10)
    await p.whole()
  })

  test('published while people work: every number adds up, whoever was first', async () => {
    const p = await place([annotate(2), review()], 12)
    const works = async (by: Person, topic: string) => {
      for (let n = 0; n < 8; n++) {
        const work = await p.claim(by)
        if (work) await p.submit(by, work.assignmentId, topic)
        if (by === p.people.cy) await p.judge(p.people.ravi, 'review', 'accepted')
      }
    }
    const changes = async () => {
      await publish(p, [annotate(1), adjudicate({ when: { kind: 'always' } })])
      await apply(p)
      await publish(p, [
        annotate(3, { more: { below: 0.9, upTo: 4 } }),
        review({ overlap: 2 }),
        audit(),
      ])
      await apply(p)
    }
    const { ana, bo, cy } = p.people
    await Promise.all([works(ana, 'sports'), works(bo, 'health'), works(cy, 'sports'), changes()])
    await apply(p)
    await p.whole()
  })

  test('what cannot be is told with its place; a stale or equal change is refused', async () => {
    const p = await place([annotate(1)])
    const bad = [annotate(2, { more: { below: 0.5, upTo: 2 } }), audit({ onFail: 'adjudicate' })]
    const { json } = await p.post(p.people.lea, 'workflow/check', { workflow: { stages: bad } })
    expect(json.problems.map((x: { path: string }) => x.path)).toEqual([
      'stages.0.more.upTo',
      'stages.1.onFail',
    ])
    const refused = await p.post(p.people.lea, 'workflow', {
      workflow: { stages: bad },
      basedOn: 1,
    })
    expect([refused.status, refused.json.code]).toEqual([422, 'workflow/invalid'])
    const stale = await p.post(p.people.lea, 'workflow', {
      workflow: { stages: [annotate(2)] },
      basedOn: 7,
    })
    expect([stale.status, stale.json.code]).toEqual([412, 'request/precondition-failed'])
    const same = await p.post(p.people.lea, 'workflow', {
      workflow: { stages: [annotate(1)] },
      basedOn: 1,
    })
    expect([same.status, same.json.code]).toEqual([409, 'workflow/unchanged'])
    const none = await p.post(p.people.lea, 'workflow/check', { workflow: { stages: [] } })
    expect(none.json.problems.length).toBeGreaterThan(0)
  })
})
