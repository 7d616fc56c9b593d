import {
  type Person,
  seedPerson,
  type TestApp,
  type TestHttp,
  testApp,
  testHttp,
} from '@kasauti/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes as invitations } from '../invitation/index.ts'
import { routes as members } from '../member/index.ts'
import { routes as system } from '../system/index.ts'
import { routes as tokens } from '../token/index.ts'
import { routes as users } from '../user/index.ts'
import { firstAdminLink, hashPassword, routes as sessions } from './index.ts'

let app: TestApp
let http: TestHttp
let now = new Date('2026-11-01T09:00:00Z')
const good = 'sapphire kettle 41'

beforeAll(async () => {
  app = await testApp({ now: () => now })
  http = await testHttp(app, {
    ...sessions,
    ...users,
    ...invitations,
    ...members,
    ...tokens,
    ...system,
  })
})
afterAll(async () => {
  await http?.close()
  await app?.close()
})

const cookieOf = (headers: Headers): string =>
  /kasauti=([^;]*)/.exec(headers.get('set-cookie') ?? '')?.[1] ?? ''
const withPassword = async (name: string, more: { admin?: boolean } = {}): Promise<Person> =>
  seedPerson(app, { name, passwordHash: await hashPassword(good), ...more })
const signIn = (email: string, password: string, headers: Record<string, string> = {}) =>
  http.send('POST', '/session', { body: { email, password }, headers })

test('the first admin comes in by the printed link, once', async () => {
  const link = await firstAdminLink(app, 'http://here')
  const secret = link?.split('/').at(-1)
  expect((await http.send('GET', `/setup/${secret}`)).json).toEqual({ purpose: 'first-admin' })
  const body = { email: 'Asha@Example.test', name: 'आशा वर्मा', password: good, locale: 'hi' }
  const weak = await http.send('POST', `/setup/${secret}`, {
    body: { ...body, password: 'Password123' },
  })
  expect([weak.status, weak.json.code]).toEqual([422, 'user/weak-password'])
  const all = await Promise.all(
    [1, 2, 3].map(() => http.send('POST', `/setup/${secret}`, { body })),
  )
  expect(all.map((a) => a.status).sort()).toEqual([200, 410, 410])
  const first = all.find((a) => a.status === 200)
  expect(first?.json).toMatchObject({
    email: 'asha@example.test',
    name: 'आशा वर्मा',
    admin: true,
    preferences: { locale: 'hi' },
  })
  const cookie = cookieOf(first?.headers ?? new Headers())
  expect((await http.send('GET', '/me', { cookie })).json.name).toBe('आशा वर्मा')
  expect(await firstAdminLink(app, 'http://here')).toBeUndefined()
  expect((await http.send('GET', `/setup/${secret}`)).status).toBe(410)
  const { rows } = await app.pool.query('select secret_hash from one_time_links')
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('signing in sets a cookie that no script can read, whatever the case of the address', async () => {
  const p = await withPassword('Meera')
  const answer = await signIn(p.email.toUpperCase(), good)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('set-cookie')).toMatch(
    /^kasauti=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/,
  )
  const cookie = cookieOf(answer.headers)
  expect((await http.send('GET', '/me', { cookie })).json.userId).toMatch(/^usr_/)
  const out = await http.send('DELETE', '/session', { cookie })
  expect(out.headers.get('set-cookie')).toMatch(/Max-Age=0/)
  expect((await http.send('GET', '/me', { cookie })).status).toBe(401)
})

test('signing in counts as having been seen', async () => {
  const admin = await seedPerson(app, { name: 'Admin One', admin: true })
  const p = await withPassword('Briefly')
  const seen = async () => {
    const { json } = await http.send('GET', '/users?search=briefly', { cookie: admin.cookie })
    return json.rows[0].lastSeenAt
  }
  await app.db
    .updateTable('users')
    .set({ last_seen_at: null })
    .where('email', '=', p.email)
    .execute()
  expect(await seen()).toBeUndefined()
  await signIn(p.email, good)
  expect(await seen()).toBe(now.toISOString())
})

test('over https the cookie is bound to the host', async () => {
  const secure = await testApp({ config: { trustProxy: true } })
  const behind = await testHttp(secure, sessions)
  const p = await seedPerson(secure, { name: 'Ravi', passwordHash: await hashPassword(good) })
  const answer = await behind.send('POST', '/session', {
    body: { email: p.email, password: good },
    headers: { 'x-forwarded-proto': 'https' },
  })
  expect(answer.headers.get('set-cookie')).toMatch(/^__Host-kasauti=.*; Secure$/)
  await behind.close()
  await secure.close()
})

test('a wrong password, an unknown address and a disabled person are told the same', async () => {
  const p = await withPassword('Kabir')
  const d = await withPassword('Disabled')
  await app.pool.query('update users set disabled = true where user_id = $1', [d.userId])
  const answers = await Promise.all([
    signIn(p.email, 'wrong password'),
    signIn('nobody@example.test', good),
    signIn(d.email, good),
  ])
  const told = answers.map((a) => ({ ...a.json, requestId: '' }))
  expect(answers.map((a) => a.status)).toEqual([401, 401, 401])
  expect(told[1]).toEqual(told[0])
  expect(told[2]).toEqual(told[0])
})

test('the eleventh wrong try in a row waits, for known and unknown addresses, and time lets in again', async () => {
  const p = await withPassword('Target')
  for (const email of [p.email, 'unknown@example.test']) {
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => signIn(email, 'wrong password')),
    )
    expect(tries.filter((a) => a.status === 401)).toHaveLength(10)
    const refused = tries.filter((a) => a.status === 429)
    expect(refused).toHaveLength(2)
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect((await signIn(p.email, good)).status).toBe(429)
  now = new Date(now.getTime() + 31_000)
  expect((await signIn(p.email, good)).status).toBe(200)
  expect((await signIn(p.email, good)).status).toBe(200)
})

