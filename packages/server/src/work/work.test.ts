import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnish, type House, house, pairSchema, recount } from '../fixtures/index.ts'
import { sweepLeases } from './sweep.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

const topic = (value: string) => ({ answers: { topic: value }, activeMs: 1000 })

test('a day of one item: claim, draft, submit, return, correct, accept', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'], lea: ['lead'] },
    items: 1,
  })
  const { ana, ravi, lea } = people
  const claimed = await h.call(ana, 'POST', `${path}/claim`, { count: 2 })
  expect(claimed.status).toBe(200)
  expect(claimed.json.rows).toHaveLength(1)
  const [work] = claimed.json.rows
  expect(work).toMatchObject({
    key: 'row-0001',
    stage: 'annotate',
    state: 'leased',
    answers: {},
    inputs: { text: { text: 'Item number 1' } },
  })
  const mine = `${path}/assignments/${work.assignmentId}`

  h.clock.advance(5000)
  const draft = await h.call(ana, 'PUT', `${mine}/draft`, { ...topic('sports'), basedOn: 0 })
  expect(draft.json).toMatchObject({ draftVersion: 1 })
  const stale = await h.call(ana, 'PUT', `${mine}/draft`, { ...topic('health'), basedOn: 0 })
  expect([stale.status, stale.json.code]).toEqual([409, 'assignment/stale-draft'])
  expect((await h.call(ana, 'GET', mine)).json.answers).toEqual({ topic: 'sports' })

  const wrong = await h.call(ana, 'POST', `${mine}/submit`, topic('cooking'))
  expect([wrong.status, wrong.json.code, wrong.json.problems[0].path]).toEqual([
    422,
    'answer/invalid',
    'answers.topic',
  ])
  const done = await h.call(ana, 'POST', `${mine}/submit`, topic('sports'))
  expect(done.json).toMatchObject({ revision: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect((await h.call(ana, 'POST', `${mine}/submit`, topic('sports'))).json.code).toBe(
    'assignment/wrong-state',
  )

  expect((await h.call(ana, 'POST', `${path}/claim`, { stage: 'review' })).status).toBe(403)
  const review = await h.call(ravi, 'POST', `${path}/claim`, { stage: 'review' })
  expect(review.json.rows[0]).toMatchObject({ stage: 'review', answers: { topic: 'sports' } })
  expect(JSON.stringify(review.json)).not.toContain('ana')
  const judged = `${path}/assignments/${review.json.rows[0].assignmentId}/review`
  expect((await h.call(ravi, 'POST', judged, { verdict: 'returned', activeMs: 0 })).json.code).toBe(
    'review/note-required',
  )
  expect(
    (
      await h.call(ravi, 'POST', judged, {
        verdict: 'returned',
        note: 'Read it again',
        activeMs: 0,
      })
    ).status,
  ).toBe(200)

  const today = await h.call(ana, 'GET', '/today')
  expect(today.json).toMatchObject({
    next: { stage: 'annotate', returned: 1 },
    returned: [{ key: 'row-0001', note: 'Read it again' }],
    submittedToday: 1,
    projects: [{ annotatedByMe: 1, reviewedByMe: 0 }],
  })
  const again = await h.call(ana, 'POST', `${path}/claim`)
  expect(again.json.rows[0]).toMatchObject({
    assignmentId: work.assignmentId,
    state: 'leased',
    answers: { topic: 'sports' },
    returned: { note: 'Read it again', by: 'ravi' },
  })
  // Opened and left, it still waits, though no item of the project is open.
  expect((await h.call(ana, 'GET', '/today')).json).toMatchObject({
    next: { stage: 'annotate', returned: 0 },
    projects: [{ returned: 0 }],
  })
  expect((await h.call(ana, 'POST', `${mine}/submit`, topic('health'))).json.revision).toBe(2)

  const second = await h.call(ravi, 'POST', `${path}/claim`, { stage: 'review' })
  const fixed = await h.call(
    ravi,
    'POST',
    `${path}/assignments/${second.json.rows[0].assignmentId}/review`,
    { verdict: 'fixed', ...topic('politics') },
  )
  expect(fixed.json).toMatchObject({ revision: 3, verdict: 'fixed' })

  const item = await h.call(lea, 'GET', `${path}/items/${work.itemId}`)
  expect(item.json).toMatchObject({
    state: 'accepted',
    annotations: [
      {
        author: 'ana',
        state: 'accepted',
        reviews: [{ verdict: 'returned' }, { verdict: 'fixed' }],
      },
    ],
  })
  expect(
    item.json.annotations[0].revisions.map(
      (r: { reason: string; by: string; answers: unknown }) => [r.reason, r.by, r.answers],
    ),
  ).toEqual([
    ['submitted', 'ana', { topic: 'sports' }],
    ['resubmitted', 'ana', { topic: 'health' }],
    ['fixed', 'ravi', { topic: 'politics' }],
  ])
  expect(item.json.history.map((e: { kind: string }) => e.kind)).toEqual([
    'leased',
    'submitted',
    'returned',
    'resubmitted',
    'fixed',
  ])
  const rows = await h.call(
    lea,
    'GET',
    `${path}/items?filter=${encodeURIComponent(JSON.stringify({ answers: [{ field: 'topic', value: 'politics' }] }))}`,
  )
  expect(rows.json.rows).toMatchObject([
    { key: 'row-0001', authors: ['ana'], answers: [{ field: 'topic', summary: 'Politics' }] },
  ])
  const progress = await h.call(lea, 'GET', `${path}/progress`)
  expect(progress.json.counts).toMatchObject({ items: 1, accepted: 1, annotations: 1, reviews: 2 })
  expect(progress.json.people).toMatchObject([
    { name: 'ana', submitted: 1, accepted: 1, returned: 1 },
    { name: 'ravi', reviewed: 2 },
  ])
  expect(await recount(h.app, projectId)).toEqual([])
})

