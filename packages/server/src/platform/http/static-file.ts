/**
 * Files of a folder as they were at the start, held in memory: no path of a request reaches the disk, and
 * a folder that is built anew meanwhile is not seen half old, half new.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { scriptPolicy } from './headers.ts'

const mediaTypes: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
}
const compressible = /^(?:text\/|application\/(?:json|manifest|wasm)|image\/svg)/
/** Vite's `name-hash.js`: the name changes with the content. */
const hashed = /-[\w-]{8,}\.\w+$/

export type StaticFile = {
  readonly path: string
  readonly mediaType: string
  readonly content: Buffer
  readonly etag: string
  /** Compressed siblings that lay beside it. */
  readonly siblings: ReadonlyMap<Encoding, Buffer>
}
type Encoding = 'br' | 'gzip'
const extensionOf = { br: '.br', gzip: '.gz' } as const

/** Every file below a folder, by its URL path (`/assets/a.js`). Compressed siblings belong to their file. */
export function listFiles(dir: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>()
  if (!existsSync(dir)) return files
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || /\.(?:br|gz)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    files.set(
      `/${path.slice(dir.length).replaceAll('\\', '/').replace(/^\/+/, '')}`,
      describe(path),
    )
  }
  return files
}

function describe(path: string): StaticFile {
  const { size, mtimeMs } = statSync(path)
  const siblings = new Map<Encoding, Buffer>()
  for (const encoding of ['br', 'gzip'] as const) {
    const sibling = path + extensionOf[encoding]
    if (existsSync(sibling)) siblings.set(encoding, readFileSync(sibling))
  }
  return {
    path,
    mediaType: mediaTypes[extname(path)] ?? 'application/octet-stream',
    content: readFileSync(path),
    etag: `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`,
    siblings,
  }
}

const compressedInMemory = new WeakMap<StaticFile, Map<Encoding, Promise<Buffer>>>()
const compressors = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
} as const

function compressed(file: StaticFile, encoding: Encoding): Promise<Buffer> {
  const sibling = file.siblings.get(encoding)
  if (sibling) return Promise.resolve(sibling)
  const kept = compressedInMemory.get(file) ?? new Map<Encoding, Promise<Buffer>>()
  compressedInMemory.set(file, kept)
  const made = kept.get(encoding) ?? compressors[encoding](file.content)
  kept.set(encoding, made)
  return made
}

const acceptedBy = (incoming: IncomingMessage): Encoding | undefined => {
  const accepted = String(incoming.headers['accept-encoding'] ?? '')
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : undefined
}

export async function sendStaticFile(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  file: StaticFile,
): Promise<void> {
  const immutable = hashed.test(file.path)
  outgoing.setHeader('Content-Type', file.mediaType)
  if (file.mediaType.startsWith('text/javascript'))
    outgoing.setHeader('Content-Security-Policy', scriptPolicy)
  outgoing.setHeader('ETag', file.etag)
  outgoing.setHeader(
    'Cache-Control',
    immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
  )
  outgoing.setHeader('Vary', 'Accept-Encoding')
  if (incoming.headers['if-none-match'] === file.etag) {
    outgoing.statusCode = 304
    outgoing.end()
    return
  }
  const encoding =
    compressible.test(file.mediaType) && file.content.length > 1000
      ? acceptedBy(incoming)
      : undefined
  if (encoding) outgoing.setHeader('Content-Encoding', encoding)
  const body = encoding ? await compressed(file, encoding) : file.content
  outgoing.setHeader('Content-Length', body.length)
  outgoing.end(incoming.method === 'HEAD' ? undefined : body)
}
