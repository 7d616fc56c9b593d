/**
 * How long a delivery takes, how soon its first byte comes and what memory it needs:
 * `node bench/delivery.ts [--items=1000000]`. Items and annotations are put into the tables directly.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { runningEmbedded } from '@kasauti/server'
import pg from 'pg'
import {
  argument,
  type BenchServer,
  benchServer,
  cpuSecondsOf,
  machine,
  mb,
  print,
  rssOf,
  seconds,
  watchRss,
} from './machine.ts'
import { paragraphs } from './rows.ts'

type Delivery = {
  deliveryId: string
  state: string
  error?: string
  manifest?: { items: number; annotations: number; files: { bytes: number }[] }
}
const items = argument('items', 1_000_000)
const schema = {
  inputs: [{ id: 'text', kind: 'text' }],
  fields: [{ id: 'topic', kind: 'text', title: { en: 'Topic' }, config: { lines: 'one' } }],
}

/** One annotation and one review per item; every statement makes 20,000 of each. */
async function seed(server: BenchServer, name: string): Promise<void> {
  const running = runningEmbedded(server.dataDir)
  if (!running) throw new Error('no database to fill')
  const client = new pg.Client(running)
  await client.connect()
  const texts = paragraphs(2_000).map((p) => p.text)
  const { rows } = await client.query<{ project_id: string }>(
    'select project_id from projects where name = $1',
    [name],
  )
  const project = rows[0]?.project_id
  await client.query(
    'create temporary table texts as select t, n - 1 as n from unnest($1::text[]) with ordinality as x (t, n)',
    [texts],
  )
  const made = `(select g, md5('item' || g)::uuid as item, md5('ann' || g)::uuid as ann from generate_series($2::bigint, $3::bigint) g) s`
  for (let from = 1; from <= items; from += 20_000) {
    const at = [project, from, Math.min(items, from + 19_999)]
    const user = [...at, server.userId]
    await client.query(
      `insert into items (project_id, item_id, batch_id, ordinal, rank, key, state, wanted, accepted, slots, annotations, created_at, updated_at)
      select $1, item, $1, g, g, 'item-' || g, 'accepted', 1, 1, 0, 1, now(), now() from ${made}`,
      at,
    )
    await client.query(
      `insert into item_inputs (project_id, item_id, inputs, preview)
      select $1, item, jsonb_build_object('text', jsonb_build_object('text', g || ' ' || t)), left(t, 180) from ${made} join texts on n = g % 2000`,
      at,
    )
    await client.query(
      `insert into annotations (project_id, annotation_id, item_id, batch_id, ordinal, author_id, assignment_id, state, revision, answers, schema_version, active_ms, hash, submitted_at, updated_at)
      select $1, ann, item, $1, g, $4, ann, 'accepted', 1, '{"topic": "roads"}', 1, 5000, md5(g::text), now(), now() from ${made}`,
      user,
    )
    await client.query(
      `insert into reviews (project_id, review_id, annotation_id, item_id, ordinal, assignment_id, revision, reviewer_id, verdict, note, active_ms, created_at)
      select $1, ann, ann, item, g, ann, 1, $4, 'accepted', '', 900, now() from ${made}`,
      user,
    )
  }
  await client.query('vacuum analyze items, item_inputs, annotations, reviews')
  await client.end()
}

async function deliver(server: BenchServer, project: string, format: string): Promise<void> {
  const rssBefore = rssOf(server.pid)
  const cpuBefore = cpuSecondsOf(server.pid)
  const stop = watchRss(server.pid)
  const start = performance.now()
  let found = await server.call<Delivery>('POST', `/projects/${project}/deliveries`, {
    name: `Bench ${format}`,
    formats: [format],
  })
  const at = `/projects/${project}/deliveries/${found.deliveryId}`
  const answer = await server.fetch(`${at}/files/annotations.${format}`)
  let firstByteMs = 0
  let bytes = 0
  for await (const chunk of answer.body ?? []) {
    if (bytes === 0) firstByteMs = performance.now() - start
    bytes += chunk.length
  }
  const downloadedMs = performance.now() - start
  do {
    found = await server.call<Delivery>('GET', at)
    await sleep(100)
  } while (found.state === 'queued' || found.state === 'running')
  const ms = performance.now() - start
  const most = stop()
  print({
    bench: 'delivery',
    format,
    n: items,
    state: found.state,
    ...(found.error ? { error: found.error } : {}),
    items: found.manifest?.items,
    annotations: found.manifest?.annotations,
    megabytes: mb(bytes),
    whole: bytes === found.manifest?.files[0]?.bytes,
    firstByteMs: Math.round(firstByteMs),
    downloadedSeconds: seconds(downloadedMs),
    seconds: seconds(ms),
    itemsPerSecond: Math.round((items / ms) * 1000),
    serverCpuSeconds: Math.round((cpuSecondsOf(server.pid) - cpuBefore) * 10) / 10,
    rssBeforeMb: mb(rssBefore),
    rssPeakMb: mb(most),
    rssGrowthMb: mb(most - rssBefore),
    ...machine(),
  })
}

const server = await benchServer()
try {
  const { projectId } = await server.call<{ projectId: string }>('POST', '/projects', {
    name: 'Bench',
    schema,
  })
  await seed(server, 'Bench')
  await deliver(server, projectId, 'jsonl')
  await deliver(server, projectId, 'csv')
} finally {
  await server.close()
}
