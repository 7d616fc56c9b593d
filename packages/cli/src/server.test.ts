/** The server as people run it: its own process, its own database, killed and restarted. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'

import {
  account,
  cli,
  endAll,
  main,
  newDir,
  nobody,
  post,
  root,
  start,
  type User,
} from './fixtures/program.ts'

afterEach(endAll)

const signIn = async (url: string) =>
  (await post(url, '/session', { email: account.email, password: account.password })).status
const postgresPid = (dataDir: string) =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function lives(dataDir: string, user?: User) {
  const o = { dataDir, ...(user ? { user } : {}) }
  const first = await start(o)
  expect(first.link).toBeDefined()
  expect((await post(first.url, `/setup/${first.link}`, account)).status).toBe(200)

  // The database dies under it.
  const pid = postgresPid(dataDir)
  process.kill(pid, 'SIGKILL')
  while (isAlive(pid) || (await signIn(first.url).catch(() => 0)) !== 200) await sleep(100)

  // The server dies and leaves the database running.
  first.child.kill('SIGKILL')
  await first.ended
  expect(isAlive(postgresPid(dataDir))).toBe(true)
  const second = await start(o)
  expect(second.link).toBeUndefined()
  expect(await signIn(second.url)).toBe(200)

  // Both die.
  const orphan = postgresPid(dataDir)
  second.child.kill('SIGKILL')
  process.kill(orphan, 'SIGKILL')
  await second.ended
  const third = await start(o)
  expect(await signIn(third.url)).toBe(200)

  const last = postgresPid(dataDir)
  third.child.kill('SIGTERM')
  expect(await third.ended).toBe(0)
  expect(isAlive(last)).toBe(false)
}

test('prints a link, survives kill -9 of itself and of its database, stops on SIGTERM', () =>
  lives(newDir()))

test.runIf(root)('does the same as an ordinary user', () => lives(newDir(nobody), nobody))

test.runIf(root)('works below a directory that only root may enter', async () => {
  const closed = newDir()
  chmodSync(closed, 0o700)
  const dataDir = join(closed, 'data')
  mkdirSync(dataDir)
  // The database lies where its user can reach it; what this test puts there goes with it.
  const shared = '/var/lib/kasauti'
  const there = () => (existsSync(shared) ? readdirSync(shared) : [])
  const before = there()
  const server = await start({ dataDir })
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  const made = there().filter((name) => !before.includes(name) && !name.startsWith('postgresql-'))
  expect(made).toHaveLength(1)
  for (const name of made) rmSync(join(shared, name), { recursive: true })
})

test('works below a path too long for a socket', async () => {
  const dataDir = join(newDir(), 'a'.repeat(60), 'b'.repeat(60))
  mkdirSync(dataDir, { recursive: true })
  if (root) chmodSync(join(dataDir, '../..'), 0o711)
  const server = await start({ dataDir })
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200)
})

test('two servers do not share a data directory', async () => {
  const dataDir = newDir()
  const first = await start({ dataDir })
  const second = await cli(['start', '--no-web'], dataDir)
  expect(second.code).toBe(1)
  expect(second.said).toContain(first.url)
  expect((await fetch(`${first.url}/api/v1/health`)).status).toBe(200)
})

test('a backup of a running server comes back whole, and only into an empty installation', async () => {
  const dataDir = newDir()
  const file = join(newDir(), 'all.backup')
  const server = await start({ dataDir })
  expect((await post(server.url, `/setup/${server.link}`, account)).status).toBe(200)
  mkdirSync(join(dataDir, 'uploads/ab'), { recursive: true })
  writeFileSync(join(dataDir, 'uploads/ab/कसौटी.txt'), 'मूल पाठ')
  expect(await cli(['backup', file], dataDir)).toMatchObject({ code: 0 })

  const refused = await cli(['restore', file], dataDir)
  expect(refused.code).toBe(1)
  expect(await signIn(server.url)).toBe(200)

  const damaged = join(newDir(), 'damaged.backup')
  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 0xff, bytes.length >> 1)
  writeFileSync(damaged, bytes)
  const empty = newDir()
  expect((await cli(['restore', damaged], empty)).code).toBe(1)
  writeFileSync(damaged, bytes.subarray(0, bytes.length - 100))
  expect((await cli(['restore', damaged], empty)).code).toBe(1)

  expect(await cli(['restore', file], empty)).toMatchObject({ code: 0 })
  expect(readFileSync(join(empty, 'uploads/ab/कसौटी.txt'), 'utf8')).toBe('मूल पाठ')
  const again = await start({ dataDir: empty })
  expect(again.link).toBeUndefined()
  expect(await signIn(again.url)).toBe(200)
  expect((await cli(['doctor', '--json'], empty)).code).toBe(0)

  again.child.kill('SIGTERM')
  await again.ended
  expect((await cli(['restore', file], empty)).said).toContain('not empty')
})

test('the command line says what is wrong with a call', async () => {
  const dataDir = newDir()
  expect(await cli(['nonsense'], dataDir)).toMatchObject({ code: 2 })
  expect(await cli(['backup'], dataDir)).toMatchObject({ code: 2 })
  expect(await cli(['import', '--project', 'x'], dataDir)).toMatchObject({ code: 2 })
  const unreachable = [
    'import',
    '--project',
    'prj_01h455vb4pex5vsknk084sn02q',
    '--file',
    main,
    '--url',
    'http://127.0.0.1:1',
    '--token',
    'x',
  ]
  expect(await cli(unreachable, dataDir)).toMatchObject({ code: 7 })
  const help = await cli(['import', '--help'], dataDir)
  expect(help.said).toContain('--delimiter CHARACTER')
})
