/**
 * The next item, over HTTP: simulated associates, one keep-alive connection and session each, each
 * claiming an item and submitting it every two seconds; then the same without a pause, for the highest
 * rate. The server runs in a process of its own with its own durable PostgreSQL. JSON lines.
 *
 *   node bench/next-item.ts [--items 1000000] [--associates 200] [--seconds 60] [--keep DIR]
 */
import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { encodeId } from '@kasauti/core'
import { createServer, loadConfig } from '@kasauti/server'
import { type Person, seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
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
  process.send?.({ url: server.localUrl, cookies: people.map((person) => person.cookie) })
  process.once('message', () => void server.close().then(() => process.exit(0)))
}

type Ready = { readonly url: string; readonly cookies: readonly string[] }
type Times = { readonly claim: number[]; readonly submit: number[] }
let calls = 0

class Associate {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #url: string
  readonly #cookie: string
  constructor(url: string, cookie: string) {
    this.#url = url
    this.#cookie = cookie
  }
  /** @returns the answer and how many milliseconds it took */
  #post(path: string, body: unknown): Promise<{ json: unknown; ms: number }> {
    const text = JSON.stringify(body)
    const start = performance.now()
    return new Promise((resolve, reject) => {
      const sent = request(
        `${this.#url}/api/v1/projects/${encodeId('prj', projectId)}${path}`,
        {
          method: 'POST',
          agent: this.#agent,
          headers: {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            cookie: `kasauti=${this.#cookie}`,
            origin: this.#url,
            'idempotency-key': `bench-${process.pid}-${calls++}`,
          },
        },
        (answer) => {
          const chunks: Buffer[] = []
          answer.on('data', (chunk: Buffer) => chunks.push(chunk))
          answer.on('end', () => {
            const all = Buffer.concat(chunks).toString()
            const ms = performance.now() - start
            if (answer.statusCode === 200) resolve({ json: JSON.parse(all), ms })
            else reject(new Error(`${answer.statusCode} ${all}`))
          })
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
  }
  /** One item, claimed and submitted. */
  async turn(times: Times): Promise<void> {
    const claimed = await this.#post('/claim', {})
    times.claim.push(claimed.ms)
    const [work] = (claimed.json as { rows: { assignmentId: string }[] }).rows
    if (!work) throw new Error('no item left')
    const answers = { topic: 'sports', quality: 4 }
    const submitted = await this.#post(`/assignments/${work.assignmentId}/submit`, {
      answers,
      activeMs: 1500,
    })
    times.submit.push(submitted.ms)
  }
  close(): void {
    this.#agent.destroy()
  }
}

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

async function drive(): Promise<void> {
  const dataDir = flags.keep ?? mkdtempSync(join(tmpdir(), 'kasauti-bench-'))
  const child = fork(import.meta.filename, [...process.argv.slice(2), '--serve', dataDir])
  const { url, cookies } = await ready(child)
  const associates = cookies.map((cookie) => new Associate(url, cookie))
  const seconds = Number(flags.seconds)
  await paced(associates, Math.min(6, seconds))
  const calm = await paced(associates, seconds)
  const shared = { bench: 'next-item', items: Number(flags.items), associates: associates.length }
  tell({ ...shared, op: 'claim', ...quantiles(calm.claim) })
  tell({ ...shared, op: 'submit', ...quantiles(calm.submit) })
  const burst = Math.max(5, seconds / 3)
  const busy = await unpaced(associates, burst)
  tell({
    ...shared,
    op: 'highest rate',
    itemsPerSecond: Math.round(busy.submit.length / burst),
    claim: quantiles(busy.claim),
    submit: quantiles(busy.submit),
  })
  for (const associate of associates) associate.close()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.send('end')
  await ended
  if (!flags.keep) rmSync(dataDir, { recursive: true, force: true })
}

await (flags.serve === undefined ? drive() : serve(flags.serve))
