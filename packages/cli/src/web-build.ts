/** The built web app: made when it is missing or older than its sources. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
export const webDir = join(root, 'packages/web/dist')
const stamp = join(webDir, '.sources')
const sources = [
  'package-lock.json',
  'packages/web',
  'packages/contract/src',
  'packages/catalog/src',
  'packages/core/src',
]

export type WebState = 'present' | 'outdated' | 'missing'

/** Compares the hash of the sources with that of the last build. */
export function webState(): WebState {
  if (!existsSync(join(webDir, 'index.html'))) return 'missing'
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === hashOfSources()
    ? 'present'
    : 'outdated'
}

/** Build it. Rejects with what the builder said. */
export async function buildWeb(): Promise<void> {
  const hash = hashOfSources()
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite))
    throw new Error('The web app is not built and its builder is not installed: run "npm ci".')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: join(root, 'packages/web'),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail)
    child.once('exit', done)
  })
  if (code !== 0) throw new Error(`The web app could not be built:\n${said.trim()}`)
  writeFileSync(stamp, hash)
}

function hashOfSources(): string {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((s) => filesOf(join(root, s)))) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return []
  if (!path.endsWith('.json') && !isFile(path)) {
    return readdirSync(path, { withFileTypes: true })
      .filter((e) => !['node_modules', 'dist'].includes(e.name) && !/\.test\.tsx?$/.test(e.name))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .flatMap((e) =>
        e.isDirectory() ? filesOf(join(path, e.name)) : e.isFile() ? [join(path, e.name)] : [],
      )
  }
  return [path]
}

const isFile = (path: string): boolean => /\.[a-z0-9]+$/i.test(path)
