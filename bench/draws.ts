/**
 * Many draws by many people at once, over HTTP against real PostgreSQL: overlap 3, four batches, with leases
 * that run out, skips of two kinds, releases, reviews and returns, until nothing is left. Servers run in
 * processes of their own; with more than one, on the PostgreSQL of `--database`. JSON lines; the last one
 * says how often a person was given an item twice, an item to too many, or to too few: each must be 0.
 *
 *   node bench/draws.ts [--draws 1000000] [--people 200] [--think 300] [--processes 1] [--database URL]
 *
 * `--think`: milliseconds everybody pauses between two items; 0 for the highest rate, where times tell of
 * the crowd before the server and not of a draw.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { encodeId, simpleWorkflow } from '@kasauti/core'
import { createServer, loadConfig, type Server } from '@kasauti/server'
import { seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
import { machine } from './machine.ts'
import { seedItems } from './seed.ts'

type Found = {
  readonly double_serves: number
  readonly overruns: number
  readonly starved: number
  readonly taken_out: number
  readonly expired: number
  readonly skipped: number
  readonly returned: number
}

const { values: flags } = parseArgs({
  options: {
    draws: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '200' },
    think: { type: 'string', default: '300' },
    processes: { type: 'string', default: '1' },
    database: { type: 'string' },
    serve: { type: 'string' },
    first: { type: 'boolean', default: false },
  },
})
const projectId = '01900000-0000-7000-8000-000000000003'
const overlap = 3
const tell = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function seed({ app }: Server): Promise<readonly string[]> {
  const people = []
  for (let n = 0; n < Number(flags.people); n++)
    people.push(await seedPerson(app, { name: `Person ${n}` }))
  const madeBy = people[0]?.userId ?? ''
  // About one draw in eight comes to nothing.
  const items = Math.ceil((Number(flags.draws) / overlap) * 0.87)
  const ids = people.map((person) => person.userId)
  await seedItems(app.db, {
    projectId,
    items,
    annotated: 0,
    people: ids,
    madeBy,
    search: 'not',
    tell: () => {},
  })
  const settings = {
    queue: { order: 'sequential' },
    skipReasons: [
      { id: 'unclear', title: { en: 'Unclear' }, consequence: 'others' },
      { id: 'later', title: { en: 'Later' }, consequence: 'me-later' },
    ],
    instructions: { en: '', hi: '' },
  }
  await sql`update projects set settings = ${JSON.stringify(settings)}::jsonb where project_id = ${projectId}`.execute(
    app.db,
  )
  const workflow = JSON.stringify(simpleWorkflow({ overlap, review: 'all' }))
  await sql`update workflows set workflow = ${workflow}::jsonb where project_id = ${projectId}`.execute(
    app.db,
  )
  await sql`update items set wanted = ${overlap}, slots = ${overlap} where project_id = ${projectId}`.execute(
    app.db,
  )
  for (const n of [0, 1, 2]) {
    const batchId = app.newId()
    await sql`insert into batches (project_id, batch_id, name, state, due_at, priority, created_by, created_at)
      values (${projectId}, ${batchId}, ${`Batch ${n}`}, 'open', ${n === 0 ? app.now() : null}, ${n}, ${madeBy}, ${app.now()})`.execute(
      app.db,
    )
    await sql`update items set batch_id = ${batchId} where project_id = ${projectId} and ordinal % 4 = ${n}`.execute(
      app.db,
    )
  }
  await sql`vacuum analyze`.execute(app.db)
  return people.map((person) => person.cookie)
}

/** Leases nobody acts on run out after three seconds instead of half an hour. */
async function age({ app }: Server): Promise<void> {
  await sql`update assignments a set lease_expires_at = now() - interval '1 second'
    where a.project_id = ${projectId} and a.state = 'leased' and a.lease_expires_at > now()
      and a.started_at < now() - interval '3 seconds'`.execute(app.db)
}

async function check({ app }: Server): Promise<Found | undefined> {
  const { rows } = await sql<Found>`
    select
      (select count(*) from (
        select 1 from assignments a where a.project_id = ${projectId} and a.stage = 'annotate'
          and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped')
        group by a.item_id, a.user_id having count(*) > 1) d) as double_serves,
      (select count(*) from items i where i.project_id = ${projectId} and (i.leased + i.annotations > i.wanted
        or i.annotations < (select count(*) from annotations o where o.project_id = ${projectId}
          and o.item_id = i.item_id and o.state <> 'withdrawn'))) as overruns,
      (select count(*) from items i where i.project_id = ${projectId} and not i.withdrawn
        and i.annotations < i.wanted) as starved,
      (select count(*) from items i where i.project_id = ${projectId} and i.withdrawn) as taken_out,
      (select count(*) from assignments a where a.project_id = ${projectId} and a.state = 'expired') as expired,
      (select count(*) from assignments a where a.project_id = ${projectId} and a.state = 'skipped') as skipped,
      (select count(*) from reviews r where r.project_id = ${projectId} and r.verdict = 'returned') as returned`.execute(
    app.db,
  )
  return rows[0]
}

async function serve(dataDir: string): Promise<void> {
  const server = await createServer({
    ...loadConfig(flags.database === undefined ? {} : { DATABASE_URL: flags.database }),
    dataDir,
    port: 0,
    logLevel: 'error',
  })
  const cookies = flags.first ? await seed(server) : []
  const aging = flags.first ? setInterval(() => void age(server).catch(() => {}), 1000) : undefined
  process.send?.({ url: server.localUrl, cookies })
  process.on('message', async (message) => {
    clearInterval(aging)
    if (message === 'check') process.send?.(await check(server))
    else await server.close().then(() => process.exit(0))
  })
}

