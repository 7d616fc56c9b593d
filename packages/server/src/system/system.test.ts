import { encodeId } from '@kasauti/core'
import {
  type Person,
  seedPerson,
  seedProject,
  type TestApp,
  type TestHttp,
  testApp,
  testHttp,
} from '@kasauti/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { notify } from '../notification/index.ts'
import { routes } from './index.ts'

let app: TestApp
let http: TestHttp
let asha: Person
let mine: string
let other: string

beforeAll(async () => {
  app = await testApp()
  http = await testHttp(app, routes)
  asha = await seedPerson(app, { name: 'Asha' })
  const ravi = await seedPerson(app, { name: 'Ravi' })
  mine = await seedProject(app, {
    name: 'Mine',
    by: asha,
    schema: {},
    members: [{ person: asha, roles: ['associate'] }],
  })
  other = await seedProject(app, {
    name: 'Other',
    by: ravi,
    schema: {},
    members: [{ person: ravi, roles: ['lead'] }],
  })
})
afterAll(async () => {
  await http?.close()
  await app?.close()
})

type Heard = { id: string; kind: string; data: Record<string, string> }

/** Reads the stream until `n` events have come, then leaves. */
async function hear(
  n: number,
  o: { person: Person; lastEventId?: string; once?: () => void },
): Promise<Heard[]> {
  const leaving = new AbortController()
  const headers = {
    cookie: `kasauti=${o.person.cookie}`,
    ...(o.lastEventId ? { 'last-event-id': o.lastEventId } : {}),
  }
  const answer = await fetch(`${http.url}/api/v1/events`, { headers, signal: leaving.signal })
  expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const heard: Heard[] = []
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    if (text === '') o.once?.()
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    heard.length = 0
    for (const [, id = '', kind = '', data = '{}'] of text.matchAll(
      /id: (.*)\nevent: (.*)\ndata: (.*)\n\n/g,
    ))
      heard.push({ id, kind, data: JSON.parse(data) })
    if (heard.length >= n) break
  }
  leaving.abort()
  return heard
}

test('a person hears of their projects and what is told to them, and of nothing else', async () => {
  const stranger = await seedPerson(app, { name: 'Stranger' })
  const heard = await hear(2, {
    person: asha,
    once: () => {
      app.announce({ kind: 'project.changed', projectId: other })
      app.announce({ kind: 'notification.new', toUserId: stranger.userId })
      app.announce({ kind: 'item.changed', projectId: mine })
      void notify(app.db, app, {
        userId: asha.userId,
        kind: 'import-done',
        projectId: mine,
        href: '/',
      })
    },
  })
  expect(heard.map((e) => e.kind).sort()).toEqual(['item.changed', 'notification.new'])
  expect(heard.find((e) => e.kind === 'item.changed')?.data).toEqual({
    projectId: encodeId('prj', mine),
  })
})

test('a job is named as the API names it', async () => {
  const jobId = app.newId()
  const [event] = await hear(1, {
    person: asha,
    once: () => app.announce({ kind: 'job.changed', projectId: mine, payload: { jobId } }),
  })
  expect(event?.data).toEqual({
    projectId: encodeId('prj', mine),
    jobId: encodeId('job', jobId),
  })
})

test('a page that was away gets what it missed, once', async () => {
  const [first] = await hear(1, {
    person: asha,
    once: () => app.announce({ kind: 'job.changed', projectId: mine }),
  })
  app.announce({ kind: 'import.changed', projectId: mine })
  app.announce({ kind: 'delivery.changed', projectId: mine })
  const heard = await hear(2, { person: asha, lastEventId: first?.id ?? '' })
  // Two announcements are two transactions: either may be first.
  expect(heard.map((e) => e.kind).sort()).toEqual(['delivery.changed', 'import.changed'])
  expect(new Set(heard.map((e) => e.id)).size).toBe(2)
})

test('the status page tells of versions, sizes and checks', async () => {
  const admin = await seedPerson(app, { name: 'Admin', admin: true })
  const { json } = await http.send('GET', '/system', { cookie: admin.cookie })
  expect(json.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(json.dataBytes).toBeGreaterThan(1_000_000)
  expect(json.checks.map((c: { name: string }) => c.name)).toEqual([
    'database',
    'data-directory',
    'disk',
    'address',
  ])
  // A test's database runs without fsync: the check says so.
  expect(json.checks[0]).toMatchObject({ ok: false, advice: expect.stringContaining('fsync') })
  expect(json.checks[1]).toMatchObject({ ok: true })
})

test('health needs no sign-in and tells only that and the version', async () => {
  expect((await http.send('GET', '/health')).json).toEqual({
    ok: true,
    version: expect.any(String),
  })
})
