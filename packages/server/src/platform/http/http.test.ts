import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { encodeId, KasautiError } from '@kasauti/core'
import {
  type Person,
  seedPerson,
  seedProject,
  type TestApp,
  type TestHttp,
  testApp,
  testHttp,
} from '@kasauti/testkit'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { attachment } from './headers.ts'
import { handlers, isPlainTarget } from './index.ts'
import { isJsonType } from './json-body.ts'

let app: TestApp
let http: TestHttp
let asha: Person
let projectId: string
let webDir: string
const committed: string[] = []
let sourceEnded: (() => void) | undefined
let uploaded = 0

const me = async (name: string) => ({
  userId: asha.userId,
  email: 'e',
  name,
  admin: false,
  mayCreateProjects: false,
  projects: [],
  preferences: { locale: 'en' as const, theme: 'auto' as const, keys: {} },
})
async function* broken(name: string) {
  if (name === 'breaking') yield Buffer.from('a good beginning')
  throw new Error('the disk is gone')
}
async function* endless() {
  try {
    for (;;) yield Buffer.alloc(64_000, 'x')
  } finally {
    sourceEnded?.()
  }
}

const routes = handlers({
  'session.me': async (ctx) => {
    ctx.setHeader('ETag', '"v1"')
    return me(ctx.caller.name)
  },
  'session.updateMe': async (ctx, { body }) => {
    await sql`update users set name = name || '+' where user_id = ${ctx.caller.userId}`.execute(
      ctx.db,
    )
    ctx.afterCommit(() => committed.push(body.name ?? ''))
    if (body.name === 'fails') throw new KasautiError('project/not-found', 'On purpose.')
    if (body.name === 'bug') throw new Error('secret detail of a bug')
    if (body.name === 'slow') await sql`select pg_sleep(0.2)`.execute(ctx.db)
    return me(body.name ?? '')
  },
  'schema.check': async () => ({ problems: [] }),
  'project.update': async () => {
    throw new KasautiError('request/precondition-failed', 'x')
  },
  'member.candidates': async (_ctx, { query }) => ({
    rows: [{ userId: asha.userId, name: query.search, email: 'e' }],
  }),
  'delivery.file': async (_ctx, { params }) =>
    params.name === 'unreadable' || params.name === 'breaking'
      ? { fileName: 'x', mediaType: 'text/plain', body: broken(params.name) }
      : params.name === 'short.txt'
        ? {
            fileName: 'लेबल "a".csv',
            mediaType: 'text/html',
            bytes: 5,
            body: (async function* () {
              yield Buffer.from('hello')
            })(),
          }
        : { fileName: 'endless', mediaType: 'text/plain', body: endless() },
  'upload.create': async (_ctx, input) => {
    uploaded = 0
    for await (const chunk of input.stream) uploaded += chunk.length
    if (input.query.fileName === 'refused') throw new KasautiError('upload/unreadable', 'no')
    return {
      uploadId: app.newId(),
      fileName: input.query.fileName,
      bytes: uploaded,
      sha256: '',
      detected: { format: 'jsonl', encoding: 'utf-8' },
      confidence: 1,
    }
  },
})

beforeAll(async () => {
  app = await testApp()
  webDir = mkdtempSync(join(tmpdir(), 'kasauti-web-'))
  mkdirSync(join(webDir, 'assets'))
  writeFileSync(
    join(webDir, 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><p>app</p>',
  )
  writeFileSync(join(webDir, 'assets/index-Ab12Cd34.js'), `//${'x'.repeat(5000)}`)
  writeFileSync(join(webDir, 'assets/index-Ab12Cd34.js.br'), 'brotli bytes')
  http = await testHttp(app, routes, { webDir })
  asha = await seedPerson(app, { name: 'Asha' })
  projectId = await seedProject(app, {
    name: 'P',
    by: asha,
    schema: {},
    members: [{ person: asha, roles: ['lead'] }],
  })
})
afterAll(async () => {
  await http?.close()
  await app?.close()
  rmSync(webDir, { recursive: true, force: true })
})
const project = () => `/projects/${encodeId('prj', projectId)}`
const nameNow = async () =>
  (await app.pool.query('select name from users where user_id = $1', [asha.userId])).rows[0]
    .name as string

/** Bytes as they are, past every client that would tidy a path up. */
function rawRequest(head: string, body = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(http.url).port), '127.0.0.1', () =>
      socket.write(`${head}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n${body}`),
    )
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
  })
}

