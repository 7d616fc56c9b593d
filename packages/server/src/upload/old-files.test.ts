import { execFileSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { seedPerson, seedProject, type TestApp, testApp, testClock } from '@kasauti/testkit'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { jobKinds as deliveryJobs, routes as deliveryRoutes } from '../delivery/index.ts'
import { jobKinds as importJobs, routes as importRoutes } from '../import/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { runJob } from '../platform/jobs/run-job.ts'
import { routes, sweeps } from './index.ts'

const clock = testClock()
let app: TestApp
let userId: string
let projectId: string
beforeAll(async () => {
  app = await testApp({ now: clock.now })
  const by = await seedPerson(app, { name: 'Lead', admin: true })
  userId = by.userId
  projectId = await seedProject(app, {
    name: 'P',
    by,
    schema: {
      inputs: [{ id: 'text', kind: 'text' }],
      fields: [{ id: 'topic', kind: 'text', title: { en: 'T' }, config: { lines: 'one' } }],
    },
    members: [],
  })
})
afterAll(() => app.close())

const ctx = (db: Ctx['db'] = app.db): Ctx => ({
  app,
  db,
  now: app.now(),
  caller: { userId, name: 'Lead', admin: true },
  access: { projectId, roles: ['lead'] },
  ip: '',
  device: '',
  origin: '',
  afterCommit: () => {},
  setHeader: () => {},
  ifMatch: undefined,
})
const upload = (content: string, fileName: string) =>
  routes['upload.create'](ctx(), {
    params: { projectId },
    query: { fileName },
    body: {},
    stream: Readable.from([Buffer.from(content)], { objectMode: false }),
  })
const day = 86_400_000
const sweep = async () => {
  for (const s of sweeps) await s.run(app)
}
/** As old as the clock says. */
const age = (path: string) => utimesSync(path, app.now(), app.now())
const startImport = (uploadId: string) =>
  app.db.transaction().execute((db) =>
    importRoutes['import.start'](ctx(db), {
      params: { projectId },
      query: {},
      body: { uploadId, again: false },
    }),
  )
const runOne = async (kinds: typeof importJobs, jobId: string) => {
  for (const kind of kinds)
    await runJob(app, kind, { projectId, jobId, stopping: new AbortController().signal })
}

it('removes files nobody imported in a week, and imported ones after thirty days; their rows stay', async () => {
  const dir = join(app.filesDir, 'uploads', projectId)
  const [left, used, waiting] = [
    await upload('one\n', 'left.txt'),
    await upload('two\n', 'used.txt'),
    await upload('three\n', 'waiting.txt'),
  ]
  const imported = await startImport(used.uploadId)
  await runOne(importJobs, imported.jobId)
  await startImport(waiting.uploadId)
  mkdirSync(join(app.filesDir, 'deliveries', projectId, 'x'), { recursive: true })
  const parts = [
    join(dir, `${app.newId()}.part`),
    join(app.filesDir, 'deliveries', projectId, 'x', 'annotations.csv.part'),
  ]
  for (const path of parts) writeFileSync(path, 'half')
  for (const name of readdirSync(dir)) age(join(dir, name))
  for (const path of parts) age(path)
  await sweep()
  expect(readdirSync(dir)).toHaveLength(4)
  expect(parts.every((p) => existsSync(p))).toBe(true)

  clock.advance(8 * day)
  await sweep()
  expect(parts.some((p) => existsSync(p))).toBe(false)
  const names = readdirSync(dir)
  expect(names).toHaveLength(2)
  const rows = await app.pool.query('select from uploads where project_id = $1', [projectId])
  expect(rows.rowCount).toBe(3)
  await expect(
    routes['upload.preview'](ctx(), {
      params: { projectId, uploadId: left.uploadId },
      query: {},
      body: {},
    }),
  ).rejects.toMatchObject({ code: 'upload/not-found' })

  clock.advance(30 * day)
  await sweep()
  expect(readdirSync(dir)).toHaveLength(1)
})

const small = (path: string): boolean => {
  mkdirSync(path, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m,mode=777', 'tmpfs', path], {
      stdio: 'ignore',
    })
    return true
  } catch {
    return false
  }
}
const free = (path: string) => execFileSync('umount', ['-l', path])
const full = 'The disk of the server is full'

it('says that the disk is full, of an upload, a delivery and an import, and leaves nothing half', async (t) => {
  const uploads = join(app.filesDir, 'uploads', projectId)
  if (process.getuid?.() !== 0 || !small(uploads))
    return t.skip('only root with the right to mount can make a small disk')
  try {
    await expect(upload('क\n'.repeat(1_000_000), 'big.txt')).rejects.toMatchObject({
      code: 'server/unavailable',
      message: expect.stringContaining(full),
    })
    expect(readdirSync(uploads)).toEqual([])
  } finally {
    free(uploads)
  }

  const row = (n: number) => JSON.stringify({ text: `${n} ${crypto.randomUUID().repeat(20)}` })
  const lines = Array.from({ length: 4_000 }, (_, n) => row(n)).join('\n')
  const { uploadId } = await upload(lines, 'many.jsonl')
  const place = mkdtempSync(join(tmpdir(), 'kasauti-small-'))
  expect(small(place)).toBe(true)
  const admin = new pg.Client(app.connection)
  await admin.connect()
  const { rows } = await admin.query<{ dir: string }>(
    `select current_setting('data_directory') as dir`,
  )
  const owner = statSync(rows[0]?.dir ?? '/')
  chownSync(place, owner.uid, owner.gid)
  const space = `small_${Date.now()}`
  try {
    await admin.query(`create tablespace ${space} location '${place}'`)
    await admin.query(`alter table item_inputs set tablespace ${space}`)
    const started = await startImport(uploadId)
    await runOne(importJobs, started.jobId)
    const failed = await importRoutes['import.get'](ctx(), {
      params: { projectId, importId: started.importId },
      query: {},
      body: {},
    })
    expect(failed).toMatchObject({
      state: 'failed',
      items: 0,
      error: expect.stringContaining(full),
    })
    await admin.query('alter table item_inputs set tablespace pg_default')
    await admin.query(`drop tablespace ${space}`)
  } finally {
    await admin.end()
    free(place)
    rmSync(place, { recursive: true, force: true })
  }

  const again = await upload(`${lines}\n`, 'many.jsonl')
  const done = await startImport(again.uploadId)
  await runOne(importJobs, done.jobId)
  const deliveries = join(app.filesDir, 'deliveries', projectId)
  expect(small(deliveries)).toBe(true)
  try {
    const made = await app.db.transaction().execute((db) =>
      deliveryRoutes['delivery.create'](ctx(db), {
        params: { projectId },
        query: {},
        body: { name: 'D', formats: ['jsonl'], states: ['open'] },
      }),
    )
    await runOne(deliveryJobs, made.jobId)
    const after = await deliveryRoutes['delivery.get'](ctx(), {
      params: { projectId, deliveryId: made.deliveryId },
      query: {},
      body: {},
    })
    expect(after).toMatchObject({ state: 'failed', error: expect.stringContaining(full) })
    expect(readdirSync(deliveries)).toEqual([])
  } finally {
    free(deliveries)
  }
})
