import type { ItemSort as Sorts } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'

type ItemSort = z.infer<typeof Sorts>

/** Where a page ended: the sort key and the ordinal of its last row. */
export type Cursor = { readonly key: string | number; readonly ordinal: number }

const Ordinal = z.number().int().min(0)
const keys: Readonly<Record<ItemSort, z.ZodType<string | number>>> = {
  ordinal: Ordinal,
  key: z.string().max(1000),
  updatedAt: z.iso.datetime().regex(/^[1-9]/),
  annotations: Ordinal.max(32_767),
  activeMs: Ordinal,
}

export const writeCursor = (sort: ItemSort, at: Cursor): string =>
  Buffer.from(JSON.stringify([sort, at.key, at.ordinal])).toString('base64url')

/** Throws `item/filter-invalid` for anything that is not a cursor of this order. */
export function readCursor(sort: ItemSort, text: string): Cursor {
  const shape = z.tuple([z.literal(sort), keys[sort], Ordinal])
  try {
    const [, key, ordinal] = shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
    return { key, ordinal }
  } catch {
    throw new KasautiError('item/filter-invalid', undefined, {
      problems: [{ path: 'after', message: 'not the cursor of a page in this order' }],
    })
  }
}
