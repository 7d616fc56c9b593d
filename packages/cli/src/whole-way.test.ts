/** From a file to a delivery and back out of a backup, by the command line alone. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { cli, endAll, firstAdmin, newDir, run, start, textProject } from './fixtures/program.ts'

afterEach(endAll)

const sumOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')
const row = (n: number, more: object = {}) =>
  `${JSON.stringify({ id: `row-${n}`, text: `पंक्ति ${n} 🙂`, ...more })}\n`
const absent = 'prj_01h455vb4pex5vsknk084sn02q'

async function house() {
  const dataDir = newDir()
  const server = await start({ dataDir })
  const admin = await firstAdmin(server)
  const projectId = await textProject(admin)
  const cwd = newDir()
  const at = { dataDir, cwd, env: { XDG_CONFIG_HOME: join(cwd, 'config') } }
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(cwd, name), content)
    return name
  }
  return { dataDir, server, admin, projectId, cwd, at, file }
}

test('a file goes in, comes out as a delivery, and is there again after a restore', async () => {
  const h = await house()
  const { url } = h.server

  const refused = await cli(['login', '--url', url, '--token', 'kas_wrong'], h.at)
  expect(refused.code).toBe(3)
  expect(existsSync(join(h.cwd, 'config'))).toBe(false)
  const signedIn = await cli(['login', '--url', `${url}/`, '--token', h.admin.token], h.at)
  expect(signedIn).toMatchObject({ code: 0 })
  expect(signedIn.said).toContain('Asha')

  const rows = h.file('news.jsonl', `${row(1)}${row(2)}{"id": "row-3", "text": \n${row(4)}`)
  const first = await cli(['import', '--project', h.projectId, '--file', rows], h.at)
  expect(first.said).toContain('3 items imported, 1 rows rejected, 0 already there')
  expect(first.code).toBe(0)
  expect(readFileSync(join(h.cwd, 'news-rejected.csv'), 'utf8')).toMatch(/row-3/)
  expect((await cli(['import', '--project', absent, '--file', rows], h.at)).code).toBe(4)

  const twice = await cli(['import', '--project', h.projectId, '--file', rows], h.at)
  expect(twice.code).toBe(5)
  expect(twice.said).toContain('--again')
  const again = ['--again', '--rejects', 'kept.csv']
  const thrice = await cli(['import', '--project', h.projectId, '--file', rows, ...again], h.at)
  expect(thrice.code).toBe(0)
  expect(existsSync(join(h.cwd, 'kept.csv'))).toBe(true)

  const latin = h.file('cafe.dat', Buffer.from('7;un caf\xe9;x\n8;deux caf\xe9s;y\n', 'latin1'))
  const options = ['--format', 'csv', '--delimiter', ';', '--encoding', 'windows-1252']
  const columns = ['--header', 'no', '--key', 'column 1', '--map', 'text=column 2']
  const csv = ['import', '--project', h.projectId, '--file', latin, ...options, ...columns]
  expect((await cli(csv, h.at)).said).toContain('2 items imported, 0 rows rejected')
  const wrong = [...csv.slice(0, -1), 'text=nothing']
  const misled = await cli([...wrong, '--again'], h.at)
  expect(misled.code).toBe(6)
  expect(misled.said).toContain('nothing')

  const into = join(h.cwd, 'out')
  const what = ['--name', 'All', '--state', 'open', '--format', 'jsonl', '--format', 'csv']
  const delivered = await cli(['deliver', '--project', h.projectId, ...what, '--into', into], h.at)
  expect(delivered).toMatchObject({ code: 0 })
  const manifest = JSON.parse(readFileSync(join(into, 'manifest.json'), 'utf8'))
  const stats = await h.admin.call('GET', `/projects/${h.projectId}`)
  expect(manifest.items).toBe(stats.counts.open)
  expect(readdirSync(into).sort()).toEqual([
    'annotations.csv',
    'annotations.jsonl',
    'manifest.json',
  ])
  for (const file of manifest.files)
    expect([file.name, sumOf(join(into, file.name))]).toEqual([file.name, file.sha256])
  expect(readFileSync(join(into, 'annotations.jsonl'), 'utf8')).toContain('deux cafés')
  const none = ['deliver', '--project', h.projectId, '--name', 'None', '--state', 'accepted']
  expect((await cli(none, h.at)).code).not.toBe(0)

  const backup = join(newDir(), 'all.backup')
  expect(await cli(['backup', backup], h.dataDir)).toMatchObject({ code: 0 })
  const empty = newDir()
  expect(await cli(['restore', backup], empty)).toMatchObject({ code: 0 })
  const restored = await start({ dataDir: empty })
  const there = { ...h.at, env: { ...h.at.env, KASAUTI_URL: restored.url } }
  // A token kept for one server is not told to another.
  expect((await cli(none, there)).code).toBe(2)
  const second = { ...there, env: { ...there.env, KASAUTI_TOKEN: h.admin.token } }
  const once = await cli(
    ['deliver', '--project', h.projectId, ...what, '--into', `${into}-2`],
    second,
  )
  expect(once).toMatchObject({ code: 0 })
  for (const { name } of manifest.files)
    expect([name, sumOf(join(`${into}-2`, name))]).toEqual([name, sumOf(join(into, name))])
  const old = await fetch(`${restored.url}/api/v1/projects/${h.projectId}/deliveries`, {
    headers: { authorization: `Bearer ${h.admin.token}` },
  })
  const rowsOf = (await old.json()).rows as { deliveryId: string; name: string }[]
  const kept = rowsOf.at(-1)?.deliveryId
  const file = await fetch(
    `${restored.url}/api/v1/projects/${h.projectId}/deliveries/${kept}/files/annotations.jsonl`,
    { headers: { authorization: `Bearer ${h.admin.token}` } },
  )
  expect(await file.text()).toBe(readFileSync(join(into, 'annotations.jsonl'), 'utf8'))
}, 180_000)

test('Ctrl-C stops an import at the server; a backup of a running one goes on after the restore', async () => {
  const h = await house()
  const count = 100_000
  const begin = async (name: string, first: number) => {
    const rows = Array.from({ length: count }, (_, n) => row(first + n, { more: 'x'.repeat(200) }))
    const login = ['--url', h.server.url, '--token', h.admin.token]
    const file = h.file(name, rows.join(''))
    const running = run(['import', '--project', h.projectId, '--file', file, ...login], h.at)
    while ((await newest(h.server.url))?.fileName !== name) await sleep(20)
    while (((await newest(h.server.url))?.items ?? 0) === 0) await sleep(20)
    return running
  }
  const newest = async (url: string) => {
    const answer = await fetch(`${url}/api/v1/projects/${h.projectId}/imports`, {
      headers: { authorization: `Bearer ${h.admin.token}` },
    })
    type Row = { fileName: string; state: string; items: number }
    return ((await answer.json()) as { rows: Row[] }).rows[0]
  }

  const stopped = await begin('stopped.jsonl', 0)
  stopped.child.kill('SIGINT')
  expect(await stopped.ended).toBe(130)
  expect(stopped.said()).toContain('Stopping it at the server')
  expect((await newest(h.server.url))?.state).toBe('cancelled')

  const whole = await begin('whole.jsonl', count)
  const backup = join(newDir(), 'midway.backup')
  expect(await cli(['backup', backup], h.dataDir)).toMatchObject({ code: 0 })
  expect(await whole.ended).toBe(0)
  const empty = newDir()
  expect(await cli(['restore', backup], empty)).toMatchObject({ code: 0 })
  const restored = await start({ dataDir: empty })
  while (['queued', 'running'].includes((await newest(restored.url))?.state ?? '')) await sleep(200)
  expect(await newest(restored.url)).toMatchObject({ state: 'done', items: count })
}, 180_000)

test('an import goes on after kill -9 of the server, with no row lost or doubled', async () => {
  const h = await house()
  const count = 200_000
  const content = Array.from({ length: count }, (_, n) => row(n)).join('')
  const address = `/projects/${h.projectId}`
  const sent = await fetch(`${h.server.url}/api/v1${address}/uploads?fileName=rows.jsonl`, {
    method: 'POST',
    headers: { authorization: `Bearer ${h.admin.token}` },
    body: content,
  })
  const { uploadId } = (await sent.json()) as { uploadId: string }
  await h.admin.call('POST', `${address}/imports`, { uploadId })
  const items = async () =>
    (await h.admin.call('GET', `${address}/imports`)).rows[0].items as number
  while ((await items()) === 0) await sleep(20)
  h.server.child.kill('SIGKILL')
  await h.server.ended

  const again = await start({ dataDir: h.dataDir })
  const call = async (path: string) => {
    const answer = await fetch(`${again.url}/api/v1${address}${path}`, {
      headers: { authorization: `Bearer ${h.admin.token}` },
    })
    return answer.json() as Promise<{ rows: { state: string; items: number }[] }>
  }
  const first = async () => (await call('/imports')).rows[0]
  expect((await first())?.items).toBeLessThan(count)
  while (['queued', 'running'].includes((await first())?.state ?? '')) await sleep(200)
  expect(await first()).toMatchObject({ state: 'done', items: count, rejected: 0, duplicates: 0 })

  const into = join(h.cwd, 'all')
  const login = ['--url', again.url, '--token', h.admin.token]
  const what = ['--name', 'All', '--state', 'open', '--into', into]
  const delivered = await cli(['deliver', '--project', h.projectId, ...what, ...login], h.at)
  expect(delivered).toMatchObject({ code: 0 })
  const keys = readFileSync(join(into, 'annotations.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { key: string }).key)
  expect(keys).toHaveLength(count)
  expect(keys.every((key, n) => key === `row-${n}`)).toBe(true)
}, 180_000)

test('a call that cannot work is told before anything is sent', async () => {
  const at = newDir()
  const base = ['--project', absent, '--url', 'http://127.0.0.1:1', '--token', 'x']
  expect(await cli(['import', '--file', 'nowhere.csv', ...base], at)).toMatchObject({ code: 2 })
  expect(await cli(['import', '--file', at, ...base], at)).toMatchObject({ code: 2 })
  const header = ['import', '--file', '/dev/null', '--header', 'maybe', ...base]
  expect(await cli(header, at)).toMatchObject({ code: 2 })
  const address = ['login', '--url', 'localhost:8090', '--token', 'x']
  expect((await cli(address, at)).said).toContain('http://localhost:8090')
})
