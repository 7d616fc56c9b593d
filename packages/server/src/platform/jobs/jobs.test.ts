import { setTimeout as sleep } from 'node:timers/promises'
import { KasautiError } from '@kasauti/core'
import { type TestApp, testApp } from '@kasauti/testkit'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StreamEvent } from '../events/index.ts'
import { cancelJob, startJob } from './index.ts'
import type { JobKind, JobRun } from './job.ts'
import { createPace } from './progress.ts'
import { freeAbandonedJobs } from './storage.ts'
import { startWorkers, type Workers } from './workers.ts'

let app: TestApp
let projectId: string
let userId: string
beforeAll(async () => {
  app = await testApp()
  projectId = app.newId()
  userId = app.newId()
  const at = app.now()
  await app.db
    .insertInto('users')
    .values({
      user_id: userId,
      email: 'a@example.org',
      name: 'A',
      password_hash: '',
      preferences: '{}',
      created_at: at,
    })
    .execute()
  await app.db
    .insertInto('projects')
    .values({
      project_id: projectId,
      name: 'P',
      summary: '',
      created_by: userId,
      created_at: at,
      schema_version: 1,
      settings: '{}',
      seed: 1,
    })
    .execute()
})
afterAll(() => app.close())

const start = (kind: string) =>
  app.db
    .transaction()
    .execute((trx) =>
      startJob(trx, app, { projectId, kind, title: kind, createdBy: userId, unit: 'items' }),
    )
const find = (jobId: string) =>
  app.db
    .selectFrom('jobs')
    .selectAll()
    .where('project_id', '=', projectId)
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow()
async function until(jobId: string, state: string) {
  for (;;) {
    const job = await find(jobId)
    if (job.state === state) return job
    if (['done', 'failed', 'cancelled'].includes(job.state))
      throw new Error(`it is ${job.state}, not ${state}: ${job.error}`)
    await sleep(20)
  }
}
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  )
const withWorkers = async (
  jobKinds: readonly JobKind[],
  use: (workers: Workers) => Promise<void>,
) => {
  const workers = await startWorkers(app, { connection: app.connection, jobKinds, sweeps: [] })
  try {
    await use(workers)
  } finally {
    await workers.close()
  }
}

test('a job runs, its progress is stored and its changes are announced', async () => {
  const heard: StreamEvent[] = []
  const stop = await app.subscribe((e) => heard.push(e))
  const kind: JobKind = {
    kind: 'count',
    run: async (job) => job.report({ done: 3, total: 3, unit: 'items' }),
  }
  await withWorkers([kind], async () => {
    const jobId = await start('count')
    const job = await until(jobId, 'done')
    expect(job.progress).toMatchObject({ done: 3, total: 3, unit: 'items' })
    expect(job.finished_at).toBeInstanceOf(Date)
    while (!heard.some((e) => e.kind === 'job.changed')) await sleep(20)
    expect(heard[0]).toMatchObject({ projectId, payload: { jobId } })
  })
  stop()
})

test('a job that was rolled back does not run', async () => {
  const ran: string[] = []
  await withWorkers([{ kind: 'never', run: async (job) => void ran.push(job.jobId) }], async () => {
    await app.db
      .transaction()
      .execute(async (trx) => {
        await startJob(trx, app, { projectId, kind: 'never', title: '', createdBy: userId })
        throw new Error('rolled back')
      })
      .catch(() => {})
    const kept = await start('never')
    await until(kept, 'done')
    expect(ran).toEqual([kept])
  })
})

test('an expected failure is told as it is, a bug is not', async () => {
  const refuse: JobKind = {
    kind: 'refuse',
    run: async () => {
      throw new KasautiError('upload/unreadable', 'Row 3 is no JSON.')
    },
  }
  const bug: JobKind = {
    kind: 'bug',
    run: async () => {
      throw new TypeError('secret detail')
    },
  }
  await withWorkers([refuse, bug], async () => {
    expect((await until(await start('refuse'), 'failed')).error).toBe('Row 3 is no JSON.')
    expect((await until(await start('bug'), 'failed')).error).not.toContain('secret')
  })
})

