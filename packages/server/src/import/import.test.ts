import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { simpleWorkflow } from '@kasauti/core'
import { type TestApp, testApp } from '@kasauti/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { routes as jobRoutes } from '../job/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { runJob } from '../platform/jobs/run-job.ts'
import { routes as uploadRoutes } from '../upload/index.ts'
import { insertWorkflow } from '../workflow/index.ts'
import { chunkLimits } from './chunk.ts'
import { jobKinds, routes } from './index.ts'

let app: TestApp
let userId: string
beforeAll(async () => {
  app = await testApp()
  userId = app.newId()
  await app.pool.query(
    `insert into users (user_id, email, name, password_hash, preferences, created_at) values ($1, 'lead@example.org', 'Lead', 'x', '{}', now())`,
    [userId],
  )
})
afterAll(() => app.close())

const text = {
  inputs: [{ id: 'text', kind: 'text' }],
  fields: [{ id: 'topic', kind: 'text', title: { en: 'Topic' }, config: { lines: 'one' } }],
}
const chat = { inputs: [{ id: 'chat', kind: 'conversation' }], fields: text.fields }

async function project(schema: unknown = text): Promise<string> {
  const projectId = app.newId()
  await app.pool.query(
    `insert into projects (project_id, name, summary, created_by, created_at, schema_version, settings, seed)
     values ($1, 'P', '', $2, now(), 1, '{}', 1)`,
    [projectId, userId],
  )
  await app.pool.query(
    `insert into batches (project_id, batch_id, name, state, created_by, created_at)
     values ($1, $1, '', 'open', $2, now())`,
    [projectId, userId],
  )
  await app.pool.query(
    `insert into task_schemas (project_id, version, schema, note, created_by, created_at) values ($1, 1, $2, '', $3, now())`,
    [projectId, JSON.stringify(schema), userId],
  )
  await insertWorkflow(app.db, {
    projectId,
    version: 1,
    workflow: simpleWorkflow({ overlap: 2, review: 'none' }),
    note: '',
    createdBy: userId,
    now: app.now(),
  })
  return projectId
}
const ctx = (db: Ctx['db'] = app.db): Ctx => ({
  app,
  db,
  now: app.now(),
  caller: { userId, name: 'Lead', admin: false },
  access: { projectId: '', roles: ['lead'] },
  ip: '',
  device: '',
  origin: '',
  afterCommit: (run) => run(),
  setHeader: () => {},
  ifMatch: undefined,
})
const upload = (
  projectId: string,
  content: string | Uint8Array | readonly (string | Uint8Array)[],
  fileName = 'rows.jsonl',
) =>
  uploadRoutes['upload.create'](ctx(), {
    params: { projectId },
    query: { fileName },
    body: {},
    stream: Readable.from(
      (Array.isArray(content) ? content : [content]).map((c) => Buffer.from(c as string)),
      { objectMode: false },
    ),
  })
type StartBody = Parameters<(typeof routes)['import.start']>[1]['body']
const start = (projectId: string, uploadId: string, more: Partial<StartBody> = {}) =>
  app.db.transaction().execute((db) =>
    routes['import.start'](ctx(db), {
      params: { projectId },
      query: {},
      body: { uploadId, again: false, ...more },
    }),
  )
const run = async (projectId: string, jobId: string, stopping = new AbortController().signal) => {
  const [kind] = jobKinds
  if (kind) await runJob(app, kind, { projectId, jobId, stopping })
}
const get = (projectId: string, importId: string) =>
  routes['import.get'](ctx(), { params: { projectId, importId }, query: {}, body: {} })
async function importAll(
  projectId: string,
  content: string | Uint8Array | readonly (string | Uint8Array)[],
  fileName?: string,
  more: Partial<StartBody> = {},
) {
  const { uploadId } = await upload(projectId, content, fileName)
  const started = await start(projectId, uploadId, more)
  await run(projectId, started.jobId)
  return get(projectId, started.importId)
}
const items = async (projectId: string) =>
  (
    await app.pool.query<{
      key: string
      ordinal: number
      inputs: { text: { text: string } }
      preview: string
      wanted: number
      slots: number
      import_id: string
    }>(
      `select i.key, i.ordinal, i.wanted, i.slots, i.import_id, x.inputs, x.preview from items i join item_inputs x on x.project_id = i.project_id and x.item_id = i.item_id
     where i.project_id = $1 and i.removed_at is null order by i.ordinal`,
      [projectId],
    )
  ).rows
