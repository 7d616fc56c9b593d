/** Reading an upload: where it lies, under which options, its first rows. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { encodingNamed, format, type ReadLimits, type ReadRow } from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import type { ReadOptions, UploadRow } from './storage.ts'

/** Limits of a row, everywhere rows are read. A row of 8 MB is a book. */
export const readLimits: ReadLimits = { rowBytes: 8 * 1024 * 1024, columns: 2000 }

/** Ids are ours: no name of a user's ever becomes a path. */
export const uploadPath = (dataDir: string, at: { projectId: string; uploadId: string }): string =>
  join(dataDir, 'uploads', at.projectId, at.uploadId)

export const pathOf = (dataDir: string, upload: UploadRow): string =>
  uploadPath(dataDir, { projectId: upload.project_id, uploadId: upload.upload_id })

const readBytes = 256 * 1024

/** An upload's rows in batches. Throws `upload/not-found` if the file is gone. */
export async function* readUpload(
  path: string,
  options: ReadOptions,
  signal?: AbortSignal,
): AsyncGenerator<readonly ReadRow[]> {
  const kind = format(options.format)
  if (!kind) throw new KasautiError('upload/unreadable', `There is no format "${options.format}".`)
  const file = createReadStream(path, { highWaterMark: readBytes, ...(signal ? { signal } : {}) })
  try {
    yield* kind.read(file, options, readLimits)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new KasautiError(
        'upload/not-found',
        'The uploaded file is no longer there. Upload it again.',
      )
    throw error
  } finally {
    file.destroy()
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => {
    throw new KasautiError(
      'upload/not-found',
      'The uploaded file is no longer there. Upload it again.',
    )
  })
  try {
    const buffer = new Uint8Array(65_536)
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * What was detected, changed by what was asked for. Another format than the detected one is looked at
 * anew. Throws `upload/unreadable` for a format or an encoding nobody knows.
 */
export async function settleOptions(
  path: string,
  upload: UploadRow,
  asked: { readonly [K in keyof ReadOptions]?: ReadOptions[K] | undefined },
): Promise<ReadOptions> {
  const name = asked.format ?? upload.detected.format
  const kind = format(name)
  if (!kind) throw new KasautiError('upload/unreadable', `There is no format "${name}".`)
  const base: ReadOptions =
    name === upload.detected.format
      ? upload.detected
      : { format: name, ...kind.detect(await headOf(path), upload.file_name).options }
  const encoding = encodingNamed(asked.encoding ?? base.encoding)
  if (encoding === undefined)
    throw new KasautiError('upload/unreadable', `There is no encoding "${asked.encoding}".`)
  const delimiter = asked.delimiter || base.delimiter
  if (delimiter !== undefined && !/^[^\s"0-9a-z]$|^\t$|^ $/i.test(delimiter))
    throw new KasautiError(
      'upload/unreadable',
      'A delimiter is one character, no letter, digit or quote.',
    )
  const header = asked.header ?? base.header
  return {
    format: name,
    encoding,
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(header === undefined ? {} : { header }),
  }
}

/** The first rows, good and bad. Gives up after 2,000 rows that hold nothing. */
export async function firstRows(
  path: string,
  options: ReadOptions,
  limit: number,
): Promise<readonly ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const batch of readUpload(path, options)) {
    rows.push(...batch.slice(0, limit - rows.length))
    if (rows.length >= limit) break
  }
  return rows
}
