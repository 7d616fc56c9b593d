/**
 * The next item, over HTTP: simulated associates, one keep-alive connection and session each, each
 * claiming an item and submitting it every two seconds; then the same without a pause, for the highest
 * rate. The server runs in a process of its own with its own durable PostgreSQL. JSON lines.
 *
 *   node bench/next-item.ts [--items 10000,100000,1000000] [--associates 200] [--seconds 60] [--keep DIR]
 *
 * Several numbers of items are measured one after the other, each on a database of its own: whether the cost
 * grows with the project.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { encodeId } from '@kasauti/core'
import { createServer, loadConfig } from '@kasauti/server'
import { type Person, seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
import { cpuSecondsOf, machine } from './machine.ts'
import { seedItems } from './seed.ts'

const { values: flags } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    associates: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    keep: { type: 'string' },
    serve: { type: 'string' },
  },
})
const projectId = '01900000-0000-7000-8000-000000000002'
const config = (dataDir: string) => ({
  ...loadConfig({}),
  dataDir,
  port: 0,
  logLevel: 'error' as const,
})

/** The server's process: says where it listens and who may come, ends when told. */
async function serve(dataDir: string): Promise<void> {
  const fresh = !existsSync(join(dataDir, 'postgres'))
  const server = await createServer(config(dataDir))
  const people: Person[] = []
  for (let n = 0; n < Number(flags.associates); n++)
    people.push(await seedPerson(server.app, { name: `Associate ${n}` }))
  const userIds = people.map((person) => person.userId)
  if (fresh) {
    const items = Number(flags.items)
    await seedItems(server.app.db, {
      projectId,
      items,
      annotated: Math.floor(items / 10),
      people: userIds,
      madeBy: userIds[0] ?? '',
      search: 'not',
      tell: () => {},
    })
    await sql`vacuum analyze`.execute(server.app.db)
    await sql`checkpoint`.execute(server.app.db)
  }
  await sql`insert into members (project_id, user_id, roles, added_at)
    select ${projectId}::uuid, u, array['associate'], now() from unnest(${userIds}::uuid[]) u
    on conflict do nothing`.execute(server.app.db)
  process.send?.({
    url: server.localUrl,
    cookies: people.map((person) => person.cookie),
    database: Number(
      readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0],
    ),
  })
  process.once('message', () => void server.close().then(() => process.exit(0)))
}

type Ready = {
  readonly url: string
  readonly cookies: readonly string[]
  /** The database's main process. */
  readonly database: number
}
type Times = { readonly claim: number[]; readonly submit: number[] }
let calls = 0

/** One connection, requests one after the other, by hand: the client must not be what is measured. */
class Associate {
  readonly #socket: Socket
  readonly #head: string
  #received = ''
  #answered: { resolve(body: string): void; reject(error: Error): void } | undefined

  constructor(url: string, cookie: string) {
    const { hostname, port, host } = new URL(url)
    this.#head = [
      `host: ${host}`,
      'content-type: application/json',
      `cookie: kasauti=${cookie}`,
      `origin: ${url}`,
    ].join('\r\n')
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true })
    this.#socket.setEncoding('latin1')
    this.#socket.on('data', (chunk) => this.#take(String(chunk)))
    this.#socket.on('error', (error) => this.#answered?.reject(error))
  }

  #take(chunk: string): void {
    this.#received += chunk
    const head = this.#received.indexOf('\r\n\r\n')
    if (head < 0) return
    const length = Number(/^content-length: (\d+)/im.exec(this.#received)?.[1])
    if (this.#received.length < head + 4 + length) return
    const body = this.#received.slice(head + 4)
    const ok = this.#received.startsWith('HTTP/1.1 200')
    this.#received = ''
    if (ok) this.#answered?.resolve(body)
    else this.#answered?.reject(new Error(body))
  }

  /** @returns the answer and how many milliseconds it took */
  async #post(path: string, body: string): Promise<{ text: string; ms: number }> {
    const start = performance.now()
    const text = await new Promise<string>((resolve, reject) => {
      this.#answered = { resolve, reject }
      this.#socket.write(
        `POST ${base}${path} HTTP/1.1\r\n${this.#head}\r\nidempotency-key: bench-${process.pid}-${calls++}\r\n` +
          `content-length: ${body.length}\r\n\r\n${body}`,
      )
    })
    return { text, ms: performance.now() - start }
  }

  /** One item, claimed and submitted. */
  async turn(times: Times): Promise<void> {
    const claimed = await this.#post('/claim', '{}')
    times.claim.push(claimed.ms)
    const [, assignmentId] = /"assignmentId":"(\w+)"/.exec(claimed.text) ?? []
    if (!assignmentId) throw new Error('no item left')
    const submitted = await this.#post(`/assignments/${assignmentId}/submit`, answer)
    times.submit.push(submitted.ms)
  }
  close(): void {
    this.#socket.destroy()
  }
}
const base = `/api/v1/projects/${encodeId('prj', projectId)}`
const answer = JSON.stringify({ answers: { topic: 'sports', quality: 4 }, activeMs: 1500 })

