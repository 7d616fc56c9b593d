/** One PostgreSQL for a whole test run, shared by its workers: whoever needs it first starts it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { migrate, startEmbedded } from '@kasauti/server'
import pg from 'pg'

const variable = 'KASAUTI_TEST_POSTGRES'
const prefix = 'kasauti-test-'
export const templateName = 'kasauti_template'

type Ready = { readonly connection: pg.ClientConfig; readonly pid: number }

/** Makes the run's directory and says so to the workers. Returns how to end it. */
export function openTestRun(): () => Promise<void> {
  removeForgottenRuns()
  const dir = mkdtempSync(join(tmpdir(), prefix))
  writeFileSync(join(dir, 'owner'), String(process.pid))
  process.env[variable] = dir
  return () => endRun(dir)
}

/** Connection to the run's server, started and given its template database when it is not there yet. */
export async function testServer(): Promise<pg.ClientConfig> {
  const dir = process.env[variable] ?? ownRun()
  for (;;) {
    const ready = readReady(dir)
    if (ready !== undefined) return ready.connection
    if (takeTurn(dir)) return startIn(dir)
    await sleep(25)
  }
}

async function startIn(dir: string): Promise<pg.ClientConfig> {
  try {
    const embedded = await startEmbedded({ dataDir: dir, durability: 'throwaway' })
    const connection = { ...embedded.connection, database: 'postgres' }
    const client = new pg.Client(connection)
    await client.connect()
    await client.query(`create database ${templateName}`)
    await migrate({ ...connection, database: templateName })
    await client.end()
    const ready: Ready = { connection, pid: embedded.pid() ?? 0 }
    writeFileSync(join(dir, 'ready.new'), JSON.stringify(ready))
    renameSync(join(dir, 'ready.new'), join(dir, 'ready'))
    return connection
  } catch (error) {
    rmSync(join(dir, 'turn'), { recursive: true, force: true })
    throw error
  }
}

/** Outside of vitest (benchmarks): a run of this process alone, ended with it. */
function ownRun(): string {
  const end = openTestRun()
  process.once('beforeExit', () => void end())
  return process.env[variable] ?? ''
}

function takeTurn(dir: string): boolean {
  try {
    mkdirSync(join(dir, 'turn'))
    return true
  } catch {
    return false
  }
}

function readReady(dir: string): Ready | undefined {
  const file = join(dir, 'ready')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Ready) : undefined
}

async function endRun(dir: string): Promise<void> {
  const ready = readReady(dir)
  if (ready !== undefined && isPostgres(ready.pid)) {
    // Immediate shutdown: nothing in it is wanted any more.
    process.kill(ready.pid, 'SIGQUIT')
    while (isPostgres(ready.pid)) await sleep(20)
  }
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
}

/** Servers whose run was killed before it could end them. */
function removeForgottenRuns(): void {
  for (const name of readdirSync(tmpdir())) {
    const dir = join(tmpdir(), name)
    if (!name.startsWith(prefix) || !existsSync(join(dir, 'owner'))) continue
    if (!isAlive(Number(readFileSync(join(dir, 'owner'), 'utf8')))) void endRun(dir).catch(() => {})
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** Ours by its working directory's name in its arguments; on systems without /proc, alive is all we know. */
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(prefix)
  } catch {
    return process.platform !== 'linux'
  }
}