/** `fetch` names its own Sec-Fetch-Mode; a browser's navigation does not. */
function getAsBrowser(path: string, headers: Record<string, string>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asked = request(
      http.url + path,
      { headers: { 'sec-fetch-mode': 'navigate', ...headers } },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () =>
          resolve(
            new Response(Buffer.concat(chunks), {
              status: answer.statusCode ?? 0,
              headers: answer.headers as Record<string, string>,
            }),
          ),
        )
      },
    )
    asked.on('error', reject).end()
  })
}

test('every answer carries the security headers and a request id', async () => {
  for (const path of ['/me', '/nothing', '/../../etc/passwd']) {
    const { headers } = await http.send('GET', path)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('server')).toBeNull()
  }
})

test('failures are problem+json with code, detail and request id', async () => {
  const answer = await http.send('GET', '/me')
  expect(answer.status).toBe(401)
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
  expect(answer.headers.get('www-authenticate')).toContain('Bearer')
  expect(answer.json).toEqual({
    type: 'urn:kasauti:error:auth/required',
    title: 'Auth: required',
    status: 401,
    code: 'auth/required',
    detail: 'Sign in first.',
    problems: [],
    requestId: answer.headers.get('x-request-id'),
  })
  expect((await http.send('GET', '/nowhere')).json.code).toBe('route/not-found')
  expect((await http.send('DELETE', '/me', { cookie: asha.cookie })).json.code).toBe(
    'route/not-found',
  )
})

test('a bug is told as a bug, without a word of its cause, and nothing of it stays', async () => {
  const before = await nameNow()
  const answer = await http.send('PATCH', '/me', { cookie: asha.cookie, body: { name: 'bug' } })
  expect([answer.status, answer.json.code]).toEqual([500, 'server/bug'])
  expect(answer.text).not.toContain('secret')
  expect(
    (await http.send('PATCH', '/me', { cookie: asha.cookie, body: { name: 'fails' } })).status,
  ).toBe(404)
  expect(await nameNow()).toBe(before)
  expect(committed).toEqual([])
})

const accepted = [
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/json;charset=UTF-8',
  'application/json; charset="utf-8"',
  ' application/json ',
  'application/merge-patch+json',
  'application/vnd.x.y+json; charset=utf-8',
]
const refused = [
  '',
  'text/plain',
  'text/plain;charset=UTF-8',
  'text/html',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'multipart/form-data; boundary=application/json',
  'application/xml',
  'application/jsonp',
  'application/json5',
  'application/x-json',
  'application/javascript',
  'application/json+xml',
  'application',
  'json',
  '/json',
  'application/',
  'application/json/',
  'application/json, text/plain',
  'text/plain, application/json',
  'application/json; charset=utf-16',
  'application/json; charset=iso-8859-1',
  'application/json; charset=utf-7',
  'application/json; boundary=x',
  'application/json; charset=utf-8; x=y',
  'application/json; charset',
  'application/json;',
  'application/ json',
  'application /json',
  'application/json\ttext/plain',
  'application/octet-stream',
  'application/+json',
  'image/svg+xml',
  '*/*',
  'application/*',
]
test('only the content types of JSON are read', async () => {
  expect(accepted.length + refused.length).toBeGreaterThanOrEqual(40)
  for (const type of accepted) expect(isJsonType(type), type).toBe(true)
  for (const type of refused) expect(isJsonType(type), type).toBe(false)
  for (const type of [...accepted, ...refused]) {
    const answer = await http.send('POST', '/schema/check', {
      token: asha.token,
      raw: '{"schema":1}',
      headers: { 'content-type': type },
    })
    expect([type, answer.status]).toEqual([type, accepted.includes(type) ? 200 : 415])
  }
})