const counts = async (projectId: string) =>
  (
    await app.pool.query<{ items: number; open: number }>(
      `select sum(c.items)::int as items, sum(c.open)::int as open from project_counts c where c.project_id = $1`,
      [projectId],
    )
  ).rows[0]
const rejectsFile = async (projectId: string, importId: string) => {
  const file = await routes['import.rejects'](ctx(), {
    params: { projectId, importId },
    query: {},
    body: {},
  })
  const parts: Uint8Array[] = []
  for await (const part of file.body) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
const lines = (n: number, from = 0) =>
  Array.from(
    { length: n },
    (_, i) =>
      `{"id":"k${i + from}","text":"वाक्य ${i + from} — tab\\t, \\\\ and \\"quotes\\" 🌉\\nsecond line"}\n`,
  ).join('')

describe('an import', () => {
  it('brings rows in as items, in order, with what the project wants of them', async () => {
    const p = await project()
    const done = await importAll(p, lines(3))
    expect(done).toMatchObject({
      state: 'done',
      items: 3,
      rejected: 0,
      duplicates: 0,
      mapping: { key: 'id', inputs: { text: { column: 'text' } } },
      startedBy: 'Lead',
    })
    const rows = await items(p)
    expect(rows.map((r) => [r.key, r.ordinal, r.wanted, r.slots, r.import_id])).toEqual([
      ['k0', 1, 2, 2, done.importId],
      ['k1', 2, 2, 2, done.importId],
      ['k2', 3, 2, 2, done.importId],
    ])
    expect(rows[1]?.inputs).toEqual({
      text: { text: 'वाक्य 1 — tab\t, \\ and "quotes" 🌉\nsecond line' },
    })
    expect(rows[1]?.preview).toContain('वाक्य 1')
    expect(await counts(p)).toEqual({ items: 3, open: 3 })
    const jobs = await jobRoutes['job.list'](ctx(), {
      params: { projectId: p },
      query: {},
      body: {},
    })
    expect(jobs.rows.map((j) => [j.kind, j.state])).toContainEqual(['import', 'done'])
    expect(jobs.rows.map((j) => j.kind)).toContain('search-index')
    const told = await app.pool.query(
      `select kind, params from notifications where on_project_id = $1`,
      [p],
    )
    expect(told.rows).toMatchObject([
      { kind: 'import-done', params: { name: 'rows.jsonl', items: '3' } },
    ])
  })

  it('takes how unsure a model is along, and ranks by it where a project hands out so', async () => {
    const p = await project()
    await app.pool.query(
      `update projects set settings = settings || '{"queue": {"order": "uncertainty"}}' where project_id = $1`,
      [p],
    )
    const csv = 'id,text,uncertainty\na,एक,0.2\nb,दो,0.9\nc,तीन,\nd,चार,1.5\ne,पाँच,oft\nf,छह,1\n'
    const { uploadId } = await upload(p, csv, 'rows.csv')
    const mapping = {
      key: 'id',
      uncertainty: 'uncertainty',
      inputs: { text: { column: 'text' } },
    }
    const started = await start(p, uploadId, { mapping })
    await run(p, started.jobId)
    expect(await get(p, started.importId)).toMatchObject({ items: 4, rejected: 2, mapping })
    expect(await rejectsFile(p, started.importId)).toContain('not a number from 0 to 1')
    const { rows } = await app.pool.query(
      'select key, uncertainty from items where project_id = $1 order by rank',
      [p],
    )
    expect(rows.map((r) => [r.key, r.uncertainty])).toEqual([
      ['f', 1],
      ['b', 0.9],
      ['a', 0.2],
      ['c', null],
    ])
  })

  it('proposes a column of shares named uncertainty, and no other', async () => {
    const p = await project()
    const proposed = await importAll(
      p,
      '{"id":"a","text":"एक","uncertainty":0.5}\n{"id":"b","text":"दो"}\n',
    )
    expect(proposed).toMatchObject({ items: 2, mapping: { uncertainty: 'uncertainty' } })
    const loud = await importAll(p, '{"id":"c","text":"तीन","uncertainty":"high"}\n', 'loud.jsonl')
    expect(loud.mapping.uncertainty).toBeUndefined()
  })

  it('lists what it refused, with place and reason, and keeps the good rows', async () => {
    const p = await project()
    const deep = `{"id":"deep","text":${'['.repeat(200)}${']'.repeat(200)}}`
    const script = '<script>alert("1")</script>=cmd|1'
    const done = await importAll(
      p,
      [
        lines(1),
        '{"id":"cut","text":"no end\n',
        '{"id":"nul","text":"a\\u0000b"}\n',
        '{"id":"half","text":"\\ud83d"}\n',
        `${deep}\n`,
        '{"text":"no key"}\n',
        '{"id":"empty","text":"  "}\n',
        '{"id":"k0","text":"same key"}\n',
        `${JSON.stringify({ id: 'html', text: script })}\n`,
        '{"__proto__":{"x":1},"id":"proto","text":"t"}\n',
        Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]),
        `${JSON.stringify({ id: 'x'.repeat(400), text: 'long key' })}\n`,
      ],
      'rows.jsonl',
      {
        options: { format: 'jsonl', encoding: 'utf-8' },
        mapping: { key: 'id', inputs: { text: { column: 'text' } } },
      },
    )
    expect(done).toMatchObject({ state: 'done', items: 2, rejected: 9, duplicates: 1 })
    expect((await items(p)).map((r) => r.inputs.text.text)[1]).toBe(script)
    const csv = await rejectsFile(p, done.importId)
    expect(csv.startsWith('\ufeffplace,reason,raw\r\n')).toBe(true)
    for (const word of [
      'line 2,Not valid JSON',
      'line 3,Row has a NUL',
      'line 4,Row has half',
      'line 5,Row is nested',
      'no key in column',
      'line 7,text: must not be empty',
      'line 10,Row has a key named __proto__',
      'Row has bytes that are not valid',
      'longer than 300',
    ])
      expect(csv).toContain(word)
    expect(done.sampleRejects).toHaveLength(5)
    expect(done.sampleRejects[0]).toMatchObject({ place: 'line 2' })
  })

  it('passes over a line of 200 MB without growing', { timeout: 60_000 }, async () => {
    const p = await project()
    const mb = Buffer.alloc(1024 * 1024, 0x61)
    async function* body() {
      yield Buffer.from('{"id":"a","text":"first"}\n{"id":"b","text":"')
      for (let i = 0; i < 200; i++) yield mb
      yield Buffer.from('"}\n{"id":"c","text":"last"}\n')
    }
    const { uploadId } = await uploadRoutes['upload.create'](ctx(), {
      params: { projectId: p },
      query: { fileName: 'a.jsonl' },
      body: {},
      stream: Readable.from(body(), { objectMode: false }),
    })
    const started = await start(p, uploadId)
    const before = process.memoryUsage().heapUsed
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().heapUsed - before)
    }, 20)
    await run(p, started.jobId)
    clearInterval(watch)
    expect(most).toBeLessThan(120 * 1024 * 1024)
    const done = await get(p, started.importId)
    expect(done).toMatchObject({
      items: 2,
      rejected: 1,
      sampleRejects: [{ place: 'line 2', reason: expect.stringContaining('longer than 8 MB') }],
    })
  })

  it('refuses files that are no text, empty ones and too large ones, in words, and leaves nothing behind', async () => {
    const p = await project()
    const cases: [string, Uint8Array, string][] = [
      ['a.jsonl', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'ZIP'],
      ['a.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 1]), 'PNG'],
      ['a.csv', Buffer.from('%PDF-1.4'), 'PDF'],
      ['a.txt', Buffer.from([0x1f, 0x8b, 8]), 'gzip'],
      ['a.txt', Buffer.from([0x7f, 0x45, 0x4c, 0x46]), 'ELF'],
      ['a.txt', Buffer.alloc(0), 'empty'],
      ['a.txt', Buffer.from([0xef, 0xbb, 0xbf]), 'white space'],
    ]
    for (const [name, bytes, word] of cases)
      await expect(upload(p, bytes, name)).rejects.toMatchObject({
        code: 'upload/unreadable',
        message: expect.stringContaining(word),
      })
    const small = { ...ctx(), app: { ...app, config: { ...app.config, uploadLimitBytes: 1000 } } }
    const stream = Readable.from([randomBytes(600), randomBytes(600)], { objectMode: false })
    await expect(
      uploadRoutes['upload.create'](small, {
        params: { projectId: p },
        query: { fileName: 'big.txt' },
        body: {},
        stream,
      }),
    ).rejects.toMatchObject({ code: 'request/too-large' })
    const { readdirSync } = await import('node:fs')
    expect(readdirSync(join(app.filesDir, 'uploads', p))).toEqual([])
  })

  it('refuses 10,000 columns and says where; reads only a header as no rows', async () => {
    const p = await project()
    const wide = Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')
    const { uploadId } = await upload(p, `${wide}\n${wide}\n`, 'wide.csv')
    const preview = await uploadRoutes['upload.preview'](ctx(), {
      params: { projectId: p, uploadId },
      query: {},
      body: {},
    })
    expect(preview.rows).toMatchObject([
      { place: 'row 1', problem: expect.stringContaining('10000 columns') },
    ])
    await expect(start(p, uploadId)).rejects.toMatchObject({ code: 'import/mapping-invalid' })
    const header = await importAll(p, 'id,text\n', 'header.csv', {
      mapping: { inputs: { text: { column: 'text' } } },
    })
    expect(header).toMatchObject({ state: 'done', items: 0, rejected: 0 })
  })

  it('previews and reads semicolons and windows-1252, and lets the encoding be changed', async () => {
    const p = await project()
    const bytes = Buffer.from('id;text\n1;caf\xe9 au lait\n2;r\xe9sum\xe9\n', 'latin1')
    const { uploadId, detected, confidence } = await upload(p, bytes, 'cafe.csv')
    expect(detected).toEqual({
      format: 'csv',
      encoding: 'windows-1252',
      delimiter: ';',
      header: true,
    })
    expect(confidence).toBeLessThan(0.7)
    const at = { params: { projectId: p, uploadId }, body: {} }
    const preview = await uploadRoutes['upload.preview'](ctx(), { ...at, query: {} })
    expect(preview).toMatchObject({
      columns: [{ name: 'id', samples: ['1', '2'] }, { name: 'text' }],
      mapping: { key: 'id', inputs: { text: { column: 'text' } } },
    })
    expect(preview.rows[0]).toEqual({ place: 'row 2', cells: ['1', 'café au lait'] })
    const asUtf8 = await uploadRoutes['upload.preview'](ctx(), {
      ...at,
      query: { encoding: 'utf8' },
    })
    expect(asUtf8.options.encoding).toBe('utf-8')
    expect(asUtf8.rows.every((r) => r.problem?.includes('utf-8'))).toBe(true)
    await expect(
      uploadRoutes['upload.preview'](ctx(), { ...at, query: { encoding: 'klingon' } }),
    ).rejects.toMatchObject({ code: 'upload/unreadable' })
    const started = await start(p, uploadId)
    await run(p, started.jobId)
    expect((await items(p)).map((r) => r.inputs.text.text)).toEqual(['café au lait', 'résumé'])
  })

  it('reads conversations from whole rows, JSON lists and CSV cells', async () => {
    const p = await project(chat)
    const messages = [
      { role: 'user', content: 'नमस्ते' },
      { role: 'assistant', content: 'Hello' },
    ]
    expect(
      await importAll(
        p,
        `${JSON.stringify({ id: 1, messages })}\n${JSON.stringify({ id: 2, prompt: 'Q', candidates: ['A', 'B'] })}\n`,
      ),
    ).toMatchObject({ items: 2, rejected: 0 })
    expect(
      await importAll(p, JSON.stringify({ rows: [{ key: 'j1', messages }] }), 'list.json'),
    ).toMatchObject({ items: 1, rejected: 0 })
    expect(
      await importAll(
        p,
        `id,chat\n7,"${JSON.stringify(messages).replaceAll('"', '""')}"\n`,
        'cells.csv',
      ),
    ).toMatchObject({ items: 1, rejected: 0 })
    expect((await items(p)).map((r) => r.key)).toEqual(['1', '2', 'j1', '7'])
  })

  it('refuses a mapping that cannot work, by its path', async () => {
    const p = await project()
    const { uploadId } = await upload(p, lines(2))
    await expect(
      start(p, uploadId, { mapping: { key: 'nokey', inputs: { other: { column: 'text' } } } }),
    ).rejects.toMatchObject({
      code: 'import/mapping-invalid',
      problems: [
        { path: 'mapping.inputs.text' },
        { path: 'mapping.inputs.other' },
        { path: 'mapping.key' },
      ],
    })
  })
})