test('a running job can be cancelled, and so can a queued one', async () => {
  const asked: boolean[] = []
  const wait: JobKind = {
    kind: 'wait',
    run: async (job) => {
      await aborted(job.signal).finally(() => asked.push(job.cancelled()))
    },
  }
  const queued = await start('wait')
  await cancelJob(app.db, app, { projectId, jobId: queued })
  expect((await find(queued)).state).toBe('cancelled')
  await withWorkers([wait], async () => {
    const jobId = await start('wait')
    await until(jobId, 'running')
    await cancelJob(app.db, app, { projectId, jobId })
    await until(jobId, 'cancelled')
    await expect(cancelJob(app.db, app, { projectId, jobId })).rejects.toThrow(KasautiError)
  })
  expect(asked).toEqual([true])
})

test('a job goes on when the server comes back', async () => {
  const stops: boolean[] = []
  const first: JobKind = {
    kind: 'long',
    run: async (job) => {
      await aborted(job.signal).finally(() => stops.push(job.cancelled()))
    },
  }
  let jobId = ''
  await withWorkers([first], async () => {
    jobId = await start('long')
    await until(jobId, 'running')
  })
  expect(stops).toEqual([false])
  expect((await find(jobId)).state).toBe('queued')
  await withWorkers([{ kind: 'long', run: async () => {} }], () =>
    until(jobId, 'done').then(() => {}),
  )
})

test('a job whose worker died is run again', async () => {
  const jobId = await start('orphan')
  // As a killed process leaves it: locked by a worker that no connection names.
  const client = new pg.Client(app.connection)
  await client.connect()
  await client.query(
    "update graphile_worker._private_jobs set locked_at = now(), locked_by = 'worker-dead', attempts = 1 where key = $1",
    [jobId],
  )
  await client.end()
  const runs: JobRun[] = []
  await withWorkers([{ kind: 'orphan', run: async (job) => void runs.push(job) }], () =>
    until(jobId, 'done').then(() => {}),
  )
  expect(runs).toHaveLength(1)
})

test('a job of a living worker is left alone', async () => {
  let runs = 0
  const kind: JobKind = {
    kind: 'alive',
    run: async (job) => {
      runs++
      await aborted(job.signal).catch(() => {})
    },
  }
  await withWorkers([kind], async () => {
    const jobId = await start('alive')
    await until(jobId, 'running')
    await withWorkers([kind], async () => {
      const client = await app.pool.connect()
      expect(await freeAbandonedJobs(client)).toBe(0)
      client.release()
    })
    expect(runs).toBe(1)
    await cancelJob(app.db, app, { projectId, jobId })
    await until(jobId, 'cancelled')
  })
})

test('the database going away queues the job again', async () => {
  let runs = 0
  const kind: JobKind = {
    kind: 'outage',
    run: async (job) => {
      runs++
      if (runs > 1) return
      await job.app.db.transaction().execute(async (trx) => {
        await sql`select pg_terminate_backend(pg_backend_pid())`.execute(trx)
      })
    },
  }
  await withWorkers([kind], async () => {
    await until(await start('outage'), 'done')
    expect(runs).toBe(2)
  })
})

test('the rate follows the last seconds and gives the time left', () => {
  const pace = createPace()
  expect(pace.note({ done: 0, total: 100, unit: 'items' }, 0)).toEqual({
    done: 0,
    total: 100,
    unit: 'items',
  })
  expect(pace.note({ done: 10, total: 100, unit: 'items' }, 1000)).toMatchObject({
    ratePerSecond: 10,
    secondsLeft: 9,
  })
  expect(pace.note({ done: 20, total: 100, unit: 'items' }, 101_000)).toMatchObject({
    ratePerSecond: 0.1,
  })
})