test('a session ends after twelve idle hours, and after thirty days whatever happens', async () => {
  const p = await withPassword('Idle')
  const cookie = cookieOf((await signIn(p.email, good)).headers)
  const start = now
  for (let day = 0; day < 29; day++) {
    for (let part = 0; part < 3; part++) {
      now = new Date(now.getTime() + 8 * 3_600_000)
      expect((await http.send('GET', '/me', { cookie })).status).toBe(200)
      await expect.poll(() => seenAt(p.userId)).toEqual(now)
    }
  }
  now = new Date(start.getTime() + 30 * 86_400_000 + 1000)
  expect((await http.send('GET', '/me', { cookie })).status).toBe(401)
  const second = cookieOf((await signIn(p.email, good)).headers)
  now = new Date(now.getTime() + 12 * 3_600_000 + 1000)
  expect((await http.send('GET', '/me', { cookie: second })).status).toBe(401)
})

async function seenAt(userId: string): Promise<Date | undefined> {
  const { rows } = await app.pool.query(
    'select max(last_seen_at) as at from sessions where user_id = $1',
    [userId],
  )
  return rows[0]?.at
}

test('changing the password ends every other session and renews this one', async () => {
  const p = await withPassword('Rotating')
  const one = cookieOf((await signIn(p.email, good)).headers)
  const other = cookieOf((await signIn(p.email, good)).headers)
  const wrong = await http.send('PUT', '/me/password', {
    cookie: one,
    body: { current: 'not this one', password: 'another fine one' },
  })
  expect(wrong.json.code).toBe('auth/wrong-credentials')
  const changed = await http.send('PUT', '/me/password', {
    cookie: one,
    body: { current: good, password: 'another fine one' },
  })
  expect(changed.status).toBe(200)
  const renewed = cookieOf(changed.headers)
  expect(renewed).not.toBe(one)
  const statuses = await Promise.all(
    [one, other, renewed].map(async (cookie) => (await http.send('GET', '/me', { cookie })).status),
  )
  expect(statuses).toEqual([401, 401, 200])
  expect((await signIn(p.email, good)).status).toBe(401)
  expect((await signIn(p.email, 'another fine one')).status).toBe(200)
})

test.each([
  'password123',
  '1234567890',
  'qwertyuiop',
  'PASSWORD1234',
  'iloveyou123',
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'jaishreeram',
  'ｐａｓｓｗｏｒｄ１２３',
  'weakling@x',
])('the password %s is refused', async (password) => {
  const p = await withPassword('weakling@x')
  const answer = await http.send('PUT', '/me/password', {
    cookie: p.cookie,
    body: { current: good, password },
  })
  expect([answer.status, answer.json.code]).toEqual([422, 'user/weak-password'])
  expect(answer.json.problems[0].path).toBe('body.password')
})

test('preferences change one by one and hold Hindi and emoji', async () => {
  const p = await seedPerson(app, { name: 'Prefs' })
  await http.send('PATCH', '/me', { cookie: p.cookie, body: { preferences: { theme: 'dark' } } })
  const answer = await http.send('PATCH', '/me', {
    cookie: p.cookie,
    body: { name: 'प्रिया 👩🏽‍💻', preferences: { locale: 'hi' } },
  })
  expect(answer.json).toMatchObject({
    name: 'प्रिया 👩🏽‍💻',
    preferences: { locale: 'hi', theme: 'dark', keys: {} },
  })
})

