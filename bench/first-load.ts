/**
 * First page load: the compressed JavaScript that a browser fetches, with a cold cache, before the
 * screen stands: the entry, what it imports, the texts of one language, and the screen itself.
 * Needs the built page (`npm run build:web`). One JSON line per screen and language; exits with 1
 * when a screen is over the budget.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const budgetBytes = 250_000
const dist = join(import.meta.dirname, '../packages/web/dist')
const screens = ['sign-in', 'today'] as const
const locales = ['en', 'hi'] as const

type Chunk = { readonly file: string; readonly imports?: readonly string[] }
type Manifest = Readonly<Record<string, Chunk>>

/** Files that load together with a chunk: itself and all its static imports. */
function graph(manifest: Manifest, key: string, seen: Set<string> = new Set()): Set<string> {
  const chunk = manifest[key]
  if (!chunk) throw new Error(`the build has no chunk ${key}`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const next of chunk.imports ?? []) graph(manifest, next, seen)
  return seen
}

function measure(manifest: Manifest, roots: readonly string[]) {
  const files = new Set(
    roots.flatMap((root) => [...graph(manifest, root)]).filter((f) => f.endsWith('.js')),
  )
  const contents = [...files, 'first-paint.js'].map((file) => readFileSync(join(dist, file)))
  const sum = (size: (content: Buffer) => number) =>
    contents.reduce((n, content) => n + size(content), 0)
  return {
    files: contents.length,
    bytes: sum((c) => c.length),
    gzipBytes: sum((c) => gzipSync(c, { level: 9 }).length),
    brotliBytes: sum((c) => brotliCompressSync(c).length),
  }
}

const manifestFile = join(dist, '.vite/manifest.json')
if (!existsSync(manifestFile)) {
  process.stderr.write('There is no built page: run `npm run build:web` first.\n')
  process.exit(1)
}
const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Manifest
for (const screen of screens) {
  for (const locale of locales) {
    const size = measure(manifest, [
      'index.html',
      `src/platform/i18n/catalogue-${locale}.ts`,
      `src/screens/${screen}/index.ts`,
    ])
    const within = size.gzipBytes <= budgetBytes
    process.stdout.write(
      `${JSON.stringify({ bench: 'first-load', screen, locale, ...size, budgetBytes, within })}\n`,
    )
    if (!within) process.exitCode = 1
  }
}
