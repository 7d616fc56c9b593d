/** Every operation, called by everybody, in their own project and in another: what the contract's `may` says is what happens. */
import { contract, fillPath, type Operation, type OperationName } from '@kasauti/contract'
import { projectRoles } from '@kasauti/core'
import { type TestApp, type TestHttp, testApp, testHttp } from '@kasauti/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { features } from '../features.ts'
import type { Handlers } from '../platform/http/index.ts'
import { type Call, examples, pending } from './fixtures/examples.ts'
import { type Caller, freshSession, makeWorld, type Which, type World } from './fixtures/world.ts'

const operations = Object.entries(contract) as [OperationName, Operation][]
const routes = Object.assign({}, ...features.map((f) => f.routes ?? {})) as Partial<Handlers>

let app: TestApp
let http: TestHttp
let world: World

beforeAll(async () => {
  app = await testApp()
  http = await testHttp(app, routes)
  world = await makeWorld(app, http)
})
afterAll(async () => {
  await http?.close()
  await app?.close()
})

test('every operation has a handler and an example, and nothing is pending', () => {
  const names = operations.map(([name]) => name)
  expect(names.filter((name) => !routes[name])).toEqual([])
  expect(names.filter((name) => !examples[name])).toEqual([])
  expect(pending).toEqual([])
})

type Expected = 'done' | 401 | 403 | 404

function expected(op: Operation, caller: Caller, which: Which): Expected {
  const { may } = op
  if (may === 'public') return 'done'
  if (!caller.person) return 401
  if (may === 'signed-in' || caller.admin) return 'done'
  if (may === 'admin') return 403
  const leads = [...caller.roles.a, ...caller.roles.b].some(
    (role) => role === 'lead' || role === 'manager',
  )
  if (may === 'creator') return leads ? 'done' : 403
  if (caller.roles[which].length === 0) return 404
  return caller.roles[which].some((role) => may.includes(role)) ? 'done' : 403
}

async function outcome(
  op: Operation,
  caller: Caller,
  call: Call,
): Promise<{ status: number; text: string }> {
  const query = new URLSearchParams(call.query).toString()
  const path = fillPath(op.path, call.params ?? {}) + (query ? `?${query}` : '')
  const credential = caller.person
    ? caller.by === 'cookie'
      ? { cookie: await freshSession(world, caller.person) }
      : { token: caller.person.token }
    : {}
  if (op.transport === 'events') return firstBytes(path, credential)
  const sent = {
    ...credential,
    ...(call.body === undefined ? {} : { body: call.body }),
    ...(call.raw === undefined ? {} : { raw: call.raw }),
  }
  return http.send(op.method, path, sent)
}

async function firstBytes(path: string, credential: { cookie?: string; token?: string }) {
  const leaving = new AbortController()
  const headers: Record<string, string> = credential.cookie
    ? { cookie: `kasauti=${credential.cookie}` }
    : credential.token
      ? { authorization: `Bearer ${credential.token}` }
      : {}
  const answer = await fetch(`${http.url}/api/v1${path}`, { headers, signal: leaving.signal })
  leaving.abort()
  return { status: answer.status, text: '' }
}

describe.each(operations.filter(([name]) => examples[name] && routes[name]))('%s', (name, op) => {
  const places: readonly Which[] = op.path.includes(':projectId') ? ['a', 'b'] : ['a']
  test.each(places)('in project %s is answered by who may call it', async (which) => {
    const results: Record<string, unknown> = {}
    const wanted: Record<string, unknown> = {}
    for (const caller of world.callers) {
      const userId = caller.person?.userId ?? world.author.userId
      const roles = caller.admin ? projectRoles : caller.roles[which]
      const call =
        (await examples[name]?.({ world, projectId: world.projects[which], userId, roles })) ?? {}
      const want = expected(op, caller, which)
      const { status, text } = await outcome(op, caller, call)
      wanted[caller.name] = want === 'done' ? (call.status ?? 200) : want
      results[caller.name] =
        status === wanted[caller.name] ? status : `${status} ${text.slice(0, 300)}`
    }
    expect(results).toEqual(wanted)
  })
})
