import type { WireOutput } from '@kasauti/contract'

/** One appeal with both answers and the item as the appellant saw it. */
export type WholeAppeal = WireOutput<'appeal.get'>
