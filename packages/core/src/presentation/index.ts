/**
 * Blind, balanced, auditable order of candidates. Given a project's seed, an item's ordinal and how
 * many people had the item before, the order is a pure function: anyone with the seed can check it.
 */

import { mix } from './mix.ts'

export { mix } from './mix.ts'
export { ordinalOf, referenceOf } from './reference.ts'

/**
 * Order `n` candidates for one person. Over consecutive pairs of items, and over consecutive people
 * on one item, two candidates swap sides each time, so left/right counts differ by at most one.
 * For three and more, a Latin square is walked: over n consecutive people each candidate stands
 * once in each place.
 * @returns a permutation of 0..n-1: `order[place] = candidate`
 */
export function presentationOrder(
  n: number,
  at: { seed: number; ordinal: number; nth: number },
): number[] {
  const block = Math.floor(at.ordinal / Math.max(1, n))
  const base = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = mix(at.seed, block, i) % (i + 1)
    const t = base[i] as number
    base[i] = base[j] as number
    base[j] = t
  }
  const shift = ((at.ordinal % Math.max(1, n)) + at.nth) % Math.max(1, n)
  return base.map((_, place) => base[(place + shift) % n] as number)
}
