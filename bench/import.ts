/**
 * How long an import takes and what memory it needs: `node bench/import.ts [--rows=1000000]`. The same
 * number of rows is imported twice into one project, so that the second meets what the first left.
 */
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  argument,
  type BenchServer,
  benchServer,
  cpuSecondsOf,
  machine,
  mb,
  postgresCpuSecondsOf,
  print,
  rssOf,
  seconds,
  watchRss,
} from './machine.ts'
import { jsonlPieces } from './rows.ts'

type Job = { kind: string; state: string }
type Import = { importId: string; state: string; items: number; rejected: number; error?: string }

const rows = argument('rows', 1_000_000)
const schema = {
  inputs: [{ id: 'text', kind: 'text' }],
  fields: [{ id: 'topic', kind: 'text', title: { en: 'Topic' }, config: { lines: 'one' } }],
}

async function idle(server: BenchServer, project: string): Promise<number> {
  const start = performance.now()
  for (;;) {
    const jobs = await server.call<{ rows: Job[] }>('GET', `/projects/${project}/jobs`)
    if (jobs.rows.every((j) => j.state !== 'queued' && j.state !== 'running'))
      return performance.now() - start
    await sleep(500)
  }
}

const tenths = (n: number): number => Math.round(n * 10) / 10

async function once(
  server: BenchServer,
  project: string,
  held: number,
): Promise<{ ms: number; cpu: number }> {
  const rssBefore = rssOf(server.pid)
  const stopUpload = watchRss(server.pid)
  const uploadStart = performance.now()
  const body = Readable.toWeb(
    Readable.from(jsonlPieces(rows, `r${held}`)).map((s: string) => Buffer.from(s)),
  )
  const answer = await server.fetch(`/projects/${project}/uploads?fileName=rows-${held}.jsonl`, {
    method: 'POST',
    body: body as ReadableStream,
    duplex: 'half',
    headers: { 'content-type': 'application/octet-stream' },
  } as RequestInit)
  if (!answer.ok) throw new Error(await answer.text())
  const upload = (await answer.json()) as { uploadId: string; bytes: number }
  const uploadMs = performance.now() - uploadStart
  const uploadRss = stopUpload()
  const stop = watchRss(server.pid)
  const cpuBefore = cpuSecondsOf(server.pid)
  const databaseBefore = postgresCpuSecondsOf(server.dataDir)
  const start = performance.now()
  let found = await server.call<Import>('POST', `/projects/${project}/imports`, {
    uploadId: upload.uploadId,
  })
  while (found.state === 'queued' || found.state === 'running') {
    await sleep(100)
    found = await server.call<Import>('GET', `/projects/${project}/imports/${found.importId}`)
  }
  const ms = performance.now() - start
  const most = stop()
  const serverCpu = cpuSecondsOf(server.pid) - cpuBefore
  const databaseCpu = postgresCpuSecondsOf(server.dataDir) - databaseBefore
  print({
    bench: 'import',
    n: rows,
    projectHeld: held,
    state: found.state,
    ...(found.error ? { error: found.error } : {}),
    items: found.items,
    rejected: found.rejected,
    megabytes: mb(upload.bytes),
    uploadSeconds: seconds(uploadMs),
    uploadRssGrowthMb: mb(uploadRss - rssBefore),
    seconds: seconds(ms),
    rowsPerSecond: Math.round((rows / ms) * 1000),
    megabytesPerSecond: Math.round(mb(upload.bytes) / (ms / 1000)),
    serverCpuSeconds: tenths(serverCpu),
    databaseCpuSeconds: tenths(databaseCpu),
    rssBeforeMb: mb(rssBefore),
    rssPeakMb: mb(most),
    rssGrowthMb: mb(most - rssBefore),
    ...machine(),
  })
  return { ms, cpu: serverCpu + databaseCpu }
}

const server = await benchServer()
try {
  const { projectId } = await server.call<{ projectId: string }>('POST', '/projects', {
    name: 'Bench',
    schema,
  })
  const first = await once(server, projectId, 0)
  const indexMs = argument('times', 2) > 1 ? await idle(server, projectId) : 0
  if (argument('times', 2) > 1) {
    const second = await once(server, projectId, rows)
    print({
      bench: 'import',
      n: rows,
      secondToFirst: Math.round((second.ms / first.ms) * 1000) / 1000,
      secondToFirstCpu: Math.round((second.cpu / first.cpu) * 1000) / 1000,
      searchIndexSeconds: seconds(indexMs),
    })
  }
} finally {
  await server.close()
}
