/**
 * The embedded PostgreSQL: made, started, watched and stopped here. It listens on a unix socket only.
 * A server killed in the middle leaves either a stale lock file or a running orphan: both are cleared
 * at the next start, by asking the orphan to shut down and never by deleting what it wrote.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from 'node:fs'
import { tmpdir, totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg, { type ClientConfig } from 'pg'
import { type RunAs, reachable, reachableBinaries, runAs, sharedRoot } from './binaries.ts'

/** `durable`: what people rely on. `throwaway`: tests; nothing survives a crash. */
type Durability = 'durable' | 'throwaway'

export type Embedded = {
  /** How to connect; add the database's name. */
  readonly connection: ClientConfig
  readonly pid: () => number | undefined
  /** Waits for what is committed to be on disk. Safe to call twice. */
  stop(): Promise<void>
  /** Ends it at once; it recovers at the next start. */
  abandon(): void
}

export type EmbeddedOptions = {
  /** The installation's data directory; the database lies in `postgres` below it where that can be. */
  readonly dataDir: string
  readonly durability: Durability
  /** The database to make when it is not there yet. */
  readonly database?: string
  /** Told when the database died by itself and was started again. */
  readonly onRestart?: (reason: string) => void
}

const settings: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '4GB',
  min_wal_size: '256MB',
  wal_compression: 'pglz',
  checkpoint_timeout: '15min',
  checkpoint_completion_target: '0.9',
  random_page_cost: '1.1',
  // A twentieth of a table changed: statistics and the map of what all may see stay fresh.
  autovacuum_vacuum_scale_factor: '0.05',
  autovacuum_vacuum_insert_scale_factor: '0.05',
  autovacuum_analyze_scale_factor: '0.05',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
}
const byDurability: Readonly<Record<Durability, Readonly<Record<string, string>>>> = {
  durable: { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' },
  throwaway: {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    shared_buffers: '64MB',
    max_connections: '200',
  },
}

/**
 * Memory for the database's own cache: an eighth of the machine's, or of what the container may have,
 * from 128 MB to 1 GB. The rest of the files lies in the system's cache.
 */
function memorySettings(): Readonly<Record<string, string>> {
  const megabytes = Math.min(totalmem(), process.constrainedMemory() || totalmem()) / 1024 ** 2
  return {
    shared_buffers: `${Math.round(Math.min(1024, Math.max(128, megabytes / 8)))}MB`,
    effective_cache_size: `${Math.round(Math.max(512, megabytes / 2))}MB`,
  }
}

/** Where the database of an installation lies. */
function databaseDir(dataDir: string): string {
  const near = join(resolve(dataDir), 'postgres')
  if (existsSync(join(near, 'PG_VERSION')) || reachable(resolve(dataDir), runAs())) return near
  const name = createHash('sha256').update(resolve(dataDir)).digest('hex').slice(0, 16)
  return join(sharedRoot, name, 'postgres')
}

/** Root lets a database that an ordinary user made run as that user. */
function ownerOf(dir: string): RunAs {
  const nobody = runAs()
  if (nobody === undefined || !existsSync(dir)) return nobody
  const { uid, gid } = statSync(dir)
  return uid === 0 ? nobody : { uid, gid }
}

/** Start the database of an installation, making it first if there is none. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const nobody = runAs()
  if (nobody !== undefined) allowThrough(options.dataDir, nobody)
  const dir = databaseDir(options.dataDir)
  const as = ownerOf(dir)
  const binaries = reachableBinaries(as)
  if (!existsSync(join(dir, 'PG_VERSION')))
    makeCluster({ dir, initdb: binaries.initdb, as, durability: options.durability })
  await stopOrphan(dir)
  const socketDir = chooseSocketDir(dir, as)
  const logFile = join(options.dataDir, 'postgres.log')
  const run = () =>
    launch({
      postgres: binaries.postgres,
      dir,
      socketDir,
      logFile,
      as,
      durability: options.durability,
    })
  let child = await run()
  let stopping = false
  const watch = (one: ChildProcess) => {
    one.once('exit', (code, signal) => {
      if (stopping) return
      options.onRestart?.(
        `PostgreSQL ended by itself (${signal ?? `code ${code}`}), starting it again`,
      )
      void revive()
    })
  }
  const revive = async () => {
    for (let attempt = 0; !stopping; attempt++) {
      try {
        await stopOrphan(dir)
        const next = await run()
        child = next
        if (stopping) await endProcess(next)
        else watch(next)
        return
      } catch (error) {
        options.onRestart?.(`PostgreSQL does not start: ${String(error)}`)
        await sleep(Math.min(10_000, 200 * 2 ** attempt))
      }
    }
  }
  watch(child)
  if (options.database !== undefined) {
    await ensureDatabase(connectionTo(socketDir), options.database)
  }
  return {
    connection: connectionTo(socketDir),
    pid: () => child.pid,
    stop: async () => {
      stopping = true
      await endProcess(child)
    },
    abandon: () => {
      stopping = true
      child.kill('SIGQUIT')
    },
  }
}

/** Made by name, not by initdb, so that the templates stay as PostgreSQL ships them. */
async function ensureDatabase(server: ClientConfig, name: string): Promise<void> {
  const client = new pg.Client({ ...server, database: 'postgres' })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

/** Connection to the embedded database of an installation that is running now, if it is. */
export function runningEmbedded(dataDir: string): ClientConfig | undefined {
  const lock = readLock(databaseDir(dataDir))
  if (lock?.ready !== true || lock.socketDir === undefined) return undefined
  return isOurPostgres(lock.pid, databaseDir(dataDir)) ? connectionTo(lock.socketDir) : undefined
}

const connectionTo = (socketDir: string): ClientConfig => ({
  host: socketDir,
  port: 5432,
  user: 'kasauti',
  database: 'kasauti',
})

/** Root's data directory must let the database's user pass, not look. */
function allowThrough(dataDir: string, as: NonNullable<RunAs>): void {
  const { mode, uid } = statSync(dataDir)
  if (uid === 0 && !reachable(dataDir, as) && reachable(dirname(resolve(dataDir)), as))
    chmodSync(dataDir, (mode & 0o777) | 0o011)
}

function makeCluster(o: { dir: string; initdb: string; as: RunAs; durability: Durability }): void {
  if (dirname(dirname(o.dir)) === sharedRoot) {
    for (const path of [sharedRoot, dirname(o.dir)]) {
      mkdirSync(path, { recursive: true })
      chmodSync(path, 0o711)
    }
  }
  // Made beside its place and moved when whole, so that a kill in between leaves nothing half made.
  const half = `${o.dir}.new`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  if (o.as !== undefined) chownSync(half, o.as.uid, o.as.gid)
  const args = [
    '-D',
    half,
    '-U',
    'kasauti',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]
  if (o.durability === 'throwaway') args.push('--no-sync')
  try {
    execFileSync(o.initdb, args, {
      ...o.as,
      env: cleanEnv,
      cwd: half,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`The database could not be made in ${o.dir}: ${said.trim()}`)
  }
  if (existsSync(o.dir)) rmSync(o.dir, { recursive: true })
  renameSync(half, o.dir)
}

const cleanEnv = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

async function launch(o: {
  postgres: string
  dir: string
  socketDir: string
  logFile: string
  as: RunAs
  durability: Durability
}): Promise<ChildProcess> {
  if (existsSync(o.logFile) && statSync(o.logFile).size > 20_000_000) truncateSync(o.logFile)
  const log = openSync(o.logFile, 'a', 0o600)
  const logFrom = statSync(o.logFile).size
  const all = {
    ...settings,
    ...memorySettings(),
    ...byDurability[o.durability],
    unix_socket_directories: o.socketDir,
  }
  const args = [
    '-D',
    o.dir,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ]
  // Its own session: Ctrl-C reaches the server alone, which stops the database last.
  const child = spawn(o.postgres, args, {
    ...o.as,
    env: cleanEnv,
    cwd: o.dir,
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let failed: Error | undefined
  child.once('error', (error) => {
    failed = error
  })
  // Recovery after a crash may replay gigabytes.
  for (let waited = 0; waited < 600_000; waited += 20) {
    await sleep(20)
    const lock = readLock(o.dir)
    if (lock?.ready === true && lock.pid === child.pid) {
      child.unref()
      return child
    }
    if (failed !== undefined || child.exitCode !== null || child.signalCode !== null) break
  }
  const tail = readFileSync(o.logFile)
    .subarray(logFrom)
    .toString()
    .trim()
    .split('\n')
    .slice(-8)
    .join('\n')
  throw new Error(
    `PostgreSQL did not start (${failed?.message ?? `code ${child.exitCode}`}).\n${tail}`,
  )
}

/** Fast shutdown: sessions end, a checkpoint is written. */
async function endProcess(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.ref()
  child.kill('SIGINT')
  await ended
}

/** A database of a server that was killed: still running, or only its lock files left. */
async function stopOrphan(dir: string): Promise<void> {
  const lock = readLock(dir)
  if (lock !== undefined && isOurPostgres(lock.pid, dir)) {
    process.kill(lock.pid, 'SIGINT')
    while (isOurPostgres(lock.pid, dir)) await sleep(20)
  }
  await endLeftovers(dir)
  const left = readLock(dir)
  if (left === undefined) return
  // Its number may belong to another program by now, or to a dead process nobody has collected:
  // PostgreSQL would refuse to start for their sake. Nothing works on the directory any more.
  for (const name of ['.s.PGSQL.5432.lock', '.s.PGSQL.5432']) {
    rmSync(join(left.socketDir ?? dir, name), { force: true })
  }
  rmSync(join(dir, 'postmaster.pid'), { force: true })
}

/** Sessions outlive a killed postmaster for a moment; a new one must not start beside them. */
async function endLeftovers(dir: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 50) {
    const left = workingIn(dir)
    if (left.length === 0) return
    if (waitedMs > 60_000) throw new Error(`Processes ${left.join(', ')} do not leave ${dir}.`)
    if (waitedMs >= 1000 && waitedMs % 1000 === 0)
      for (const pid of left) process.kill(pid, 'SIGQUIT')
    await sleep(50)
  }
}

/** PostgreSQL's processes have the data directory as their working directory. Known on Linux only. */
function workingIn(dir: string): number[] {
  if (process.platform !== 'linux') return []
  const real = realpathSync(dir)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return (
          readlinkSync(`/proc/${pid}/cwd`) === real &&
          /^postgres\b|\/postgres\0/.test(commandLine(pid))
        )
      } catch {
        return false
      }
    })
}

type Lock = {
  readonly pid: number
  readonly socketDir: string | undefined
  readonly ready: boolean
}

function readLock(dir: string): Lock | undefined {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    if (!Number.isInteger(pid) || pid <= 0) return undefined
    return { pid, socketDir: lines[4] || undefined, ready: lines[7]?.trim() === 'ready' }
  } catch {
    return undefined
  }
}

/** Is the process alive and a PostgreSQL on this very directory? */
function isOurPostgres(pid: number, dir: string): boolean {
  return commandLine(pid).includes(dir)
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch {
    return ''
  }
}

/** A socket's path may have 107 bytes at most; deep data directories get a short one in the temporary directory. */
function chooseSocketDir(dir: string, as: RunAs): string {
  if (Buffer.byteLength(join(dir, '.s.PGSQL.5432.lock')) <= 107) return dir
  const owner = as?.uid ?? process.getuid?.() ?? 0
  const short = join(
    tmpdir(),
    `kasauti-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`,
  )
  try {
    mkdirSync(short, { mode: 0o700 })
  } catch {
    const found = lstatSync(short)
    if (!found.isDirectory() || found.uid !== owner)
      return own(mkdtempSync(join(tmpdir(), 'kasauti-')), as)
  }
  return own(short, as)
}

function own(path: string, as: RunAs): string {
  if (as !== undefined) chownSync(path, as.uid, as.gid)
  return path
}