test('bodies that are not good JSON are refused with a reason', async () => {
  const send = (raw: string | Uint8Array, more: Record<string, string> = {}) =>
    http.send('POST', '/schema/check', {
      token: asha.token,
      raw,
      headers: { 'content-type': 'application/json', ...more },
    })
  for (const raw of ['{', '{"a":1,}', "{'a':1}", 'NaN', '[1] x', '\uFEFF\uFEFF{}'])
    expect((await send(raw)).json.code, raw).toBe('request/malformed')
  expect((await send(new Uint8Array([0x22, 0xff, 0x22]))).json.code).toBe('request/malformed')
  expect((await send('['.repeat(200) + ']'.repeat(200))).json.detail).toContain('nested')
  expect((await send(`"${'x'.repeat(1_000_000)}"`)).status).toBe(413)
  expect((await send('{"schema":"a\\u0000b"}')).json.problems).toEqual([
    { path: 'body.schema', message: 'holds a character that cannot be stored' },
  ])
  expect((await send('{"schema":["\\ud800"]}')).json.problems[0].path).toBe('body.schema.0')
  expect((await send('{"schema":"\\ud83d\\ude00 नमस्ते"}')).status).toBe(200)
  expect((await send('{"schema":1}', { 'content-encoding': 'gzip' })).status).toBe(415)
  const wrong = await http.send('PATCH', '/me', {
    cookie: asha.cookie,
    body: { name: '', preferences: { theme: 'pink' } },
  })
  expect(wrong.json.problems.map((p: { path: string }) => p.path).sort()).toEqual([
    'body.name',
    'body.preferences.theme',
  ])
  await http.send('PATCH', '/me', {
    cookie: asha.cookie,
    raw: '{"__proto__":{"admin":true},"name":"Asha"}',
    headers: { 'content-type': 'application/json' },
  })
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test('a body that says it is too large is refused before it is sent, and a person without the right is not read at all', async () => {
  const head = `POST /api/v1/schema/check HTTP/1.1\r\nAuthorization: Bearer ${asha.token}\r\nContent-Type: application/json\r\nContent-Length: 99999999`
  expect(await rawRequest(head)).toMatch(/^HTTP\/1.1 413/)
  expect(
    await rawRequest(
      'POST /api/v1/schema/check HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: 99999999',
    ),
  ).toMatch(/^HTTP\/1.1 401/)
})

test('a body without a length that grows too large is refused and the refusal arrives', async () => {
  const chunk = 'x'.repeat(100_000)
  const head = `POST /api/v1/schema/check HTTP/1.1\r\nAuthorization: Bearer ${asha.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked`
  const body = Array.from(
    { length: 20 },
    () => `${chunk.length.toString(16)}\r\n${chunk}\r\n`,
  ).join('')
  expect(await rawRequest(head, body)).toMatch(/^HTTP\/1.1 413/)
})

test('there is one spelling of a path; every other is 404, whoever asks', async () => {
  const spellings = [
    '//api/v1/me',
    '/api//v1/me',
    '/api/v1//me',
    '/api/v1/me/',
    '/api/v1/./me',
    '/api/v1/x/../me',
    '/api/v1/%2e/me',
    '/api/v1/x/%2e%2e/me',
    '/api/v1/x/.%2E/me',
    '/api/v1%2fme',
    '/api/v1/%5cme',
    '/api/v1\\me',
    '/api/v1/me%00',
    '/api/v1/me%0a',
    '/api/v1/me%',
    '/api/v1/me%ff',
    '/API/v1/me',
    '/api/v1/ME',
    '/api/v1/me;a=b',
    '/api/v1/me.json',
    '/./api/v1/me',
    '/../api/v1/me',
    'http://127.0.0.1/api/v1/me',
    '*',
    'api/v1/me',
  ]
  for (const spelling of spellings)
    expect([
      spelling,
      (await rawRequest(`GET ${spelling} HTTP/1.1\r\nAuthorization: Bearer ${asha.token}`)).slice(
        0,
        12,
      ),
    ]).toEqual([spelling, expect.stringMatching(/^HTTP\/1.1 4(?:04|00)/)])
  expect(
    await rawRequest(`GET /api/v1/me HTTP/1.1\r\nAuthorization: Bearer ${asha.token}`),
  ).toMatch(/^HTTP\/1.1 200/)
  expect(
    await rawRequest(`GET /api/v1/me?x=//%2e HTTP/1.1\r\nAuthorization: Bearer ${asha.token}`),
  ).toMatch(/^HTTP\/1.1 200/)
})

test('no path spelling leaves the folder of the web app', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.constantFrom(
          '..',
          '.',
          '%2e',
          '%2E%2e',
          '%252e',
          '//',
          '/',
          '\\',
          '%5c',
          '%2f',
          'etc',
          'passwd',
          'assets',
          'index.html',
          '%00',
          'package.json',
        ),
        { minLength: 1, maxLength: 8 },
      ),
      async (parts) => {
        const answer = await rawRequest(`GET /${parts.join('/')} HTTP/1.1`)
        expect(answer).toMatch(/^HTTP\/1.1 (?:404|400|200)/)
        if (answer.startsWith('HTTP/1.1 200')) expect(answer).toContain('<p>app</p>')
      },
    ),
    { numRuns: 60 },
  )
  expect(isPlainTarget('/assets/a.js?b=..//')).toBe(true)
})