test('a token works until it is revoked or expires, and its secret is stored nowhere', async () => {
  const p = await seedPerson(app, { name: 'Tokens' })
  const made = await http.send('POST', '/tokens', {
    cookie: p.cookie,
    body: { name: 'laptop', expiresInDays: 1 },
    headers: { 'idempotency-key': 'k1' },
  })
  expect(made.json.secret).toMatch(/^kas_[0-9A-Za-z]{43}$/)
  const token = made.json.secret
  expect((await http.send('GET', '/me', { token })).status).toBe(200)
  const again = await http.send('POST', '/tokens', {
    cookie: p.cookie,
    body: { name: 'laptop', expiresInDays: 1 },
    headers: { 'idempotency-key': 'k1' },
  })
  expect(again.json.code).toBe('request/idempotency-conflict')
  const everything = await app.pool.query(
    'select to_jsonb(t)::text from access_tokens t union all select to_jsonb(k)::text from idempotency_keys k union all select to_jsonb(a)::text from audit_events a',
  )
  expect(JSON.stringify(everything.rows)).not.toContain(token)
  const other = await seedPerson(app, { name: 'Other' })
  expect(
    (await http.send('DELETE', `/tokens/${made.json.token.tokenId}`, { cookie: other.cookie }))
      .status,
  ).toBe(404)
  expect(
    (await http.send('DELETE', `/tokens/${made.json.token.tokenId}`, { cookie: p.cookie })).status,
  ).toBe(200)
  expect((await http.send('GET', '/me', { token })).status).toBe(401)
  const second = (
    await http.send('POST', '/tokens', { cookie: p.cookie, body: { name: 'x', expiresInDays: 1 } })
  ).json.secret
  now = new Date(now.getTime() + 86_400_001)
  expect((await http.send('GET', '/me', { token: second })).status).toBe(401)
})

test('disabling a person ends their sessions and tokens at once; the last admin stays', async () => {
  const { rows } = await app.pool.query('select user_id from users where admin and not disabled')
  const admin = await seedPerson(app, { name: 'Admin', admin: true })
  const p = await seedPerson(app, { name: 'Leaver' })
  const list = await http.send('GET', '/users?search=leaver&limit=1', { cookie: admin.cookie })
  const userId = list.json.rows[0].userId
  const answer = await http.send('PATCH', `/users/${userId}`, {
    cookie: admin.cookie,
    body: { disabled: true },
  })
  expect(answer.json.disabled).toBe(true)
  expect((await http.send('GET', '/me', { cookie: p.cookie })).status).toBe(401)
  expect((await http.send('GET', '/me', { token: p.token })).status).toBe(401)
  const second = await seedPerson(app, { name: 'Second', admin: true })
  await app.pool.query('update users set admin = false where user_id = any($1)', [
    rows.map((r) => r.user_id),
  ])
  const ids = await Promise.all(
    [admin, second].map(
      async (who) => (await http.send('GET', '/me', { cookie: who.cookie })).json.userId,
    ),
  )
  const both = await Promise.all([
    http.send('PATCH', `/users/${ids[0]}`, { cookie: admin.cookie, body: { admin: false } }),
    http.send('PATCH', `/users/${ids[1]}`, { cookie: second.cookie, body: { admin: false } }),
  ])
  expect(both.map((a) => a.status).sort()).toEqual([200, 409])
})

test('a password link works once, for one person, and the page list pages through all people', async () => {
  const admin = await seedPerson(app, { name: 'Admin Two', admin: true })
  const p = await withPassword('Forgetful')
  const list = await http.send('GET', '/users?search=forgetful', { cookie: admin.cookie })
  const link = await http.send('POST', `/users/${list.json.rows[0].userId}/password-link`, {
    cookie: admin.cookie,
  })
  const secret = link.json.link.split('/').at(-1)
  expect((await http.send('GET', `/setup/${secret}`)).json.purpose).toBe('password-reset')
  expect(
    (
      await http.send('POST', `/setup/${secret}`, {
        body: { email: 'x@y.zz', name: 'x', password: good },
      })
    ).status,
  ).toBe(410)
  const set = await http.send('POST', `/password-links/${secret}`, {
    body: { password: 'a brand new phrase' },
  })
  expect(set.json.email).toBe(p.email)
  expect((await http.send('GET', '/me', { cookie: p.cookie })).status).toBe(401)
  expect(
    (
      await http.send('POST', `/password-links/${secret}`, {
        body: { password: 'a brand new phrase' },
      })
    ).status,
  ).toBe(410)
  const seen: string[] = []
  for (let after = ''; ; ) {
    const page = await http.send('GET', `/users?limit=3${after}`, { cookie: admin.cookie })
    seen.push(...page.json.rows.map((r: { userId: string }) => r.userId))
    if (!page.json.next) break
    after = `&after=${page.json.next}`
  }
  const { rows } = await app.pool.query('select count(*) as n from users')
  expect(new Set(seen).size).toBe(rows[0].n)
  expect(seen).toHaveLength(rows[0].n)
  expect((await http.send('GET', '/users?after=bm90aGluZw', { cookie: admin.cookie })).status).toBe(
    400,
  )
})

test('the audit log tells of sign-ins and refusals', async () => {
  const admin = await seedPerson(app, { name: 'Auditor', admin: true })
  const log = await http.send('GET', '/audit?limit=200', { cookie: admin.cookie })
  const whats = new Set(log.json.rows.map((r: { what: string }) => r.what))
  for (const what of [
    'session.started',
    'session.refused',
    'password.changed',
    'token.created',
    'user.updated',
    'password.link-made',
  ])
    expect(whats, what).toContain(what)
})
