/**
 * One file holding many streams whose length nobody knows beforehand: gzip around a first line and
 * entries. An entry is a name and chunks, each with its length before it; a chunk of length 0 ends it.
 */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { finished, pipeline } from 'node:stream/promises'
import { constants, createGunzip, createGzip } from 'node:zlib'

const firstLine = Buffer.from('kasauti-backup 1\n')
const longestChunk = 16 * 1024 * 1024

type Sum = { readonly bytes: number; readonly sha256: string }
export type ArchiveWriter = {
  add(name: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Sum>
  /** Makes the file durable and gives it its name. */
  close(): Promise<void>
  abandon(): Promise<void>
}

/** Write an archive; under its own name only once it is whole. */
export function writeArchive(path: string): ArchiveWriter {
  const half = `${path}.partial`
  const file = createWriteStream(half, { mode: 0o600 })
  const gzip = createGzip({ level: constants.Z_BEST_SPEED })
  const written = pipeline(gzip, file)
  written.catch(() => {})
  const put = async (bytes: Uint8Array) => {
    if (!gzip.write(bytes)) await Promise.race([once(gzip, 'drain'), written])
  }
  const frame = async (bytes: Uint8Array) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    await put(length)
    if (bytes.length > 0) await put(bytes)
  }
  gzip.write(firstLine)
  return {
    add: async (name, content) => {
      await frame(Buffer.from(name))
      const hash = createHash('sha256')
      let bytes = 0
      for await (const piece of content) {
        for (let at = 0; at < piece.length; at += longestChunk) {
          const chunk = piece.subarray(at, at + longestChunk)
          hash.update(chunk)
          bytes += chunk.length
          await frame(chunk)
        }
      }
      await frame(Buffer.alloc(0))
      return { bytes, sha256: hash.digest('hex') }
    },
    close: async () => {
      gzip.end()
      await written
      const handle = await open(half, 'r')
      await handle.sync()
      await handle.close()
      await rename(half, path)
    },
    abandon: async () => {
      gzip.destroy()
      await finished(file).catch(() => {})
      await rm(half, { force: true })
    },
  }
}

export type Entry = { readonly name: string; readonly content: AsyncGenerator<Buffer> }

/** Read the entries in order; each must be read to its end. Throws on a file that is no archive or is cut off. */
export async function* readArchive(path: string): AsyncGenerator<Entry> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 })
  const gunzip = createGunzip()
  const feeding = pipeline(file, gunzip)
  feeding.catch(() => {})
  const bytes = reader(gunzip)
  try {
    const first = await bytes.read(firstLine.length)
    if (!first?.equals(firstLine)) throw new Error('this is no backup of Kasauti')
    for (;;) {
      const name = await frameOf(bytes)
      if (name === undefined) return
      yield { name: name.toString(), content: chunksOf(bytes) }
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${path} cannot be read as a backup: ${why}`, { cause: error })
  } finally {
    file.destroy()
    gunzip.destroy()
  }
}

type Bytes = { read(length: number): Promise<Buffer | undefined> }

async function* chunksOf(bytes: Bytes): AsyncGenerator<Buffer> {
  for (;;) {
    const chunk = await frameOf(bytes)
    if (chunk === undefined) throw new Error('it is cut off')
    if (chunk.length === 0) return
    yield chunk
  }
}

async function frameOf(bytes: Bytes): Promise<Buffer | undefined> {
  const head = await bytes.read(4)
  if (head === undefined) return undefined
  const length = head.readUInt32BE()
  if (length > longestChunk) throw new Error('it is damaged')
  if (length === 0) return head.subarray(0, 0)
  const body = await bytes.read(length)
  if (body === undefined) throw new Error('it is cut off')
  return body
}

/** Exactly so many bytes; undefined at the end. */
function reader(source: AsyncIterable<Buffer>): Bytes {
  const iterator = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let size = 0
  return {
    read: async (length) => {
      while (size < length) {
        const next = await iterator.next()
        if (next.done === true) {
          if (size > 0) throw new Error('it is cut off')
          return undefined
        }
        held.push(next.value)
        size += next.value.length
      }
      const all = held.length === 1 ? (held[0] ?? Buffer.alloc(0)) : Buffer.concat(held)
      held = [all.subarray(length)]
      size -= length
      return all.subarray(0, length)
    },
  }
}