test('a cookie alone does not change anything: the request must come from our own page', async () => {
  const change = (headers: Record<string, string>) =>
    http.send('PATCH', '/me', {
      body: { name: 'x' },
      headers: { cookie: `kasauti=${asha.cookie}`, ...headers },
    })
  const before = await nameNow()
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: http.url, 'sec-fetch-site': 'cross-site' },
    { origin: `${http.url}.evil.example` },
    { origin: http.url.replace('http:', 'https:') },
  ])
    expect([headers, (await change(headers as Record<string, string>)).json.code]).toEqual([
      headers,
      'request/origin-refused',
    ])
  expect(await nameNow()).toBe(before)
  expect((await change({ 'sec-fetch-site': 'same-origin' })).status).toBe(200)
  expect((await change({ origin: http.url })).status).toBe(200)
  expect(
    (
      await http.send('PATCH', '/me', {
        token: asha.token,
        body: { name: 'x' },
        headers: { origin: 'https://tool.example' },
      })
    ).status,
  ).toBe(200)
})

test('credentials that are not quite right are no credentials', async () => {
  for (const headers of [
    { authorization: 'Bearer' },
    { authorization: `Basic ${asha.token}` },
    { authorization: `Bearer ${asha.token}x` },
    { authorization: `Bearer ${asha.cookie}` },
    { authorization: 'Bearer kas_', cookie: `kasauti=${asha.cookie}` },
    { cookie: `kasauti=${asha.token}` },
    { cookie: `__Host-kasauti=${asha.cookie}` },
    { cookie: `kasauti=${asha.cookie}%20` },
    { cookie: 'kasauti=' },
  ])
    expect([
      headers,
      (await http.send('GET', '/me', { headers: headers as Record<string, string> })).status,
    ]).toEqual([headers, 401])
  expect(
    (await http.send('GET', '/me', { headers: { cookie: `a=b; kasauti=${asha.cookie}; c=d` } }))
      .status,
  ).toBe(200)
})