type Ready = { readonly url: string; readonly cookies: readonly string[] }
const heard = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T))
    child.once('exit', (code) => reject(new Error(`a server ended with ${code}`)))
  })

let calls = 0
type Answer = { readonly status: number; readonly json: { rows?: { assignmentId: string }[] } }
function caller(url: string, cookie: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const { hostname, port } = new URL(url)
  return (path: string, body: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify(body)
      const sent = request(
        {
          agent,
          hostname,
          port,
          path: `/api/v1/projects/${encodeId('prj', projectId)}${path}`,
          method: 'POST',
          headers: {
            cookie: `kasauti=${cookie}`,
            origin: url,
            'content-type': 'application/json',
            'content-length': text.length,
            'idempotency-key': `draws-${process.pid}-${calls++}`,
          },
        },
        (answer) => {
          let json = ''
          answer.setEncoding('utf8')
          answer.on('data', (chunk) => (json += chunk))
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, json: JSON.parse(json) }),
          )
        },
      )
      sent.on('error', reject)
      sent.end(text)
    })
}

const times: number[] = []
let draws = 0
/** Left lying by their person, who says they hold them: their leases run out. */
const abandoned = new Map<ReturnType<typeof caller>, readonly string[]>()
let bugs = 0
let turn = 0
const answer = { answers: { topic: 'sports', quality: 4 }, activeMs: 0 }

/** One draw and what becomes of it. @returns whether there was anything */
async function work(call: ReturnType<typeof caller>, calm: boolean): Promise<boolean> {
  const stage = turn++ % 8 === 0 && !calm ? 'review' : 'annotate'
  const start = performance.now()
  const left = abandoned.get(call) ?? []
  const holding = stage === 'annotate' ? left.slice(-10) : []
  const claimed = await call('/claim', { stage, holding })
  times.push(performance.now() - start)
  if (claimed.status >= 500) bugs += 1
  const [row] = claimed.json.rows ?? []
  if (!row) return stage === 'review'
  draws += 1
  const at = `/assignments/${row.assignmentId}`
  const done = await become(call, { at, stage, calm })
  if (!done) abandoned.set(call, [...left, row.assignmentId])
  if (done && done.status >= 500) bugs += 1
  return true
}

function become(
  call: ReturnType<typeof caller>,
  { at, stage, calm }: { at: string; stage: string; calm: boolean },
): Promise<Answer> | undefined {
  if (stage === 'review') {
    const verdict = draws % 5 === 0 && !calm ? 'returned' : 'accepted'
    return call(`${at}/review`, { verdict, note: 'Look again', activeMs: 0 })
  }
  if (calm) return call(`${at}/submit`, answer)
  if (draws % 50 === 1) return undefined
  if (draws % 40 === 2) return call(`${at}/skip`, { reason: 'later', activeMs: 0 })
  if (draws % 97 === 3) return call(`${at}/skip`, { reason: 'unclear', activeMs: 0 })
  if (draws % 60 === 4) return call(`${at}/release`, {})
  return call(`${at}/submit`, answer)
}

const at = (sorted: readonly number[], q: number): number =>
  +(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1)

async function drive(): Promise<void> {
  const processes = Number(flags.processes)
  if (processes > 1 && flags.database === undefined)
    throw new Error('several servers share the PostgreSQL of --database')
  const dataDir = mkdtempSync(join(tmpdir(), 'kasauti-draws-'))
  const argv = process.argv.slice(2)
  const children: ChildProcess[] = []
  const ready: Ready[] = []
  for (let n = 0; n < processes; n++) {
    const own = ['--serve', join(dataDir, `${n}`), ...(n === 0 ? ['--first'] : [])]
    const child = fork(import.meta.filename, [...argv, ...own])
    children.push(child)
    ready.push(await heard<Ready>(child))
  }
  const began = performance.now()
  const callers = (ready[0]?.cookies ?? []).map((cookie, n) =>
    caller(ready[n % processes]?.url ?? '', cookie),
  )
  const wanted = Number(flags.draws)
  const think = Number(flags.think)
  await Promise.all(
    callers.map(async (call) => {
      for (let idle = 0; idle < 3 && draws < wanted; ) {
        idle = (await work(call, false)) ? 0 : idle + 1
        await sleep(Math.random() * 2 * think)
      }
    }),
  )
  const seconds = (performance.now() - began) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  const shared = { bench: 'draws', over: 'http', people: callers.length, processes }
  tell({
    ...shared,
    draws,
    seconds: Math.round(seconds),
    perSecond: Math.round(draws / seconds),
    p50: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    p99: at(sorted, 0.99),
    max: at(sorted, 1),
    load: machine().load,
  })
  // To the end: sweeps end what was left lying, everybody finishes what they can still be given.
  for (let round = 0; round < 3; round++) {
    await Promise.all(
      callers.map(async (call) => {
        for (let idle = 0; idle < 3; ) idle = (await work(call, true)) ? 0 : idle + 1
      }),
    )
    if (round < 2) await sleep(62_000)
  }
  const [first] = children
  if (!first) return
  const checked = heard<Found>(first)
  first.send('check')
  const found = await checked
  tell({ ...shared, draws, serverErrors: bugs, ...found })
  for (const child of children) {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.send('end')
    await ended
  }
  rmSync(dataDir, { recursive: true, force: true })
  if (bugs + found.double_serves + found.overruns + found.starved > 0) process.exitCode = 1
}

await (flags.serve === undefined ? drive() : serve(flags.serve))
