/**
 * The items table over a million items and a million annotations: filter x sort x direction, the first
 * page and the next, over HTTP. JSON lines: p50 and p95 in milliseconds.
 *
 *   node bench/items-table.ts [--items 1000000] [--annotated 1000000] [--people 40] [--rounds 12] [--keep DIR]
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { encodeId } from '@kasauti/core'
import { createServer, loadConfig } from '@kasauti/server'
import { seedPerson } from '@kasauti/testkit'
import { sql } from 'kysely'
import { machine } from './machine.ts'
import { seedItems } from './seed.ts'

const { values: flags } = parseArgs({
  options: {
    items: { type: 'string', default: '1000000' },
    annotated: { type: 'string' },
    people: { type: 'string', default: '40' },
    rounds: { type: 'string', default: '12' },
    keep: { type: 'string' },
    only: { type: 'string' },
  },
})
const items = Number(flags.items)
const annotated = Number(flags.annotated ?? items)
const crowd = Number(flags.people)
const rounds = Number(flags.rounds)
const dataDir = flags.keep ?? mkdtempSync(join(tmpdir(), 'kasauti-bench-'))
const fresh = !existsSync(join(dataDir, 'postgres'))
const config = { ...loadConfig({}), dataDir, port: 0, logLevel: 'error' as const }
const server = await createServer(config)
const { app } = server
const tell = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)
const projectId = '01900000-0000-7000-8000-000000000001'
if (fresh) {
  const people = []
  for (let n = 0; n < crowd; n++)
    people.push((await seedPerson(app, { name: `Person ${n}` })).userId)
  await seedItems(app.db, {
    projectId,
    items,
    annotated,
    people,
    madeBy: people[0] ?? '',
    search: 'indexed',
    tell: (line) => tell({ seeded: line }),
  })
  await sql`vacuum analyze`.execute(app.db)
}
const lead = await seedPerson(app, { name: 'Lead', admin: true })
const authors = await sql<{
  user_id: string
}>`select user_id from members where project_id = ${projectId} order by user_id`.execute(app.db)
const people = authors.rows.map((row) => encodeId('usr', row.user_id))
const path = `${server.localUrl}/api/v1/projects/${encodeId('prj', projectId)}/items`

type Page = { readonly rows: readonly unknown[]; readonly next?: string }
async function list(query: Readonly<Record<string, string>>): Promise<Page> {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${lead.token}` },
  })
  if (!answer.ok) throw new Error(await answer.text())
  return (await answer.json()) as Page
}

const filters: Record<string, (n: number) => object> = {
  none: () => ({}),
  'state=accepted': () => ({ state: ['accepted'] }),
  'state=returned': () => ({ state: ['returned'] }),
  'state=open (none)': () => ({ state: ['open'] }),
  'state=annotated,returned': () => ({ state: ['annotated', 'returned'] }),
  author: (n) => ({ author: people[n % crowd] }),
  'verdict=fixed (5 %)': () => ({ verdict: 'fixed' }),
  'verdict=returned': () => ({ verdict: 'returned' }),
  'topic=sports (40 %)': () => ({ answers: [{ field: 'topic', value: 'sports' }] }),
  'topic=weather (0.8 %)': () => ({ answers: [{ field: 'topic', value: 'weather' }] }),
  'topic=sports, state=open': () => ({
    state: ['open'],
    answers: [{ field: 'topic', value: 'sports' }],
  }),
  'topic=other (60)': () => ({ answers: [{ field: 'topic', value: 'other' }] }),
  'topic=weather, quality=3': () => ({
    answers: [
      { field: 'topic', value: 'weather' },
      { field: 'quality', value: '3' },
    ],
  }),
  'topic=politics, quality=5, state=annotated': () => ({
    state: ['annotated'],
    answers: [
      { field: 'topic', value: 'politics' },
      { field: 'quality', value: '5' },
    ],
  }),
  'author, topic=health': (n) => ({
    author: people[n % crowd],
    answers: [{ field: 'topic', value: 'health' }],
  }),
  'author, verdict=fixed': (n) => ({ author: people[n % crowd], verdict: 'fixed' }),
  'search common word': (n) => ({ search: ['monsoon', 'बारिश', 'bridge', 'exam'][n % 4] }),
  'search rare prefix': (n) => ({ search: `${(n * 7919 + 4096).toString(16).slice(0, 4)}` }),
  'search three words': () => ({ search: 'monsoon bridge festival' }),
  'search none': () => ({ search: 'zzzzqq' }),
  'search rare + state': (n) => ({
    state: ['returned'],
    search: `${(n * 104729 + 65536).toString(16).slice(0, 4)}`,
  }),
  'updated: one hour': (n) => ({
    updatedFrom: new Date(Date.UTC(2026, 0, 8, n)),
    updatedTo: new Date(Date.UTC(2026, 0, 8, n + 1)),
  }),
  'updated: one day': (n) => ({
    updatedFrom: new Date(Date.UTC(2026, 0, 7 + (n % 8))),
    updatedTo: new Date(Date.UTC(2026, 0, 8 + (n % 8))),
  }),
  'updated: last day': () => ({ updatedFrom: new Date(Date.UTC(2026, 0, 18)) }),
}
const sorts = ['ordinal', 'key', 'updatedAt', 'annotations', 'activeMs'] as const
const quantile = (times: number[], q: number) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0

const everything: number[] = []
let worst = { p95: 0, what: '' }
for (const [name, filter] of Object.entries(filters)) {
  if (flags.only && !name.includes(flags.only)) continue
  for (const sort of sorts)
    for (const direction of ['asc', 'desc'] as const) {
      const times: number[] = []
      let found = 0
      for (let n = 0; n < rounds; n++) {
        const query = { sort, direction, limit: '50', filter: JSON.stringify(filter(n)) }
        const ask = async (after?: string) => {
          const start = performance.now()
          const page = await list(after ? { ...query, after } : query)
          times.push(performance.now() - start)
          return page
        }
        const first = await ask()
        found = first.rows.length
        if (first.next) await ask(first.next)
      }
      everything.push(...times)
      const p95 = quantile(times, 0.95)
      if (p95 > worst.p95) worst = { p95, what: `${name} by ${sort} ${direction}` }
      tell({
        filter: name,
        sort,
        direction,
        rows: found,
        p50: +quantile(times, 0.5).toFixed(1),
        p95: +p95.toFixed(1),
      })
    }
}
tell({
  bench: 'items-table',
  items,
  annotated,
  people: crowd,
  p50: +quantile(everything, 0.5).toFixed(1),
  p95: +quantile(everything, 0.95).toFixed(1),
  worst,
  load: machine().load,
})
await server.close()
if (!flags.keep) rmSync(dataDir, { recursive: true, force: true })