test('a repeated key gets the first answer again and does the work once', async () => {
  const send = (key: string, name: string) =>
    http.send('PATCH', '/me', {
      cookie: asha.cookie,
      body: { name },
      headers: { 'idempotency-key': key },
    })
  const before = await nameNow()
  const first = await send('key-1', 'one')
  const second = await send('key-1', 'one')
  expect([second.status, second.text]).toEqual([200, first.text])
  expect(second.headers.get('idempotency-replayed')).toBe('true')
  expect(await nameNow()).toBe(`${before}+`)
  const other = await send('key-1', 'two')
  expect([other.status, other.json.code]).toEqual([409, 'request/idempotency-conflict'])
  const many = await Promise.all(Array.from({ length: 8 }, () => send('key-2', 'slow')))
  expect(new Set(many.map((a) => a.status))).toEqual(new Set([200]))
  expect(await nameNow()).toBe(`${before}++`)
  const failed = await send('key-3', 'fails')
  expect(failed.status).toBe(404)
  expect((await send('key-3', 'now it works')).status).toBe(200)
  const stranger = await seedPerson(app, { name: 'Stranger' })
  expect(
    (
      await http.send('PATCH', '/me', {
        cookie: stranger.cookie,
        body: { name: 'one' },
        headers: { 'idempotency-key': 'key-1' },
      })
    ).headers.get('idempotency-replayed'),
  ).toBeNull()
  expect((await send('x'.repeat(201), 'x')).status).toBe(400)
})

test('an ETag that is still good saves the answer', async () => {
  const answer = await http.send('GET', '/me', {
    cookie: asha.cookie,
    headers: { 'if-none-match': '"v1"' },
  })
  expect([answer.status, answer.text]).toEqual([304, ''])
  expect(
    (await http.send('GET', '/me', { cookie: asha.cookie, headers: { 'if-none-match': '"v0"' } }))
      .status,
  ).toBe(200)
})

test('who is no member is told that there is no project; so is who asks for garbage', async () => {
  const stranger = await seedPerson(app, { name: 'Nobody' })
  const notThere = encodeId('prj', app.newId())
  const answers = await Promise.all(
    [
      project(),
      `/projects/${notThere}`,
      '/projects/garbage',
      '/projects/prj_00000000000000000000000000',
    ].map((p) => http.send('GET', `${p}/member-candidates`, { cookie: stranger.cookie })),
  )
  expect(answers.map((a) => [a.status, a.json.code, a.json.detail])).toEqual(
    answers.map(() => [404, 'project/not-found', answers[0]?.json.detail]),
  )
  const associate = await seedPerson(app, { name: 'Associate' })
  await app.db
    .insertInto('members')
    .values({
      project_id: projectId,
      user_id: associate.userId,
      roles: ['associate'],
      added_at: app.now(),
    })
    .execute()
  expect(
    (await http.send('GET', `${project()}/member-candidates`, { cookie: associate.cookie })).status,
  ).toBe(403)
})

test('an archived project is read and not changed', async () => {
  await app.db
    .updateTable('projects')
    .set({ archived_at: app.now() })
    .where('project_id', '=', projectId)
    .execute()
  expect(
    (await http.send('GET', `${project()}/member-candidates`, { cookie: asha.cookie })).status,
  ).toBe(200)
  expect((await http.send('PATCH', project(), { cookie: asha.cookie, body: {} })).json.code).toBe(
    'request/precondition-failed',
  )
  expect(
    (await http.send('POST', `${project()}/uploads?fileName=a`, { cookie: asha.cookie, raw: 'x' }))
      .json.code,
  ).toBe('project/archived')
  await app.db
    .updateTable('projects')
    .set({ archived_at: null })
    .where('project_id', '=', projectId)
    .execute()
})

test.each([
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('1')",
  '\u2028\u2029',
  '</script><svg onload=alert(1)>',
])('the payload %s comes back as JSON and nothing else', async (payload) => {
  const answer = await http.send(
    'GET',
    `${project()}/member-candidates?search=${encodeURIComponent(payload)}`,
    { cookie: asha.cookie },
  )
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(answer.json.rows[0].name).toBe(payload)
  const missing = await http.send('GET', `/${encodeURIComponent(payload)}`)
  expect(missing.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(missing.text).not.toContain(payload)
})

test('a file is a download that can do nothing in a page', async () => {
  const answer = await http.send(
    'GET',
    `${project()}/deliveries/${encodeId('dlv', app.newId())}/files/short.txt`,
    { cookie: asha.cookie },
  )
  expect(answer.text).toBe('hello')
  expect(answer.headers.get('content-disposition')).toBe(attachment('लेबल "a".csv'))
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''%E0%A4%B2/,
  )
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.headers.get('content-length')).toBe('5')
})

