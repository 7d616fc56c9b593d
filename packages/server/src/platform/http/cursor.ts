/** Opaque places in a list: the key of the last row, as the client hands it back. */
import { KasautiError } from '@kasauti/core'
import type { z } from 'zod'

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
