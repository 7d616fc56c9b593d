/**
 * Three servers on one PostgreSQL, one of them killed while twelve people draw and submit: nobody gets
 * an item twice, no item has more people than it wants, nothing submitted is lost, and what the dead
 * server's people held goes on at another one.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ApiError, type Client, contract, createClient, type WireOutput } from '@kasauti/contract'
import { simpleWorkflow } from '@kasauti/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addPerson, foundHouse, type House } from './support/house.ts'
import { type Program, startProgram } from './support/program.ts'

const items = 240
const overlap = 3
let files: string
let servers: Program[] = []
let house: House

/** Where the first server's own PostgreSQL listens, for the others. */
async function databaseOf(program: Program): Promise<string> {
  const lines = (await readFile(join(program.dataDir, 'postgres/postmaster.pid'), 'utf8')).split(
    '\n',
  )
  const [, , , port, socket] = lines
  return `postgresql:///kasauti?host=${encodeURIComponent(socket ?? '')}&port=${port}&user=kasauti`
}

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'kasauti-files-'))
  const first = await startProgram({ env: { FILES_DIR: files } })
  servers = [first]
  house = await foundHouse(first.url, first.setupLink)
  const env = { FILES_DIR: files, DATABASE_URL: await databaseOf(first) }
  servers.push(await startProgram({ env }), await startProgram({ env }))
})
afterAll(async () => {
  for (const server of [...servers].reverse()) await server.stop()
  await rm(files, { recursive: true, force: true })
})

async function tokenOf(url: string, who: { email: string; password: string }): Promise<string> {
  const headers = { 'content-type': 'application/json', origin: url }
  const signed = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email: who.email, password: who.password }),
  })
  expect(signed.ok, await signed.clone().text()).toBe(true)
  const cookie = signed.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ')
  const made = await fetch(`${url}/api/v1/tokens`, {
    method: 'POST',
    headers: { ...headers, cookie },
    body: JSON.stringify({ name: 'load' }),
  })
  return ((await made.json()) as { secret: string }).secret
}

async function makeProject(): Promise<string> {
  const { projectId } = await house.client.call('project.create', {
    body: { name: 'Load', template: 'blank', sampleItems: false },
  })
  await house.client.call('workflow.publish', {
    params: { projectId },
    body: { workflow: simpleWorkflow({ overlap, review: 'none' }), basedOn: 1 },
  })
  const lines = Array.from({ length: items }, (_, i) => `{"id":"n-${i}","text":"Is ${i} even?"}`)
  const { url } = servers[0] as Program
  const uploaded = await fetch(`${url}/api/v1/projects/${projectId}/uploads?fileName=load.jsonl`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenOf(url, house.admin)}` },
    body: lines.join('\n'),
  })
  const { uploadId } = (await uploaded.json()) as { uploadId: string }
  const { importId } = await house.client.call('import.start', {
    params: { projectId },
    body: { uploadId },
  })
  for (;;) {
    const run = await house.client.call('import.get', { params: { projectId, importId } })
    if (run.state === 'done') return projectId
    if (run.state === 'failed') throw new Error(run.error ?? 'the import failed')
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** A person who works until nothing is left; when their server is gone they go to the next one. */
class Worker {
  readonly sent = new Map<string, string>()
  readonly seen = new Map<string, string>()
  moves = 0
  private at: number
  private readonly projectId: string
  private readonly token: string
  constructor(projectId: string, token: string, at: number) {
    this.projectId = projectId
    this.token = token
    this.at = at
  }

  private client(): Client {
    const baseUrl = servers[this.at % servers.length]?.url ?? ''
    return createClient({ routes: contract, baseUrl, token: this.token })
  }

  /** The same call, with the same key, until some server answers it. */
  private async call<T>(send: (client: Client) => Promise<T>): Promise<T> {
    for (let tries = 0; ; tries++) {
      try {
        return await send(this.client())
      } catch (error) {
        const status = error instanceof ApiError ? error.status : 0
        const refused = status > 0 && status < 500
        if (refused || tries > 40) throw error
        this.at += 1
        this.moves += 1
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  async work(): Promise<void> {
    const params = { projectId: this.projectId }
    for (;;) {
      const { rows } = await this.call((c) => c.call('work.claim', { params, body: { count: 2 } }))
      if (rows.length === 0) return
      for (const row of rows) {
        const { assignmentId, itemId = '', ordinal = 0 } = row
        const before = this.seen.get(itemId)
        expect(before === undefined || before === row.assignmentId, 'served twice').toBe(true)
        this.seen.set(itemId, assignmentId)
        const answer = ordinal % 2 === 0 ? 'yes' : 'no'
        const key = `${assignmentId}-submit`
        const sent = await this.call((c) =>
          c.call('work.submit', {
            params: { ...params, assignmentId },
            body: { activeMs: 10, answers: { label: answer } },
            idempotencyKey: key,
          }),
        )
        this.sent.set(itemId, sent.annotationId)
      }
    }
  }
}

test('one of three servers dies under load: no double, no overrun, no loss', async () => {
  const projectId = await makeProject()
  const tokens: string[] = []
  for (let i = 0; i < 12; i++) {
    const who = await addPerson(house, `Worker ${'abcdefghijkl'[i]}`, [
      { projectId, roles: ['associate'] },
    ])
    tokens.push(await tokenOf(servers[0]?.url ?? '', who))
  }
  const workers = tokens.map((token, i) => new Worker(projectId, token, i))
  const third = servers[2]
  if (!third) throw new Error('no third server')
  const killed = (async () => {
    while (workers.reduce((n, w) => n + w.sent.size, 0) < (items * overlap) / 3)
      await new Promise((resolve) => setTimeout(resolve, 20))
    await third.kill()
  })()
  await Promise.all([...workers.map((w) => w.work()), killed])
  expect(workers.some((w) => w.moves > 0)).toBe(true)
  const counts = (await house.client.call('project.get', { params: { projectId } })).counts
  expect(counts).toMatchObject({
    items,
    annotated: items,
    annotations: items * overlap,
    done: items,
  })
  const sent = workers.flatMap((w) => [...w.sent.values()])
  expect(new Set(sent).size).toBe(items * overlap)
  const stored = new Set<string>()
  let cursor: string | undefined
  do {
    const page: WireOutput<'item.list'> = await house.client.call('item.list', {
      params: { projectId },
      query: { limit: 100, ...(cursor ? { after: cursor } : {}) },
    })
    for (const { itemId, annotations } of page.rows) {
      expect(annotations).toBe(overlap)
      const item = await house.client.call('item.get', { params: { projectId, itemId } })
      for (const a of item.annotations) stored.add(a.annotationId)
      const people = item.annotations.map((a) => a.authorId)
      expect(new Set(people).size).toBe(overlap)
    }
    cursor = page.next
  } while (cursor)
  expect(sent.filter((id) => !stored.has(id))).toEqual([])
})