test('nobody acts on the assignment of another', async () => {
  const { path, people } = await furnish(h, {
    people: { ana: ['associate'], bo: ['associate'] },
    items: 1,
  })
  const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
  const mine = `${path}/assignments/${json.rows[0].assignmentId}`
  for (const [method, end, body] of [
    ['GET', '', undefined],
    ['POST', '/submit', topic('sports')],
    ['PUT', '/draft', { ...topic('sports'), basedOn: 0 }],
    ['POST', '/heartbeat', { activeMs: 0 }],
    ['POST', '/skip', { reason: 'unclear', activeMs: 0 }],
    ['POST', '/release', {}],
    ['POST', '/reopen', {}],
  ] as const)
    expect((await h.call(people.bo, method, mine + end, body)).json.code).toBe(
      'assignment/not-found',
    )
})

test('held items come first unless the page has them already', async () => {
  const { path, people } = await furnish(h, { people: { ana: ['associate'] }, items: 4 })
  const first = await h.call(people.ana, 'POST', `${path}/claim`, { count: 2 })
  const ids = first.json.rows.map((r: { assignmentId: string }) => r.assignmentId)
  const same = await h.call(people.ana, 'POST', `${path}/claim`)
  expect(same.json.rows[0].assignmentId).toBe(ids[0])
  const next = await h.call(people.ana, 'POST', `${path}/claim`, { holding: ids })
  expect(next.json.rows[0].key).toBe('row-0003')
})

