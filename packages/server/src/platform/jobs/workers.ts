/** The workers of this process, and what runs every so often. */
import { EventEmitter } from 'node:events'
import { run, type Task, type WorkerEvents, Logger as WorkerLogger } from 'graphile-worker'
import pg from 'pg'
import { z } from 'zod'
import type { App } from '../app.ts'
import { deleteEventsBefore } from '../events/storage.ts'
import type { JobKind, Sweep } from './job.ts'
import { runJob } from './run-job.ts'
import { freeAbandonedJobs, holdWorkerName, rescheduleWaiting } from './storage.ts'
import { startSweeps } from './sweeps.ts'

export type Workers = { close(): Promise<void> }

const Payload = z.object({ projectId: z.string(), jobId: z.string() })
const concurrency = 2
const recoverSeconds = 15

const forgetEvents: Sweep = {
  name: 'old events',
  everySeconds: 3600,
  run: (app) => deleteEventsBefore(app.db, new Date(app.now().getTime() - 86_400_000)),
}

/** Start working. `close` aborts what runs, which is queued again, and waits for it. */
export async function startWorkers(
  app: App,
  o: {
    readonly connection: pg.ClientConfig
    readonly jobKinds: readonly JobKind[]
    readonly sweeps: readonly Sweep[]
  },
): Promise<Workers> {
  const stopping = new AbortController()
  const pool = ownPool(o.connection, app)
  const names = await keepNames(app, o.connection, pool)
  const taskList: Record<string, Task> = {}
  for (const kind of o.jobKinds) {
    if (Object.hasOwn(taskList, kind.kind)) throw new Error(`two job kinds are called ${kind.kind}`)
    taskList[kind.kind] = (payload) =>
      runJob(app, kind, { ...Payload.parse(payload), stopping: stopping.signal })
  }
  const events: WorkerEvents = new EventEmitter()
  events.on('pool:create', ({ workerPool }) => names.hold(workerPool.id))
  await names.recover({ all: true })
  const runner = await run({
    pgPool: pool,
    taskList,
    concurrency,
    pollInterval: 1000,
    noHandleSignals: true,
    events,
    logger: workerLog(app),
  })
  const recovering = setInterval(() => void names.recover({ all: false }), recoverSeconds * 1000)
  const sweeps = startSweeps(app, [...o.sweeps, forgetEvents])
  return {
    close: async () => {
      clearInterval(recovering)
      stopping.abort()
      await sweeps.close()
      await runner
        .stop()
        .catch((err: unknown) => app.log.warn({ err }, 'the workers did not stop well'))
      await names.close()
      await pool.end()
    },
  }
}

/** graphile-worker's statements reach only its own schema: they need no guard. */
function ownPool(connection: pg.ClientConfig, app: App): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max: concurrency + 2,
    application_name: 'kasauti jobs',
  })
  const log = (err: Error) => app.log.warn({ err }, 'a connection of the workers broke')
  pool.on('error', log)
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/**
 * Every worker holds a lock with its name on one connection. A job whose worker nobody holds was left
 * by a process that died.
 */
async function keepNames(app: App, connection: pg.ClientConfig, pool: pg.Pool) {
  const held = new Set<string>()
  let closed = false
  let client: pg.Client | undefined
  const connect = async (): Promise<pg.Client> => {
    const fresh = new pg.Client({ ...connection, application_name: 'kasauti workers' })
    const lost = () => {
      if (client === fresh) client = undefined
    }
    fresh.on('error', lost)
    fresh.on('end', lost)
    await fresh.connect()
    for (const name of held) await holdWorkerName(fresh, name)
    client = fresh
    return fresh
  }
  let queue: Promise<void> = connect().then(() => {})
  await queue
  const next = (work: (c: pg.Client) => Promise<void>) => {
    queue = queue
      .then(async () => {
        if (closed) return
        await work(client ?? (await connect()))
      })
      .catch((err: unknown) => app.log.warn({ err }, 'the workers could not be looked after'))
    return queue
  }
  return {
    hold: (name: string) => {
      held.add(name)
      void next((c) => holdWorkerName(c, name))
    },
    // Not on the holding connection: to its own session no lock is taken.
    recover: ({ all }: { readonly all: boolean }) =>
      next(async () => {
        const other = await pool.connect()
        try {
          const freed = await freeAbandonedJobs(other)
          if (freed > 0) app.log.info({ workers: freed }, 'jobs of dead workers are run again')
          if (all) await rescheduleWaiting(other)
        } finally {
          other.release()
        }
      }),
    close: async () => {
      closed = true
      await queue
      await client?.end()
    },
  }
}

const workerLog = (app: App): WorkerLogger =>
  new WorkerLogger(() => (level, message) => {
    if (level === 'error') app.log.error({ from: 'jobs' }, message)
    else if (level === 'warning') app.log.warn({ from: 'jobs' }, message)
    else app.log.debug({ from: 'jobs' }, message)
  })