const at = (times: readonly number[], q: number): number => {
  const sorted = times.toSorted((a, b) => a - b)
  return +(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1)
}
const quantiles = (times: readonly number[]) => ({
  n: times.length,
  p50: at(times, 0.5),
  p95: at(times, 0.95),
  p99: at(times, 0.99),
  max: at(times, 1),
})
const tell = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

/** Every associate takes a turn every two seconds, spread over them. */
async function paced(associates: readonly Associate[], seconds: number): Promise<Times> {
  const times = { claim: [], submit: [] }
  const end = performance.now() + seconds * 1000
  await Promise.all(
    associates.map(async (associate, n) => {
      let next = performance.now() + (n / associates.length) * 2000
      while (next < end) {
        await sleep(Math.max(0, next - performance.now()))
        await associate.turn(times)
        next += 2000
      }
    }),
  )
  return times
}

async function unpaced(associates: readonly Associate[], seconds: number): Promise<Times> {
  const times = { claim: [], submit: [] }
  const end = performance.now() + seconds * 1000
  await Promise.all(
    associates.map(async (associate) => {
      while (performance.now() < end) await associate.turn(times)
    }),
  )
  return times
}

function ready(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as Ready))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

/** Processor seconds of the database's processes that live, by pid. */
function databaseSeconds(main: number): ReadonlyMap<number, number> {
  const pids = readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid === main || parentOf(pid) === main)
  return new Map(pids.map((pid) => [pid, cpuSecondsOf(pid)]))
}
function parentOf(pid: number): number {
  if (!(pid > 0)) return 0
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}

/** Runs `work`; which part of one processor client, server and database had meanwhile, and how loaded the machine was. */
async function watched(
  of: { readonly server: number; readonly database: number },
  work: () => Promise<Times>,
) {
  const start = performance.now()
  const client = process.cpuUsage()
  const server = cpuSecondsOf(of.server)
  const database = databaseSeconds(of.database)
  const times = await work()
  const wall = (performance.now() - start) / 1000
  const share = (seconds: number) => +(seconds / wall).toFixed(2)
  const used = process.cpuUsage(client)
  let inDatabase = 0
  for (const [pid, seconds] of databaseSeconds(of.database))
    inDatabase += seconds - (database.get(pid) ?? 0)
  const processors = {
    client: share((used.user + used.system) / 1e6),
    server: share(cpuSecondsOf(of.server) - server),
    database: share(inDatabase),
  }
  return { times, wall, processors, load: machine().load }
}

async function drive(items: number): Promise<void> {
  const dataDir = flags.keep ?? mkdtempSync(join(tmpdir(), 'kasauti-bench-'))
  const { associates: people } = flags
  const own = ['--items', String(items), '--associates', people, '--serve', dataDir]
  const child = fork(import.meta.filename, own)
  const { url, cookies, database } = await ready(child)
  const of = { server: child.pid ?? 0, database }
  const associates = cookies.map((cookie) => new Associate(url, cookie))
  const seconds = Number(flags.seconds)
  const shared = { bench: 'next-item', items, associates: associates.length }
  await paced(associates, Math.min(6, seconds))
  const calm = await watched(of, () => paced(associates, seconds))
  const { processors, load } = calm
  tell({ ...shared, op: 'claim', ...quantiles(calm.times.claim), processors, load })
  tell({ ...shared, op: 'submit', ...quantiles(calm.times.submit), processors, load })
  const busy = await watched(of, () => unpaced(associates, Math.max(5, seconds / 3)))
  tell({
    ...shared,
    op: 'highest rate',
    itemsPerSecond: Math.round(busy.times.submit.length / busy.wall),
    claim: quantiles(busy.times.claim),
    submit: quantiles(busy.times.submit),
    processors: busy.processors,
    load: busy.load,
  })
  for (const associate of associates) associate.close()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.send('end')
  await ended
  if (!flags.keep) rmSync(dataDir, { recursive: true, force: true })
}

if (flags.serve !== undefined) await serve(flags.serve)
else for (const items of flags.items.split(',')) await drive(Number(items))
