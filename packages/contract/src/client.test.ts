import { expect, test } from 'vitest'
import { ApiError, createClient, type Fetch, fillPath } from './client.ts'
import { contract } from './registry.ts'

type Reply = { status: number; body: unknown } | 'drop'

/** A client whose network answers as told; the last reply repeats. */
function serving(replies: Reply[]) {
  const seen: { url: string; method: string; headers: Record<string, string> }[] = []
  const fetch: Fetch = async (url, init) => {
    seen.push({ url, method: init.method, headers: init.headers })
    const reply = replies[Math.min(seen.length, replies.length) - 1] ?? 'drop'
    if (reply === 'drop') throw new TypeError('fetch failed')
    const type = reply.status < 400 ? 'application/json' : 'application/problem+json'
    return new Response(JSON.stringify(reply.body), {
      status: reply.status,
      headers: { 'content-type': type, 'x-request-id': 'r-1' },
    })
  }
  const client = createClient({
    routes: contract,
    baseUrl: 'http://house.test/',
    token: 'secret',
    fetch,
    pausesMs: [1, 1],
  })
  return { client, seen }
}

test('a mutation that loses its answer is sent again under the same idempotency key', async () => {
  const { client, seen } = serving([
    'drop',
    { status: 503, body: {} },
    { status: 200, body: { read: 1 } },
  ])
  await client.call('notification.read', { body: {} })
  expect(seen.map((s) => s.method)).toEqual(['POST', 'POST', 'POST'])
  const keys = new Set(seen.map((s) => s.headers['idempotency-key']))
  expect(keys.size).toBe(1)
  expect([...keys][0]).toMatch(/^[0-9a-f]{32}$/)
  expect(seen[0]?.headers['authorization']).toBe('Bearer secret')
})

test('a problem document becomes an ApiError with its code, problems and request id', async () => {
  const problems = [{ path: 'answers.topic', message: 'missing' }]
  const { client, seen } = serving([
    { status: 422, body: { code: 'answer/invalid', detail: 'does not fit', problems } },
  ])
  const thrown = await client.call('session.signOut').catch((e: unknown) => e)
  expect(thrown).toBeInstanceOf(ApiError)
  expect(thrown).toMatchObject({
    status: 422,
    code: 'answer/invalid',
    detail: 'does not fit',
    problems,
    requestId: 'r-1',
  })
  expect(seen).toHaveLength(1)
})

test('when nothing answers after all tries the error says so', async () => {
  const { client, seen } = serving(['drop'])
  await expect(client.call('system.health')).rejects.toMatchObject({
    status: 0,
    code: 'network/unreachable',
  })
  expect(seen).toHaveLength(3)
})

test('an aborted call stops without another try', async () => {
  const { client, seen } = serving(['drop'])
  const abort = new AbortController()
  abort.abort(new Error('left the page'))
  await expect(client.call('system.health', { signal: abort.signal })).rejects.toThrow(
    'left the page',
  )
  expect(seen).toHaveLength(1)
})

test('parameters and queries are escaped, objects travel as JSON, absent values not at all', () => {
  expect(
    fillPath('/a/:x/b', { x: 'क/ख' }, { filter: { search: 'a&b' }, after: undefined, n: 2 }),
  ).toBe(`/a/${encodeURIComponent('क/ख')}/b?filter=${encodeURIComponent('{"search":"a&b"}')}&n=2`)
  expect(() => fillPath('/a/:x', {})).toThrow('no parameter x')
})