describe('a lease that ran out', () => {
  test('is had again by a late submit while the place is free', async () => {
    const { path, people, projectId } = await furnish(h, {
      people: { ana: ['associate'] },
      items: 1,
    })
    const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
    h.clock.advance(1_801_000)
    expect(await sweepLeases(h.app, projectId)).toBe(1)
    expect(await recount(h.app, projectId)).toEqual([])
    const late = await h.call(
      people.ana,
      'POST',
      `${path}/assignments/${json.rows[0].assignmentId}/submit`,
      topic('sports'),
    )
    expect(late.status).toBe(200)
    expect(await recount(h.app, projectId)).toEqual([])
  })

  test('is refused when somebody else has the item, and the answers stay', async () => {
    const { path, people, projectId } = await furnish(h, {
      people: { ana: ['associate'], bo: ['associate'] },
      items: 1,
    })
    const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
    const mine = `${path}/assignments/${json.rows[0].assignmentId}`
    h.clock.advance(1_801_000)
    await sweepLeases(h.app, projectId)
    expect((await h.call(people.bo, 'POST', `${path}/claim`)).json.rows).toHaveLength(1)
    const late = await h.call(people.ana, 'POST', `${mine}/submit`, topic('health'))
    expect([late.status, late.json.code]).toEqual([409, 'assignment/expired'])
    expect((await h.call(people.ana, 'GET', mine)).json).toMatchObject({
      state: 'expired',
      answers: { topic: 'health' },
    })
    const draft = await h.call(people.ana, 'PUT', `${mine}/draft`, {
      ...topic('sports'),
      basedOn: 1,
    })
    expect(draft.json.code).toBe('assignment/expired')
    expect((await h.call(people.ana, 'GET', mine)).json.answers).toEqual({ topic: 'sports' })
    expect(await recount(h.app, projectId)).toEqual([])
  })

  test('on returned work leads back to returned', async () => {
    const { path, people, projectId } = await furnish(h, {
      people: { ana: ['associate'], ravi: ['reviewer'] },
      items: 1,
    })
    const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
    await h.call(
      people.ana,
      'POST',
      `${path}/assignments/${json.rows[0].assignmentId}/submit`,
      topic('sports'),
    )
    const review = await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })
    h.clock.advance(1_801_000)
    await sweepLeases(h.app, projectId)
    const late = await h.call(
      people.ravi,
      'POST',
      `${path}/assignments/${review.json.rows[0].assignmentId}/review`,
      { verdict: 'returned', note: 'No', activeMs: 0 },
    )
    expect(late.status).toBe(200)
    await h.call(people.ana, 'POST', `${path}/claim`)
    h.clock.advance(1_801_000)
    expect(await sweepLeases(h.app, projectId)).toBe(1)
    expect((await h.call(people.ana, 'POST', `${path}/claim`)).json.rows[0].returned.note).toBe(
      'No',
    )
    expect(await recount(h.app, projectId)).toEqual([])
  })
})

test('active time is never longer than what passed', async () => {
  const { path, people, projectId } = await furnish(h, { people: { ana: ['associate'] }, items: 1 })
  const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
  // Every call moves the clock by one millisecond.
  h.clock.advance(7000)
  await h.call(people.ana, 'POST', `${path}/assignments/${json.rows[0].assignmentId}/submit`, {
    ...topic('sports'),
    activeMs: 86_000_000,
  })
  const { rows } = await sql<{
    active_ms: number
  }>`select active_ms from annotations where project_id = ${projectId}`.execute(h.app.db)
  expect(rows).toEqual([{ active_ms: 7001 }])
})

test('an item leaves the queue when more people skipped it than it wants', async () => {
  const { path, people, projectId, owner } = await furnish(h, {
    people: { ana: ['associate'], bo: ['associate'], cy: ['associate'] },
    items: 1,
  })
  const skip = async (person: (typeof people)['ana']) => {
    const { json } = await h.call(person, 'POST', `${path}/claim`)
    const id = json.rows[0]?.assignmentId
    return id
      ? (
          await h.call(person, 'POST', `${path}/assignments/${id}/skip`, {
            reason: 'unclear',
            activeMs: 0,
          })
        ).status
      : 'nothing'
  }
  const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
  const unknown = await h.call(
    people.ana,
    'POST',
    `${path}/assignments/${json.rows[0].assignmentId}/skip`,
    { reason: 'lazy', activeMs: 0 },
  )
  expect(unknown.json.code).toBe('request/invalid')
  expect(await skip(people.ana)).toBe(200)
  expect(await skip(people.ana)).toBe('nothing')
  expect(await skip(people.bo)).toBe(200)
  expect(await skip(people.cy)).toBe('nothing')
  const listed = await h.call(owner, 'GET', `${path}/items`)
  expect(listed.json.rows[0].state).toBe('skipped')
  expect(await recount(h.app, projectId)).toEqual([])
  await h.call(owner, 'POST', `${path}/items/${listed.json.rows[0].itemId}/restore`)
  expect(await recount(h.app, projectId)).toEqual([])
  expect(await skip(people.ana)).toBe(200)
})

