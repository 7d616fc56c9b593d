/** A file of a delivery: written under a name of its own, hashed on the way, renamed when it is whole. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { KasautiError } from '@kasauti/core'

export const deliveryDir = (
  dataDir: string,
  at: { projectId: string; deliveryId: string },
): string => join(dataDir, 'deliveries', at.projectId, at.deliveryId)

/** Of a file that is being written. */
export const partOf = (path: string): string => `${path}.part`

export type Whole = { readonly bytes: number; readonly sha256: string }

/** The disk's complaint in words. */
function diskProblem(error: unknown): unknown {
  const full =
    error instanceof Error &&
    'code' in error &&
    (error.code === 'ENOSPC' || error.code === 'EDQUOT')
  return full
    ? new KasautiError(
        'server/unavailable',
        'The disk of the server is full. Free some space and deliver again.',
      )
    : error
}

/** Writes what comes. The first bytes are on their way at once, so that they can be followed. */
export async function writeOut(path: string, blocks: AsyncIterable<Uint8Array>): Promise<Whole> {
  const part = partOf(path)
  await rm(part, { force: true })
  const out = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true })
  const closed = finished(out).catch((error: unknown) => error)
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const block of blocks) {
      hash.update(block)
      bytes += block.length
      await new Promise<void>((resolve, reject) => {
        out.write(block, (error) => (error ? reject(error) : resolve()))
      })
    }
    out.end()
    const failed = await closed
    if (failed) throw failed
    await rename(part, path)
    return { bytes, sha256: hash.digest('hex') }
  } catch (error) {
    out.destroy()
    await closed
    await rm(part, { force: true })
    throw diskProblem(error)
  }
}

/** Nothing of an attempt before this one. */
export async function freshDir(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
}

export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(partOf(path), text, { flush: true, mode: 0o600 })
  await rename(partOf(path), path)
}
