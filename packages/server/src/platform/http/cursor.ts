/** Opaque places in a list: the key of the last row, as the client hands it back. */
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'

export const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url')

/** Throws 400 for what was not made by `encodeCursor` with a key of this shape. */
export function decodeCursor<T extends z.ZodType>(shape: T, cursor: string): z.output<T> {
  const bad = new KasautiError('request/invalid', 'This place in the list is not known.', {
    problems: [{ path: 'query.after', message: 'not a cursor of this list' }],
  })
  let key: unknown
  try {
    key = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    throw bad
  }
  const read = shape.safeParse(key)
  if (!read.success) throw bad
  return read.data
}

const idKey = z.tuple([z.uuid()])

/** Where a list ordered by id goes on; null at its beginning. Throws 400 for what is no cursor. */
export const idAfter = (after: string | undefined): string | null =>
  after === undefined ? null : decodeCursor(idKey, after)[0]

/** The rows to show of a list ordered by id, found with one more than the limit, and the cursor to go on with. */
export function pageById<Row>(
  found: readonly Row[],
  limit: number,
  idOf: (row: Row) => string,
): { readonly shown: readonly Row[]; readonly next: string | undefined } {
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  return { shown, next: last && found.length > limit ? encodeCursor([idOf(last)]) : undefined }
}