describe('the same file', () => {
  it('is noticed, and imported again only when asked; known keys are counted as duplicates', async () => {
    const p = await project()
    const first = await importAll(p, lines(5))
    const second = await upload(p, lines(5))
    expect(second.importedBefore).toMatchObject({ importId: first.importId, items: 5 })
    await expect(start(p, second.uploadId)).rejects.toMatchObject({ code: 'import/duplicate-file' })
    const again = await start(p, second.uploadId, { again: true })
    await run(p, again.jobId)
    expect(await get(p, again.importId)).toMatchObject({ items: 0, duplicates: 5 })
    expect(await importAll(p, lines(9, 3), 'more.jsonl')).toMatchObject({ items: 7, duplicates: 2 })
    expect(await counts(p)).toEqual({ items: 12, open: 12 })
    expect((await items(p)).map((r) => r.key)).toEqual(
      Array.from({ length: 12 }, (_, i) => `k${i}`),
    )
  })

  it('started twice at once is one import', async () => {
    const p = await project()
    const [a, b] = await Promise.all([upload(p, lines(50)), upload(p, lines(50))])
    const both = await Promise.allSettled([start(p, a.uploadId), start(p, b.uploadId)])
    expect(both.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((r) => r.status === 'rejected')).toMatchObject({
      reason: { code: 'import/duplicate-file' },
    })
  })

  it('run by two imports at once gives every key once', async () => {
    const p = await project()
    const n = chunkLimits.rows + 500
    const file = lines(n)
    const [a, b] = await Promise.all([upload(p, file, 'a.jsonl'), upload(p, file, 'b.jsonl')])
    const [one, two] = [await start(p, a.uploadId), await start(p, b.uploadId, { again: true })]
    await Promise.all([run(p, one.jobId), run(p, two.jobId)])
    const ends = [await get(p, one.importId), await get(p, two.importId)]
    expect(ends.map((e) => e.state)).toEqual(['done', 'done'])
    expect(ends.reduce((sum, e) => sum + e.items, 0)).toBe(n)
    expect(ends.reduce((sum, e) => sum + e.duplicates, 0)).toBe(n)
    expect(await counts(p)).toEqual({ items: n, open: n })
    const rows = await items(p)
    expect(new Set(rows.map((r) => r.key)).size).toBe(n)
  })

  it('without a key column takes files whose names differ in their ends for different ones', async () => {
    const p = await project()
    for (const [name, rows] of [
      ['list.txt', 'one\ntwo\n'],
      ['list.jsonl', '{"text":"three"}\n'],
      ['list.2.txt', 'four\n'],
    ] as const)
      await importAll(p, rows, name)
    expect((await items(p)).map((r) => r.key)).toEqual([
      'list-1',
      'list-2',
      'list.2-1',
      'list.2.2-1',
    ])
  })

  it('without a key column makes keys that another file of the same name does not take', async () => {
    const p = await project()
    await importAll(p, 'one\ntwo\n', 'list.txt')
    await importAll(p, 'three\n\nfour\n', 'list.txt')
    expect((await items(p)).map((r) => r.key)).toEqual(['list-1', 'list-2', 'list.2-1', 'list.2-3'])
  })
})