test('a file that cannot be read is told as a problem, one that breaks in the middle breaks the download', async () => {
  const at = (name: string) =>
    `${project()}/deliveries/${encodeId('dlv', app.newId())}/files/${name}`
  const unreadable = await http.send('GET', at('unreadable'), { cookie: asha.cookie })
  expect([
    unreadable.status,
    unreadable.json.code,
    unreadable.headers.get('content-disposition'),
  ]).toEqual([500, 'server/bug', null])
  await expect(http.send('GET', at('breaking'), { cookie: asha.cookie })).rejects.toThrow()
  expect((await http.send('HEAD', at('endless'), { cookie: asha.cookie })).status).toBe(200)
})

test('a client that leaves stops the source of its file', async () => {
  const ended = new Promise<void>((resolve) => {
    sourceEnded = resolve
  })
  const leaving = new AbortController()
  const answer = await fetch(
    `${http.url}/api/v1${project()}/deliveries/${encodeId('dlv', app.newId())}/files/endless`,
    { headers: { authorization: `Bearer ${asha.token}` }, signal: leaving.signal },
  )
  await answer.body?.getReader().read()
  leaving.abort()
  await ended
})

test('an upload is handed on as a stream of any type and size', async () => {
  const answer = await http.send('POST', `${project()}/uploads?fileName=big.jsonl`, {
    cookie: asha.cookie,
    raw: new Uint8Array(5_000_000),
    headers: { 'content-type': 'text/x-anything' },
  })
  expect(answer.json.bytes).toBe(5_000_000)
  expect(
    (
      await http.send('POST', `${project()}/uploads?fileName=refused`, {
        cookie: asha.cookie,
        raw: 'x',
      })
    ).status,
  ).toBe(422)
})

test('the app is served with a fresh nonce, its hashed files for ever, the API never as a page', async () => {
  const get = (path: string, headers: Record<string, string> = {}) => getAsBrowser(path, headers)
  const page = await get('/projects/prj_1/items', { accept: 'text/html' })
  const html = await page.text()
  const nonce = /content="([^"]+)"/.exec(html)?.[1] ?? ''
  expect(nonce).toMatch(/^[\w-]{24}$/)
  expect(page.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
  expect(page.headers.get('content-security-policy')).not.toMatch(/unsafe/)
  expect(await (await get('/', { accept: 'text/html' })).text()).not.toContain(nonce)
  const asset = await get('/assets/index-Ab12Cd34.js', { 'accept-encoding': 'identity' })
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(asset.headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(await asset.text()).toContain('xxx')
  const zipped = await get('/assets/index-Ab12Cd34.js', { 'accept-encoding': 'gzip' })
  expect(gunzipSync(await zipped.bytes())).toHaveLength(5002)
  const smaller = await get('/assets/index-Ab12Cd34.js', { 'accept-encoding': 'gzip, br' })
  expect([smaller.headers.get('content-encoding'), await smaller.text()]).toEqual([
    'br',
    'brotli bytes',
  ])
  expect((await get('/assets/missing-12345678.js', { accept: 'text/html' })).status).toBe(404)
  expect((await get('/api/v1/nothing', { accept: 'text/html' })).status).toBe(404)
  expect((await get('/projects', { accept: 'application/json' })).status).toBe(404)
  expect((await get('/projects', { accept: 'text/html', 'sec-fetch-mode': 'cors' })).status).toBe(
    404,
  )
  expect((await fetch(`${http.url}/projects`, { method: 'POST' })).status).toBe(404)
})

test('without its database the server says 503 and when to come back', async () => {
  const lost = await testApp()
  const behind = await testHttp(lost, routes)
  await lost.pool.end()
  const answer = await behind.send('GET', '/me', { token: asha.token })
  expect([answer.status, answer.json.code, answer.headers.get('retry-after')]).toEqual([
    503,
    'server/unavailable',
    '5',
  ])
  await behind.close()
  await lost.close().catch(() => {})
})
