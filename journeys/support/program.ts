/** The running program for a journey: its own data folder, a free port on loopback, stopped by its pid. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type Program = {
  readonly url: string
  /** The one-time link printed for the first admin; empty once there is one. */
  readonly setupLink: string
  readonly dataDir: string
  readonly pid: number
  readonly output: () => string
  /** Resident memory of the server's process, in bytes. */
  memory(): Promise<number>
  /** The pid of the embedded PostgreSQL. */
  postgresPid(): Promise<number>
  /** Ends the process as a power cut would (SIGKILL); the data folder stays. */
  kill(): Promise<void>
  /** Ends it well and removes the data folder. */
  stop(): Promise<void>
}
/** Start again where an earlier program was, or with settings of one's own. */
export type At = {
  readonly dataDir?: string
  readonly port?: number
  readonly env?: Readonly<Record<string, string>>
}

/** Starts `kasauti start` as a user would and waits until it prints its address (and the one-time link). */
export async function startProgram(at: At = {}): Promise<Program> {
  const dataDir = at.dataDir ?? (await mkdtemp(join(tmpdir(), 'kasauti-journey-')))
  const settings = { DATA_DIR: dataDir, PORT: String(at.port ?? 0), HOST: '127.0.0.1' }
  const child = spawn(process.execPath, ['packages/cli/src/main.ts', 'start'], {
    env: { ...process.env, LOG_LEVEL: 'warn', ...at.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  await waitFor(
    child,
    () => /Ctrl-C stops it/.exec(output)?.[0],
    () => output,
  )
  const address = /running at (\S+)/.exec(output)?.[1] ?? ''
  return {
    url: new URL(address).origin,
    setupLink: /https?:\/\/\S+\/setup\/\S+/.exec(output)?.[0] ?? '',
    dataDir,
    pid: child.pid ?? 0,
    output: () => output,
    memory: () => residentMemory(child.pid ?? 0),
    postgresPid: () => postgresPid(child.pid ?? 0),
    kill: () => ended(child, 'SIGKILL'),
    async stop() {
      await ended(child, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024
}

/** The child of the server's process that is a PostgreSQL. */
async function postgresPid(pid: number): Promise<number> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  for (const child of children.trim().split(' ')) {
    const line = await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')
    if (/postgres\0/.test(line)) return Number(child)
  }
  throw new Error(`no PostgreSQL among the children of ${pid}: ${children}`)
}

async function waitFor<T>(
  child: ChildProcess,
  found: () => T | undefined,
  output: () => string,
): Promise<T> {
  for (let i = 0; i < 1200; i++) {
    const value = found()
    if (value !== undefined) return value
    if (child.exitCode !== null) throw new Error(`the program ended:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no address within two minutes:\n${output()}`)
}

function ended(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
