import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { furnish, type House, house, recount } from '../fixtures/index.ts'
import { searchIndex } from './search-index.ts'
import { searchQuery, searchWords } from './words.ts'

let h: House
beforeAll(async () => {
  h = await house()
})
afterAll(() => h.close())

type Row = {
  itemId: string
  ordinal: number
  key: string
  state: string
  annotations: number
  activeMs: number
  updatedAt: string
  authors: string[]
}
const topics = ['sports', 'politics', 'health'] as const

/** Thirty items: 20 worked on by two people, some reviewed, ten open. */
async function worked() {
  const f = await furnish(h, {
    people: { ana: ['associate'], bo: ['associate'], ravi: ['reviewer'], lea: ['lead'] },
    items: 30,
  })
  for (let n = 0; n < 20; n++) {
    const person = n % 3 === 0 ? f.people.bo : f.people.ana
    const { json } = await h.call(person, 'POST', `${f.path}/claim`)
    h.clock.advance(1000 + ((n * 7919) % 5000))
    await h.call(person, 'POST', `${f.path}/assignments/${json.rows[0].assignmentId}/submit`, {
      answers: { topic: topics[n % 3] },
      activeMs: ((n * 37) % 11) * 100,
    })
  }
  for (let n = 0; n < 9; n++) {
    const { json } = await h.call(f.people.ravi, 'POST', `${f.path}/claim`, { stage: 'review' })
    const verdict = n % 3 === 0 ? 'returned' : 'accepted'
    await h.call(
      f.people.ravi,
      'POST',
      `${f.path}/assignments/${json.rows[0].assignmentId}/review`,
      {
        verdict,
        note: 'Look again',
        activeMs: 0,
      },
    )
  }
  await searchIndex.run({
    app: h.app,
    projectId: f.projectId,
    jobId: h.app.newId(),
    signal: new AbortController().signal,
    cancelled: () => false,
    report: () => {},
  })
  const list = async (query: Record<string, unknown>): Promise<Row[]> => {
    const rows: Row[] = []
    for (let after: string | undefined; ; ) {
      const text = Object.entries({ ...query, ...(after ? { after } : {}) })
        .map(
          ([k, v]) => `${k}=${encodeURIComponent(typeof v === 'string' ? v : JSON.stringify(v))}`,
        )
        .join('&')
      const { status, json } = await h.call(f.people.lea, 'GET', `${f.path}/items?${text}`)
      expect(status, JSON.stringify(json)).toBe(200)
      rows.push(...json.rows)
      if (!json.next) return rows
      after = json.next
    }
  }
  return { ...f, list }
}

const keyOf = {
  ordinal: (r: Row) => r.ordinal,
  key: (r: Row) => r.key,
  updatedAt: (r: Row) => r.updatedAt,
  annotations: (r: Row) => r.annotations,
  activeMs: (r: Row) => r.activeMs,
}
const by = (sort: keyof typeof keyOf) => (a: Row, b: Row) => {
  const [x, y] = [keyOf[sort](a), keyOf[sort](b)]
  return x < y ? -1 : x > y ? 1 : a.ordinal - b.ordinal
}

test('every order under every filter lists exactly what fits, page by page, each once', async () => {
  const { list, people } = await worked()
  const all = await list({})
  expect(all).toHaveLength(30)
  const middle = all.map((r) => r.updatedAt).sort()[20] ?? ''
  const { json: me } = await h.call(people.ana, 'GET', '/me')
  const filters: [object, (r: Row) => boolean][] = [
    [{}, () => true],
    [{ state: ['open'] }, (r) => r.state === 'open'],
    [{ state: ['accepted', 'returned'] }, (r) => ['accepted', 'returned'].includes(r.state)],
    [{ state: [] }, () => false],
    [{ author: me.userId }, (r) => r.authors.includes('ana')],
    [{ verdict: 'returned' }, (r) => r.state === 'returned'],
    [
      { answers: [{ field: 'topic', value: 'sports' }] },
      (r) => r.ordinal <= 20 && (r.ordinal - 1) % 3 === 0,
    ],
    [
      {
        answers: [
          { field: 'topic', value: 'sports' },
          { field: 'topic', value: 'health' },
        ],
      },
      () => false,
    ],
    [
      { author: me.userId, verdict: 'accepted' },
      (r) => r.authors.includes('ana') && r.state === 'accepted',
    ],
    [{ updatedFrom: middle }, (r) => r.updatedAt >= middle],
    [
      { updatedTo: middle, state: ['annotated'] },
      (r) => r.updatedAt < middle && r.state === 'annotated',
    ],
    [{ search: 'numb 2' }, (r) => /^2/.test(String(r.ordinal))],
    [{ search: 'ROW number' }, () => true],
    [{ search: '!?' }, () => false],
    [{ search: 'absent' }, () => false],
  ]
  for (const [filter, fits] of filters)
    for (const sort of Object.keys(keyOf) as (keyof typeof keyOf)[])
      for (const direction of ['asc', 'desc'] as const) {
        const expected = all.filter(fits).sort(by(sort))
        if (direction === 'desc') expected.reverse()
        const listed = await list({ filter, sort, direction, limit: '7' })
        expect(
          listed.map((r) => r.ordinal),
          JSON.stringify({ filter, sort, direction }),
        ).toEqual(expected.map((r) => r.ordinal))
      }
})

