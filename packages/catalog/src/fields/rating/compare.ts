import type { Comparison } from '../../kinds.ts'
import { notApplicable, placeOf, type RatingAnswer, type RatingConfig } from './schema.ts'

/** |i - j| / (k - 1) for places i and j on a scale of k levels; 1 if it applies for one only. */
export function compareRatings(a: RatingAnswer, b: RatingAnswer, config: RatingConfig): Comparison {
  const aligned = [[a, b] as const]
  if (a === b) return { distance: 0, aligned }
  if (a === notApplicable || b === notApplicable) return { distance: 1, aligned }
  const steps = Math.abs(placeOf(a, config) - placeOf(b, config))
  return { distance: steps / (config.levels.length - 1), aligned }
}
