/**
 * From `npm start` to the printed link, on a fresh clone of the last commit after `npm ci`: first with
 * the web app unbuilt, as on a bare machine, then built. `node bench/first-start.ts`. Exits with 1 when
 * the first is over the budget.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { machine, print, seconds } from './machine.ts'

const budgetSeconds = 60
const root = join(import.meta.dirname, '..')
const place = mkdtempSync(join(tmpdir(), 'kasauti-first-start-'))
chmodSync(place, 0o711)
const clone = join(place, 'clone')

function must(command: string, args: readonly string[], cwd: string): number {
  const start = performance.now()
  const run = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${run.stdout}${run.stderr}`)
  return performance.now() - start
}

/** The program ends when the group that npm leads is asked to. */
function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  if (child.exitCode !== null) return Promise.resolve()
  process.kill(-(child.pid ?? 0), 'SIGTERM')
  return ended
}

/** Milliseconds until the sign-in link is printed. */
async function start(dataDir: string): Promise<number> {
  const begun = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: clone,
    detached: true,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const ms = await new Promise<number>((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (/http:\S+\/setup\/\S+/.test(said)) done(performance.now() - begun)
    })
    child.once('exit', (code) => fail(new Error(`npm start ended with ${code}: ${said}`)))
  })
  await stop(child)
  return ms
}

try {
  must('git', ['clone', '--quiet', root, clone], place)
  const installMs = must('npm', ['ci', '--no-audit', '--no-fund'], clone)
  for (const web of ['unbuilt', 'built'] as const) {
    const ms = await start(join(place, `data-${web}`))
    const within = ms <= budgetSeconds * 1000
    print({
      bench: 'first-start',
      web,
      seconds: seconds(ms),
      budgetSeconds,
      within,
      ...(web === 'unbuilt' ? { installSeconds: seconds(installMs) } : {}),
      ...machine(),
    })
    if (!within) process.exitCode = 1
  }
} finally {
  rmSync(place, { recursive: true, force: true, maxRetries: 10 })
}
