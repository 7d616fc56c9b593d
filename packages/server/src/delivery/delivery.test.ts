import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { format, type ReadRow } from '@kasauti/catalog'
import { encodeId } from '@kasauti/core'
import { type TestApp, testApp } from '@kasauti/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { routes as itemRoutes } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { runJob } from '../platform/jobs/run-job.ts'
import { jobKinds, routes } from './index.ts'

let app: TestApp
const users: string[] = []
beforeAll(async () => {
  app = await testApp()
  for (let i = 0; i < 3; i++) {
    users.push(app.newId())
    await app.pool.query(
      `insert into users (user_id, email, name, password_hash, preferences, created_at) values ($1, $2, $3, 'x', '{}', now())`,
      [users[i], `u${i}@example.org`, `User ${i}`],
    )
  }
})
afterAll(() => app.close())

const schema = {
  inputs: [{ id: 'text', kind: 'text' }],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic' },
      config: {
        mode: 'multiple',
        options: [
          { value: 'a', title: { en: 'A' } },
          { value: 'b', title: { en: 'B' } },
        ],
      },
    },
    { id: 'note', kind: 'text', title: { en: 'Note' }, required: false, config: { lines: 'many' } },
  ],
}
const nasty = 'तीन, "उद्धरण"\nnext\tline \\ back 🌉 <b>x</b>'

/** `n` items; every one not a multiple of 3 has two annotations; states go round. */
async function project(n: number): Promise<string> {
  const p = app.newId()
  const one = (text: string, values: unknown[]) => app.pool.query(text, values)
  await one(
    `insert into projects (project_id, name, summary, created_by, created_at, schema_version, settings, seed) values ($1, 'परियोजना', '', $2, now(), 1, '{}', 1)`,
    [p, users[0]],
  )
  await one(
    `insert into batches (project_id, batch_id, name, state, created_by, created_at) values ($1, $1, '', 'open', $2, now())`,
    [p, users[0]],
  )
  await one(
    `insert into task_schemas (project_id, version, schema, note, created_by, created_at) values ($1, 1, $2, '', $3, now())`,
    [p, JSON.stringify(schema), users[0]],
  )
  for (let i = 1; i <= n; i++) {
    const item = app.newId()
    const state = i % 3 === 0 ? 'open' : i % 3 === 1 ? 'accepted' : 'returned'
    await one(
      `insert into items (project_id, item_id, batch_id, ordinal, rank, key, state, wanted, slots, created_at, updated_at) values ($1, $2, $1, $3, $3, $4, $5, 2, 0, now(), now())`,
      [p, item, i, `key "${i}"`, state],
    )
    await one(
      `insert into item_inputs (project_id, item_id, inputs, preview) values ($1, $2, $3, 'x')`,
      [p, item, JSON.stringify({ text: { text: `${i} ${nasty}` } })],
    )
    if (state === 'open') continue
    for (const author of users.slice(1)) {
      const annotation = app.newId()
      await one(
        `insert into annotations (project_id, annotation_id, item_id, batch_id, ordinal, author_id, assignment_id, state, revision, answers, schema_version, active_ms, hash, submitted_at, updated_at)
         values ($1, $2, $3, $1, $4, $5, $6, $7, 2, $8, 1, 1234, 'h"1', $9, now())`,
        [
          p,
          annotation,
          item,
          i,
          author,
          app.newId(),
          state === 'accepted' ? 'accepted' : 'returned',
          JSON.stringify({ topic: ['a', 'b'], note: '=SUM(A1)' }),
          `2026-01-05T09:00:00.12${users.indexOf(author)}Z`,
        ],
      )
      if (author !== users[1]) continue
      for (const [day, verdict] of [
        ['01', 'returned'],
        ['02', state === 'accepted' ? 'fixed' : 'returned'],
      ] as const)
        await one(
          `insert into reviews (project_id, review_id, annotation_id, item_id, ordinal, assignment_id, revision, reviewer_id, verdict, note, active_ms, created_at) values ($1, $2, $3, $4, $5, $6, 1, $7, $8, '', 1, $9)`,
          [
            p,
            app.newId(),
            annotation,
            item,
            i,
            app.newId(),
            users[0],
            verdict,
            `2026-02-${day}T00:00:00Z`,
          ],
        )
    }
  }
  return p
}
const ctx = (db: Ctx['db'] = app.db): Ctx => ({
  app,
  db,
  now: app.now(),
  caller: { userId: users[0] ?? '', name: 'User 0', admin: false },
  access: { projectId: '', roles: ['lead'] },
  ip: '',
  device: '',
  origin: '',
  afterCommit: (run) => run(),
  setHeader: () => {},
  ifMatch: undefined,
})
type Body = Parameters<(typeof routes)['delivery.create']>[1]['body']
const create = (projectId: string, body: Partial<Body> = {}) =>
  app.db.transaction().execute((db) =>
    routes['delivery.create'](ctx(db), {
      params: { projectId },
      query: {},
      body: {
        name: 'March / 1',
        formats: ['jsonl', 'csv', 'json'],
        states: ['accepted', 'returned'],
        ...body,
      },
    }),
  )