test('cursors of another order, or of nobody, are refused', async () => {
  const { path, people } = await furnish(h, { people: { lea: ['lead'] }, items: 3 })
  const first = await h.call(people.lea, 'GET', `${path}/items?limit=1`)
  for (const after of [
    first.json.next,
    'x',
    'W10',
    Buffer.from('["key","a","b"]').toString('base64url'),
  ]) {
    const { status, json } = await h.call(
      people.lea,
      'GET',
      `${path}/items?sort=key&after=${after}`,
    )
    expect([status, json.code]).toEqual([400, 'item/filter-invalid'])
  }
  for (const [sort, key] of [
    ['annotations', 99_999],
    ['updatedAt', '0000-01-01T00:00:00Z'],
  ]) {
    const after = Buffer.from(JSON.stringify([sort, key, 1])).toString('base64url')
    const { status } = await h.call(people.lea, 'GET', `${path}/items?sort=${sort}&after=${after}`)
    expect(status).toBe(400)
  }
})

test('a removed item is nowhere, and comes back as it was', async () => {
  const { path, people, projectId } = await furnish(h, {
    people: { ana: ['associate'], ravi: ['reviewer'], lea: ['lead'] },
    items: 2,
  })
  const { json } = await h.call(people.ana, 'POST', `${path}/claim`, { count: 2 })
  const [done, held] = json.rows
  await h.call(people.ana, 'POST', `${path}/assignments/${done.assignmentId}/submit`, {
    answers: { topic: 'sports' },
    activeMs: 0,
  })
  for (const { itemId } of json.rows) {
    expect((await h.call(people.lea, 'DELETE', `${path}/items/${itemId}`)).status).toBe(200)
    expect((await h.call(people.lea, 'DELETE', `${path}/items/${itemId}`)).status).toBe(200)
  }
  expect(await recount(h.app, projectId)).toEqual([])
  expect((await h.call(people.lea, 'GET', `${path}/items`)).json.rows).toEqual([])
  expect(
    (await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })).json.rows,
  ).toEqual([])
  const late = await h.call(people.ana, 'POST', `${path}/assignments/${held.assignmentId}/submit`, {
    answers: { topic: 'sports' },
    activeMs: 0,
  })
  expect(late.json.code).toBe('assignment/expired')
  for (const { itemId } of json.rows)
    expect((await h.call(people.lea, 'POST', `${path}/items/${itemId}/restore`)).status).toBe(200)
  expect(await recount(h.app, projectId)).toEqual([])
  expect(
    (await h.call(people.ravi, 'POST', `${path}/claim`, { stage: 'review' })).json.rows,
  ).toHaveLength(1)
})

test('an item whose key was taken meanwhile is not restored', async () => {
  const { path, people, projectId } = await furnish(h, { people: { lea: ['lead'] }, items: 2 })
  const { json } = await h.call(people.lea, 'GET', `${path}/items`)
  await h.call(people.lea, 'DELETE', `${path}/items/${json.rows[0].itemId}`)
  await sql`update items set key = 'row-0001' where project_id = ${projectId} and ordinal = 2`.execute(
    h.app.db,
  )
  const refused = await h.call(people.lea, 'POST', `${path}/items/${json.rows[0].itemId}/restore`)
  expect([refused.status, refused.json.code]).toEqual([409, 'item/key-taken'])
})

describe('search words', () => {
  test('keep Devanagari words with their marks whole, and ignore case, width and punctuation', () => {
    expect(searchWords('“क्रिकेट” की ख़बर, World-Cup 2026!')).toEqual([
      'क्रिकेट',
      'की',
      'ख़बर'.normalize('NFC'),
      'world',
      'cup',
      '2026',
    ])
    expect(searchWords('Cafe\u0301 CAFÉ')).toEqual(['café'])
    const joined = ['क्षेत्र', 'क्\u200dषेत्र', 'क्\u200cषेत्र']
    expect(searchWords(joined.join(' '))).toEqual(['क्षेत्र'])
    expect(searchQuery('क्\u200dषे')).toBe("'क्षे':*")
    expect(searchWords('👩‍👩‍👧 … ')).toEqual([])
  })
  test('stay within bounds whatever is written', () => {
    expect(
      searchWords(Array.from({ length: 500 }, (_, n) => `w${n}`).join(' ')).length,
    ).toBeLessThanOrEqual(60)
    expect(searchWords('𝒳'.repeat(5000)).every((w) => [...w].length <= 64)).toBe(true)
  })
  test('what is typed is never a query of its own', async () => {
    for (const typed of ["a' | 'b", 'a & !b', "\\' :*", 'क्रि', '((('])
      await sql`select ${searchQuery(typed) ?? ''}::tsquery`.execute(h.app.db)
    expect(searchQuery("x' | !'y")).toBe("'x':* & 'y':*")
  })
})
