/** Takes a file in: to disk as it comes, hashed on the way, looked at once its beginning is here. */
import { createHash } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type DetectedFormat, detectFormat } from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'

export type Received = {
  readonly bytes: number
  readonly sha256: string
  readonly detected: DetectedFormat
}
type Target = { readonly path: string; readonly fileName: string; readonly limitBytes: number }

const headBytes = 65_536
/** What a refused sender may still send before the connection is cut: it reads the answer only then. */
const patienceMs = 15_000

const tooLarge = (limitBytes: number): KasautiError =>
  new KasautiError(
    'request/too-large',
    `A file may have at most ${Math.round((limitBytes / 1024 ** 3) * 100) / 100} GB (${limitBytes} bytes).`,
  )

function detected(head: Uint8Array, fileName: string): DetectedFormat {
  const found = detectFormat(head, fileName)
  if (found.ok) return found.value
  throw new KasautiError('upload/unreadable', `${fileName}: ${found.error}`, {
    problems: [{ path: fileName, message: found.error }],
  })
}

/** Disk-full and other failures of the disk, in words. */
function diskProblem(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new KasautiError(
      'server/unavailable',
      'The disk of the server is full. Free some space and upload again.',
    )
  return error
}

/**
 * Receives a file's bytes into `target.path`, whole or not at all. Throws `request/too-large`,
 * `upload/unreadable` (empty, or no text: told from the first 64 kB, before the rest is taken) and
 * `server/unavailable` when the disk is full.
 */
export async function receiveFile(stream: Readable, target: Target): Promise<Received> {
  const partial = `${target.path}.part`
  await mkdir(dirname(target.path), { recursive: true })
  const out = createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true })
  // Kept until it is asked for: a failure between two writes must not end the process.
  const closed = finished(out).catch((error: unknown) => error)
  try {
    const received = await take(stream, out, target)
    out.end()
    const failed = await closed
    if (failed) throw failed
    await rename(partial, target.path)
    return received
  } catch (error) {
    out.destroy()
    await closed
    await rm(partial, { force: true })
    letGo(stream)
    throw diskProblem(error)
  }
}

const written = (out: WriteStream, chunk: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    out.write(chunk, (error) => (error ? reject(error) : resolve()))
  })

async function take(stream: Readable, out: WriteStream, target: Target): Promise<Received> {
  const hash = createHash('sha256')
  let head = Buffer.alloc(0)
  let found: DetectedFormat | undefined
  let bytes = 0
  for await (const piece of stream.iterator({ destroyOnReturn: false })) {
    const chunk = piece as Buffer
    bytes += chunk.length
    if (bytes > target.limitBytes) throw tooLarge(target.limitBytes)
    if (!found) head = Buffer.concat([head, chunk])
    if (!found && head.length >= headBytes) {
      found = detected(head.subarray(0, headBytes), target.fileName)
      head = Buffer.alloc(0)
    }
    hash.update(chunk)
    await written(out, chunk)
  }
  found ??= detected(head, target.fileName)
  return { bytes, sha256: hash.digest('hex'), detected: found }
}

/** The rest of a refused body is passed over for a while, so that the answer can be read. */
function letGo(stream: Readable): void {
  if (stream.readableEnded || stream.destroyed) return
  stream.on('error', () => {})
  const patience = setTimeout(() => stream.destroy(), patienceMs)
  patience.unref()
  stream.once('close', () => clearTimeout(patience))
  stream.resume()
}