describe('an import that is stopped', () => {
  const n = chunkLimits.rows * 4 + 123
  const file = () => {
    const good = lines(n).split('\n')
    good[5] = 'broken early'
    good[n - 3] = 'broken late'
    return good.join('\n')
  }

  it('goes on where it was, without a row lost or doubled', async () => {
    const p = await project()
    const { uploadId } = await upload(p, file())
    const started = await start(p, uploadId)
    for (let tries = 0; tries < 3; tries++) {
      const stopping = new AbortController()
      let seen = 0
      const stopper: TestApp = {
        ...app,
        announce: (e) => {
          if (e.kind === 'import.changed' && ++seen === 1 + (tries % 2)) stopping.abort()
        },
      }
      const [kind] = jobKinds
      if (kind)
        await runJob(stopper, kind, {
          projectId: p,
          jobId: started.jobId,
          stopping: stopping.signal,
        }).catch(() => {})
      expect((await get(p, started.importId)).state).toMatch(/queued|done/)
    }
    await run(p, started.jobId)
    expect(await get(p, started.importId)).toMatchObject({
      state: 'done',
      items: n - 2,
      rejected: 2,
      duplicates: 0,
    })
    const rows = await items(p)
    expect(rows).toHaveLength(n - 2)
    expect(rows.map((r) => Number(r.key.slice(1)))).toEqual(
      Array.from({ length: n }, (_, i) => i).filter((i) => i !== 5 && i !== n - 3),
    )
    const rejects = await rejectsFile(p, started.importId)
    expect(rejects.trim().split('\r\n')).toHaveLength(3)
    expect(await counts(p)).toEqual({ items: n - 2, open: n - 2 })
  })

  it('by a person keeps what is in', async () => {
    const p = await project()
    const { uploadId } = await upload(p, lines(n))
    const started = await start(p, uploadId)
    const running = run(p, started.jobId)
    while ((await get(p, started.importId)).items === 0) await new Promise((r) => setTimeout(r, 5))
    const at = { params: { projectId: p, importId: started.importId }, query: {}, body: {} }
    await app.db
      .transaction()
      .execute((db) => routes['import.cancel'](ctx(db), at))
      .catch(() => {})
    await running
    const end = await get(p, started.importId)
    expect(end.items).toBe((await items(p)).length)
    expect(end.items).toBeGreaterThan(0)
    await expect(routes['import.cancel'](ctx(), at)).rejects.toMatchObject({
      code: 'import/not-running',
    })
  })

  it('fails readably when its file is gone', async () => {
    const p = await project()
    const { uploadId } = await upload(p, lines(3))
    const started = await start(p, uploadId)
    rmSync(join(app.filesDir, 'uploads', p, uploadId))
    await run(p, started.jobId)
    expect(await get(p, started.importId)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no longer there'),
    })
  })
})

describe('undo', () => {
  it('takes out what nobody has worked on, and lets the file be imported again', async () => {
    const p = await project()
    const done = await importAll(p, lines(10))
    await app.pool.query(`update items set leased = 1 where project_id = $1 and key = 'k4'`, [p])
    const undone = await routes['import.undo'](ctx(), {
      params: { projectId: p, importId: done.importId },
      query: {},
      body: {},
    })
    expect(undone).toEqual({ removed: 9, kept: 1 })
    expect((await items(p)).map((r) => r.key)).toEqual(['k4'])
    expect(await counts(p)).toEqual({ items: 1, open: 1 })
    const again = await importAll(p, lines(10))
    expect(again).toMatchObject({ items: 9, duplicates: 1 })
    expect(await counts(p)).toEqual({ items: 10, open: 10 })
  })
})
