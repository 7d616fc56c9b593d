/** The server under faults, a real process with its own PostgreSQL, and people with work in it. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleWorkflow } from '@kasauti/core'
import {
  type App,
  createApp,
  createLog,
  hashSecret,
  loadConfig,
  newSecret,
  runningEmbedded,
} from '@kasauti/server'
import { type Person, seedPerson, seedProject } from '@kasauti/testkit'

const schema = {
  version: 1,
  inputs: [{ id: 'text', kind: 'text', config: {} }],
  fields: [
    {
      id: 'topic',
      kind: 'choice',
      title: { en: 'Topic' },
      config: {
        mode: 'single',
        options: [
          { value: 'sports', title: { en: 'Sports' } },
          { value: 'politics', title: { en: 'Politics' } },
          { value: 'health', title: { en: 'Health' } },
        ],
      },
    },
    { id: 'why', kind: 'text', title: { en: 'Why' }, required: false, config: { lines: 'many' } },
  ],
}

export type FaultHouse = {
  readonly port: () => number
  readonly projectId: string
  readonly people: readonly Person[]
  readonly reviewers: readonly Person[]
  readonly thief: Person
  /** The database beside the server; after the database died, once it is back. */
  db<T>(work: (app: App) => Promise<T>): Promise<T>
  newSession(person: Person): Promise<string>
  killServer(): Promise<void>
  startServer(): Promise<void>
  killDatabase(): void
  close(): Promise<void>
}

type Running = { readonly child: ChildProcess; readonly port: number }

async function start(dataDir: string, port: number): Promise<Running> {
  const program = join(import.meta.dirname, 'server.ts')
  const child = spawn(process.execPath, [program, dataDir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  return { child, port: Number(new URL((JSON.parse(first) as { url: string }).url).port) }
}

const ended = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })

async function addItems(app: App, projectId: string, count: number): Promise<void> {
  const now = app.now()
  const ids = Array.from({ length: count }, () => app.newId())
  await app.pool.query(
    `insert into items (project_id, item_id, batch_id, ordinal, rank, key, state, wanted, slots, created_at, updated_at)
     select $1, id, $1, n, n, 'row-' || n, 'open', 1, 1, $3, $3 from unnest($2::uuid[]) with ordinality as t (id, n)`,
    [projectId, ids, now],
  )
  await app.pool.query(
    `insert into item_inputs (project_id, item_id, inputs, preview)
     select $1, id, jsonb_build_object('text', jsonb_build_object('text', 'Item ' || n)), 'Item ' || n
     from unnest($2::uuid[]) with ordinality as t (id, n)`,
    [projectId, ids],
  )
  for (const [table, column] of [
    ['project_counts', ''],
    ['batch_counts', 'batch_id, '],
  ])
    await app.pool.query(
      `insert into ${table} (project_id, ${column}shard, items, open, wanted)
       values ($1, ${column === '' ? '' : '$1, '}0, $2, $2, $2)`,
      [projectId, count],
    )
}

export async function openHouse(o: {
  readonly annotators: number
  readonly reviewers: number
  readonly items: number
}): Promise<FaultHouse> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kasauti-faults-'))
  let running = await start(dataDir, 0)
  const config = loadConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' })
  let side: ReturnType<typeof createApp> | undefined
  const open = () => {
    const connection = runningEmbedded(dataDir)
    if (connection === undefined) throw new Error('no database')
    if (side === undefined) {
      side = createApp({ config, log: createLog('silent'), connection, maxConnections: 4 })
      // Its connections die with the database; they are made anew.
      side.app.pool.on('error', () => undefined)
    }
    return side.app
  }
  const db = async <T>(work: (app: App) => Promise<T>): Promise<T> => {
    for (let tries = 0; ; tries++) {
      try {
        return await work(open())
      } catch (error) {
        await side?.close().catch(() => undefined)
        side = undefined
        const code = error instanceof Error && 'code' in error ? String(error.code) : ''
        if (tries > 100 || /^(?:2|42)\w+$/.test(code) || /Guard/.test(String(error))) throw error
        await sleep(100)
      }
    }
  }
  const seeded = await db(async (app) => {
    const owner = await seedPerson(app, { name: 'Owner', admin: true })
    const named = (name: string, n: number) =>
      Promise.all(Array.from({ length: n }, (_, i) => seedPerson(app, { name: `${name} ${i}` })))
    const people = await named('Annotator', o.annotators)
    const reviewers = await named('Reviewer', o.reviewers)
    const thief = await seedPerson(app, { name: 'Somebody Else' })
    const projectId = await seedProject(app, {
      name: 'Faults',
      by: owner,
      schema,
      workflow: simpleWorkflow({ overlap: 1, review: 'all' }),
      members: [
        ...[...people, thief].map((person) => ({ person, roles: ['associate'] as const })),
        ...reviewers.map((person) => ({ person, roles: ['reviewer'] as const })),
      ],
    })
    await addItems(app, projectId, o.items)
    return { people, reviewers, thief, projectId }
  })
  return {
    ...seeded,
    port: () => running.port,
    db,
    newSession: (person) =>
      db(async (app) => {
        const cookie = newSecret()
        const now = app.now()
        await app.pool.query(
          `insert into sessions (session_id, user_id, secret_hash, device, created_at, last_seen_at, expires_at)
           values ($1, $2, $3, 'faults', $4, $4, $5)`,
          [
            app.newId(),
            person.userId,
            hashSecret(cookie),
            now,
            new Date(now.getTime() + 86_400_000),
          ],
        )
        return cookie
      }),
    killServer: () => ended(running.child, 'SIGKILL'),
    startServer: async () => {
      running = await start(dataDir, running.port)
    },
    killDatabase: () => {
      const lock = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8')
      process.kill(Number(lock.split('\n')[0]), 'SIGKILL')
    },
    close: async () => {
      await side?.close().catch(() => undefined)
      await ended(running.child, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
