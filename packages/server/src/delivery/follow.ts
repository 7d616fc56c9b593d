/** Downloading: a finished file as it is, a file that is being written as it grows. */
import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { KasautiError } from '@kasauti/core'

const blockBytes = 256 * 1024
const lookMs = 50

export type Ending = 'running' | 'whole' | 'broken'

async function* fromFile(file: FileHandle, from: number): AsyncGenerator<Uint8Array> {
  for (let at = from; ; ) {
    const buffer = Buffer.allocUnsafe(blockBytes)
    const { bytesRead } = await file.read(buffer, 0, blockBytes, at)
    if (bytesRead === 0) return
    at += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

/** A whole file. */
export async function* wholeFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r')
  try {
    yield* fromFile(file, 0)
  } finally {
    await file.close()
  }
}

/**
 * A file while it is written, to its end. `ending` tells how its writing stands; it is asked before the
 * last look at the file, so nothing written before the end is missed. Breaks off, rather than ends, when
 * the writing does: a client must not take a part for the whole.
 */
export async function* followFile(
  openIt: () => Promise<FileHandle | undefined>,
  ending: () => Promise<Ending>,
): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined
  let at = 0
  try {
    for (;;) {
      const stands = await ending()
      file ??= await openIt()
      if (file)
        for await (const block of fromFile(file, at)) {
          at += block.length
          yield block
        }
      if (stands === 'whole' && file) return
      if (stands !== 'running')
        throw new KasautiError(
          'delivery/not-ready',
          'The delivery ended before its file was whole.',
        )
      await sleep(lookMs)
    }
  } finally {
    await file?.close()
  }
}
