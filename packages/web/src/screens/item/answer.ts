import type { WireOutput } from '@kasauti/contract'

/** One item with its history, and the task schema it was answered under. */
export type Item = WireOutput<'item.get'>
export type { TaskSchema as Schema } from '@kasauti/catalog'