const run = async (
  projectId: string,
  jobId: string,
  over: { app?: TestApp; stopping?: AbortSignal } = {},
) => {
  const [kind] = jobKinds
  if (kind)
    await runJob(over.app ?? app, kind, {
      projectId,
      jobId,
      stopping: over.stopping ?? new AbortController().signal,
    })
}
const get = (projectId: string, deliveryId: string) =>
  routes['delivery.get'](ctx(), { params: { projectId, deliveryId }, query: {}, body: {} })
const download = async (projectId: string, deliveryId: string, name: string) => {
  const file = await routes['delivery.file'](ctx(), {
    params: { projectId, deliveryId, name },
    query: {},
    body: {},
  })
  const parts: Uint8Array[] = []
  for await (const part of file.body) parts.push(part)
  return { ...file, content: Buffer.concat(parts) }
}

it('writes what was labelled, whole, counted and checksummed', async () => {
  const p = await project(9)
  const made = await create(p)
  expect(made.state).toBe('queued')
  await run(p, made.jobId)
  const done = await get(p, made.deliveryId)
  expect(done).toMatchObject({
    state: 'done',
    createdBy: 'User 0',
    manifest: {
      name: 'March / 1',
      project: 'परियोजना',
      madeBy: 'User 0',
      items: 6,
      annotations: 12,
      itemsByState: { accepted: 3, returned: 3 },
      schemaVersions: [1],
      states: ['accepted', 'returned'],
    },
  })
  for (const entry of done.manifest?.files ?? []) {
    const { content, bytes, fileName } = await download(p, made.deliveryId, entry.name)
    expect(content.length).toBe(entry.bytes)
    expect(bytes).toBe(entry.bytes)
    expect(createHash('sha256').update(content).digest('hex')).toBe(entry.sha256)
    expect(fileName).toBe(`March - 1-${entry.name}`)
  }
  const jsonl = (await download(p, made.deliveryId, 'annotations.jsonl')).content.toString('utf8')
  const lines = jsonl
    .trimEnd()
    .split('\n')
    .map((l) => JSON.parse(l))
  expect(lines.map((l) => l.key)).toEqual([1, 2, 4, 5, 7, 8].map((i) => `key "${i}"`))
  expect(lines[0]).toEqual({
    key: 'key "1"',
    state: 'accepted',
    inputs: { text: { text: `1 ${nasty}` } },
    annotations: [1, 2].map((u) => ({
      author: encodeId('usr', users[u] ?? ''),
      state: 'accepted',
      answers: { topic: ['a', 'b'], note: '=SUM(A1)' },
      schemaVersion: 1,
      revision: 2,
      verdict: u === 1 ? 'fixed' : null,
      activeMs: 1234,
      submittedAt: `2026-01-05T09:00:00.12${u}Z`,
      hash: 'h"1',
    })),
  })
  expect(
    JSON.parse((await download(p, made.deliveryId, 'annotations.json')).content.toString('utf8')),
  ).toEqual(lines)
  const csv = (await download(p, made.deliveryId, 'annotations.csv')).content
  expect(csv.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  const rows: ReadRow[] = []
  async function* bytes() {
    yield new Uint8Array(csv)
  }
  for await (const b of format('csv')?.read(
    bytes(),
    { encoding: 'utf-8', header: true },
    { rowBytes: 1e6, columns: 100 },
  ) ?? [])
    rows.push(...b)
  expect(rows).toHaveLength(12)
  expect(rows[0]).toMatchObject({
    row: {
      key: 'key "1"',
      state: 'accepted',
      'answers.note': '=SUM(A1)',
      author: encodeId('usr', users[1] ?? ''),
      verdict: 'fixed',
      activeMs: '1234',
      submittedAt: '2026-01-05T09:00:00.121Z',
    },
  })
  expect(csv.toString('utf8')).toContain("'=SUM(A1)")
  const manifest = JSON.parse(
    (await download(p, made.deliveryId, 'manifest.json')).content.toString('utf8'),
  )
  expect(manifest).toEqual(done.manifest)
  const told = await app.pool.query(
    `select kind, params from notifications where on_project_id = $1`,
    [p],
  )
  expect(told.rows).toEqual([{ kind: 'delivery-done', params: { name: 'March / 1' } }])
})

it('holds items without annotations too, and refuses an empty selection', async () => {
  const p = await project(3)
  const made = await create(p, { states: ['open'], formats: ['jsonl', 'csv'] })
  await run(p, made.jobId)
  expect(await get(p, made.deliveryId)).toMatchObject({
    state: 'done',
    manifest: { items: 1, annotations: 0, files: [{ rows: 1 }, { rows: 1 }] },
  })
  await expect(create(p, { states: ['skipped'] })).rejects.toMatchObject({ code: 'delivery/empty' })
  await expect(download(p, made.deliveryId, '../../../etc/passwd')).rejects.toMatchObject({
    code: 'delivery/not-found',
  })
  await expect(get(app.newId(), made.deliveryId)).rejects.toMatchObject({
    code: 'delivery/not-found',
  })
})

it('is followed while it is written, and stays as it was when work goes on', async () => {
  const p = await project(30)
  const made = await create(p, { formats: ['jsonl'] })
  const following = download(p, made.deliveryId, 'annotations.jsonl')
  await expect(download(p, made.deliveryId, 'manifest.json')).rejects.toMatchObject({
    code: 'delivery/not-ready',
  })
  await run(p, made.jobId)
  const followed = await following
  await app.pool.query(`update annotations set answers = '{}' where project_id = $1`, [p])
  const later = await download(p, made.deliveryId, 'annotations.jsonl')
  expect(followed.content.equals(later.content)).toBe(true)
  expect(followed.content.toString('utf8').trimEnd().split('\n')).toHaveLength(20)
})

it('that is stopped leaves nothing, and begins anew or ends; a follower is cut off, not fooled', async () => {
  const p = await project(30)
  const made = await create(p, { formats: ['jsonl'] })
  const stopping = new AbortController()
  stopping.abort()
  await run(p, made.jobId, { stopping: stopping.signal }).catch(() => {})
  expect((await get(p, made.deliveryId)).state).toBe('queued')
  const dir = join(app.filesDir, 'deliveries', p, made.deliveryId)
  expect(existsSync(dir)).toBe(false)
  await run(p, made.jobId)
  expect((await get(p, made.deliveryId)).state).toBe('done')
  expect(readdirSync(dir).sort()).toEqual(['annotations.jsonl', 'manifest.json'])
  expect(readFileSync(join(dir, 'manifest.json'), 'utf8')).toContain('"items": 20')

  const other = await create(p, { formats: ['jsonl'] })
  const following = download(p, other.deliveryId, 'annotations.jsonl')
  await app.db.transaction().execute((db) =>
    routes['delivery.cancel'](ctx(db), {
      params: { projectId: p, deliveryId: other.deliveryId },
      query: {},
      body: {},
    }),
  )
  await run(p, other.jobId)
  await expect(following).rejects.toMatchObject({ code: 'delivery/not-ready' })
  expect((await get(p, other.deliveryId)).state).toBe('cancelled')
  await expect(
    app.db.transaction().execute((db) =>
      routes['delivery.cancel'](ctx(db), {
        params: { projectId: p, deliveryId: other.deliveryId },
        query: {},
        body: {},
      }),
    ),
  ).rejects.toMatchObject({ code: 'job/not-running' })
  const list = await routes['delivery.list'](ctx(), {
    params: { projectId: p },
    query: { limit: 1 },
    body: {},
  })
  expect(list.rows.map((r) => r.deliveryId)).toEqual([other.deliveryId])
  const next = await routes['delivery.list'](ctx(), {
    params: { projectId: p },
    query: { limit: 1, after: list.next },
    body: {},
  })
  expect(next.rows.map((r) => r.deliveryId)).toEqual([made.deliveryId])
})

it('carries inputs of many megabytes through', async () => {
  const p = await project(2)
  const big = 'क'.repeat(2_000_000)
  await app.pool.query(`update item_inputs set inputs = $2 where project_id = $1`, [
    p,
    JSON.stringify({ text: { text: big } }),
  ])
  const made = await create(p, { formats: ['jsonl', 'csv'] })
  await run(p, made.jobId)
  expect((await get(p, made.deliveryId)).manifest?.items).toBe(2)
  const { content } = await download(p, made.deliveryId, 'annotations.jsonl')
  expect(JSON.parse(content.toString('utf8').split('\n')[0] ?? '').inputs.text.text).toBe(big)
})

it('is told in the history of the items that its snapshot held, and of no others', async () => {
  const p = await project(9)
  const made = await create(p, { formats: ['csv'] })
  await run(p, made.jobId)
  await app.pool.query(`update items set state = 'accepted' where project_id = $1`, [p])
  const found = await app.pool.query<{ ordinal: number; item_id: string }>(
    `select ordinal, item_id from items where project_id = $1 order by ordinal`,
    [p],
  )
  const told: number[] = []
  for (const { ordinal, item_id } of found.rows) {
    const item = await itemRoutes['item.get'](ctx(), {
      params: { projectId: p, itemId: item_id },
      query: {},
      body: {},
    })
    const delivered = item.history.filter((h) => h.kind === 'delivered')
    expect(delivered.length).toBeLessThan(2)
    if (delivered[0]) {
      told.push(ordinal)
      expect(delivered[0]).toMatchObject({ by: 'User 0', note: 'March / 1' })
    }
  }
  expect(told).toEqual([1, 2, 4, 5, 7, 8])
  const audited = await app.pool.query<{ what: string }>(
    `select what from audit_events where on_project_id = $1 or detail ->> 'deliveryId' = $2`,
    [p, made.deliveryId],
  )
  expect(audited.rows.map((r) => r.what)).toContain('delivery.created')
})

it('marks the decision of an adjudicator, and hands it over alone when that is asked for', async () => {
  const p = await project(2)
  await app.pool.query(`update items set decided = true where project_id = $1 and ordinal = 1`, [p])
  await app.pool.query(
    `insert into annotations (project_id, annotation_id, item_id, batch_id, ordinal, author_id, assignment_id, stage, state, revision, answers, schema_version, active_ms, hash, submitted_at, updated_at)
     select i.project_id, $2, i.item_id, i.batch_id, 1, $3, $4, 'adjudicate', 'accepted', 1, '{"topic": ["b"]}', 1, 5, 'd', now(), now()
     from items i where i.project_id = $1 and i.ordinal = 1`,
    [p, app.newId(), users[0], app.newId()],
  )
  const finals = async (answers: 'all' | 'final') => {
    const made = await create(p, { answers })
    await run(p, made.jobId)
    const { content } = await download(p, made.deliveryId, 'annotations.jsonl')
    const sheet = await download(p, made.deliveryId, 'annotations.csv')
    const items = content.toString('utf8').trimEnd().split('\n')
    return {
      lines: items.map((l) => JSON.parse(l).annotations.map((a: { final?: boolean }) => a.final)),
      cells: sheet.content
        .toString('utf8')
        .trimEnd()
        .split(/\r?\n/)
        .map((l) => l.split(',').at(-1)),
    }
  }
  expect(await finals('all')).toEqual({
    lines: [
      [false, false, true],
      [undefined, undefined],
    ],
    cells: ['final', 'false', 'false', 'true', '', ''],
  })
  expect(await finals('final')).toEqual({
    lines: [[true], [undefined, undefined]],
    cells: ['final', 'true', '', ''],
  })
})
