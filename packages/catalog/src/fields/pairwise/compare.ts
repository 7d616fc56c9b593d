import type { Comparison } from '../../kinds.ts'
import type { PairwiseAnswer } from './schema.ts'

/**
 * Opposite preferences are 1 apart. A preference and a tie are half apart, as on the ordinal scale
 * first, tie, second; so are the two kinds of tie, which agree that neither is better and not on
 * how good they are.
 */
export function comparePairs(a: PairwiseAnswer, b: PairwiseAnswer): Comparison {
  const aligned = [[a, b] as const]
  if ('better' in a && 'better' in b) return { distance: a.better === b.better ? 0 : 1, aligned }
  if ('tie' in a && 'tie' in b) return { distance: a.tie === b.tie ? 0 : 0.5, aligned }
  return { distance: 0.5, aligned }
}
