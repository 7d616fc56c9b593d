/** In which order a project hands out its items, as one number per item: smallest first. */
import { mix } from '../presentation/index.ts'

export const queueOrders = ['sequential', 'random', 'uncertainty', 'least-labelled'] as const
export type QueueOrder = (typeof queueOrders)[number]

/** What one person more on an item adds to its rank under `least-labelled`. */
export const rankPerPerson = 2 ** 40

/**
 * An item's rank, an integer below 2^53. `random`: a shuffle that the seed fixes; `uncertainty`: most
 * uncertain first, unknown last; `least-labelled`: fewest people first, see `rankPerPerson`.
 */
export function rankOf(
  order: QueueOrder,
  item: {
    readonly ordinal: number
    readonly seed: number
    /** 0..1 */
    readonly uncertainty?: number | undefined
    readonly people?: number
  },
): number {
  switch (order) {
    case 'sequential':
      return item.ordinal
    case 'random':
      return mix(item.seed, item.ordinal) * 2 ** 20 + (item.ordinal % 2 ** 20)
    case 'uncertainty':
      return Math.round((1 - (item.uncertainty ?? 0)) * (2 ** 20 - 1)) * 2 ** 32 + item.ordinal
    case 'least-labelled':
      return (item.people ?? 0) * rankPerPerson + item.ordinal
  }
}
