/** What a benchmark prints with its figures, and a server in a process of its own to measure. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export const machine = () => ({
  cpus: cpus().length,
  cpu: cpus()[0]?.model ?? 'unknown',
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
  /** Of the last minute: above the number of processors, others were working too. */
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
})

/** Resident memory of a process, in bytes. */
export const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024

/** Processor seconds a process has used. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

/** Processor seconds of a server's own PostgreSQL: of its processes and of those that have ended. */
export function postgresCpuSecondsOf(dataDir: string): number {
  const [pid] = readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')
  const fields = (of: string) => {
    const stat = readFileSync(`/proc/${of}/stat`, 'utf8')
    return stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
  }
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
  let ticks = [11, 12, 13, 14].reduce((sum, i) => sum + (fields(pid ?? '')[i] ?? 0), 0)
  for (const child of children.filter((c) => c !== '')) {
    try {
      const f = fields(child)
      ticks += (f[11] ?? 0) + (f[12] ?? 0)
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks / 100
}

/** Watches a process's memory until it is stopped; tells the most it was. */
export function watchRss(pid: number): () => number {
  let most = rssOf(pid)
  const timer = setInterval(() => {
    most = Math.max(most, rssOf(pid))
  }, 50)
  return () => {
    clearInterval(timer)
    return Math.max(most, rssOf(pid))
  }
}

export type BenchServer = {
  readonly url: string
  readonly pid: number
  readonly userId: string
  readonly dataDir: string
  /** A call of the API below `/api/v1`, as an admin. Throws on any status but 2xx. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>
  fetch(path: string, init?: RequestInit): Promise<Response>
  close(): Promise<void>
}

/** What `npm start` gives to node; BENCH_NODE_FLAGS tries others. */
export function nodeFlags(): string[] {
  const file = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')
  const { scripts } = JSON.parse(file) as { scripts: { start: string } }
  const flags = process.env['BENCH_NODE_FLAGS'] ?? scripts.start
  return flags.split(' ').filter((word) => word.startsWith('--'))
}

/** Starts a server on an empty data directory. */
export async function benchServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kasauti-bench-'))
  const program = join(import.meta.dirname, 'server-process.ts')
  const child = spawn(process.execPath, [...nodeFlags(), program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout })
  const first = await new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const started = JSON.parse(first) as { url: string; pid: number; token: string; userId: string }
  const fetchIt = (path: string, init: RequestInit = {}) =>
    fetch(`${started.url}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${started.token}`, ...init.headers },
    })
  return {
    ...started,
    dataDir,
    fetch: fetchIt,
    call: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await fetchIt(path, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return JSON.parse(text) as T
    },
    close: async () => {
      child.kill('SIGTERM')
      await ended
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export const print = (line: Readonly<Record<string, unknown>>): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

export const argument = (name: string, byDefault: number): number => {
  const found = process.argv.find((a) => a.startsWith(`--${name}=`))
  return found === undefined ? byDefault : Number(found.slice(name.length + 3))
}

export const mb = (bytes: number): number => Math.round(bytes / 104_857.6) / 10
export const seconds = (ms: number): number => Math.round(ms / 10) / 100