test('a submitted item can be reopened until a reviewer has it, and no reviewer gets it meanwhile', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'] },
    items: 1,
  })
  const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
  const mine = `${path}/assignments/${json.rows[0].assignmentId}`
  await h.call(people.ana, 'POST', `${mine}/submit`, topic('sports'))
  expect((await h.call(people.ana, 'GET', `${path}/assignments`)).json.rows).toMatchObject([
    { state: 'submitted', mayReopen: true },
  ])
  expect((await h.call(people.ana, 'POST', `${mine}/reopen`)).json).toMatchObject({
    state: 'leased',
    answers: { topic: 'sports' },
  })
  expect(
    (await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })).json.rows,
  ).toEqual([])
  expect((await h.call(people.ana, 'POST', `${mine}/release`)).status).toBe(200)
  expect(
    (await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })).json.rows,
  ).toHaveLength(1)
  expect((await h.call(people.ana, 'POST', `${mine}/reopen`)).json.code).toBe(
    'assignment/wrong-state',
  )
  expect(await recount(h.app, projectId)).toEqual([])
})

test('pairs are blind: slots on the page, candidate ids in the annotation', async () => {
  const { path, people, projectId, owner } = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'] },
    items: 8,
    schema: pairSchema,
    inputs: (n) => ({
      chat: {
        messages: [{ id: 't1', role: 'user', parts: [{ type: 'text', text: `Question ${n}` }] }],
        candidates: ['alpha', 'beta'].map((id) => ({
          id,
          model: `model-${id}`,
          messages: [
            { id: 't2', role: 'assistant', parts: [{ type: 'text', text: `says ${id}` }] },
          ],
        })),
      },
    }),
  })
  const left: string[] = []
  for (let n = 0; n < 8; n++) {
    const { json } = await h.call(people.ana, 'POST', `${path}/claim`)
    const [work] = json.rows
    expect(JSON.stringify(work)).not.toContain('model-')
    left.push(
      JSON.stringify(work.inputs.chat.candidates[0]).includes('says alpha') ? 'alpha' : 'beta',
    )
    const unknown = await h.call(
      people.ana,
      'POST',
      `${path}/assignments/${work.assignmentId}/submit`,
      { answers: { better: { better: 'alpha' } }, activeMs: 0 },
    )
    expect(unknown.status).toBe(422)
    await h.call(people.ana, 'POST', `${path}/assignments/${work.assignmentId}/submit`, {
      answers: { better: { better: 'A' } },
      activeMs: 0,
    })
  }
  const { rows } = await sql<{
    better: string
  }>`select answers->'better'->>'better' as better from annotations where project_id = ${projectId} order by ordinal`.execute(
    h.app.db,
  )
  expect(rows.map((r) => r.better)).toEqual(left)
  // Sides swap within each pair of ordinals: 2 and 3, 4 and 5, 6 and 7.
  expect(left.slice(1, 7).filter((id) => id === 'alpha')).toHaveLength(3)
  const review = await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })
  expect(review.json.rows[0].answers).toEqual({ better: { better: 'A' } })
  const seen = await h.call(owner, 'GET', `${path}/items/${review.json.rows[0].itemId}`)
  expect(seen.json.annotations[0].revisions[0].answers).toEqual({ better: { better: left[0] } })
  expect(seen.json.inputs.chat.candidates.map((c: { slot: string }) => c.slot)).toEqual([
    'alpha',
    'beta',
  ])
  const other = left[0] === 'alpha' ? 'beta' : 'alpha'
  expect(seen.json.annotations[0].shownOrder).toEqual({ chat: [left[0], other] })
  const judged = await h.call(people.ravi, 'GET', `${path}/items/${review.json.rows[0].itemId}`)
  expect(judged.json.annotations[0]).not.toHaveProperty('shownOrder')
  expect(JSON.stringify(judged.json)).not.toMatch(/"(alpha|beta)"/)
})

test('Today counts what this person can still be given: not what they did and others still owe', async () => {
  const { path, people } = await furnish(h, {
    people: { ana: ['associate'], bela: ['associate'] },
    items: 2,
    wanted: 2,
  })
  const { ana, bela } = people
  const waits = async (who: typeof ana) => {
    const { json } = await h.call(who, 'GET', '/today')
    return [json.next?.stage, json.projects[0].toAnnotate]
  }
  expect(await waits(ana)).toEqual(['annotate', 2])
  const { rows } = (await h.call(ana, 'POST', `${path}/claim`, { count: 2 })).json
  expect(await waits(ana)).toEqual(['annotate', 2])
  for (const row of rows) {
    await h.call(ana, 'POST', `${path}/assignments/${row.assignmentId}/submit`, topic('sports'))
  }
  expect(await waits(ana)).toEqual([undefined, 0])
  expect(await waits(bela)).toEqual(['annotate', 2])
})
