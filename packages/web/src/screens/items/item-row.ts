import type { WireOutput } from '@kasauti/contract'

/** One row of the items table. */
export type ItemRow = WireOutput<'item.list'>['rows'][number]
