import type { Comparison } from '../../kinds.ts'
import { placesOf, type RankingAnswer } from './schema.ts'

/** -1, 0 or 1: how the first of a pair stands to the second; what is not ranked stands last. */
export const standing = (places: ReadonlyMap<string, number>, x: string, y: string): number =>
  Math.sign((places.get(x) ?? places.size) - (places.get(y) ?? places.size))

/**
 * Kendall distance with ties, K^(1/2) of Fagin, Kumar, Mahdian, Sivakumar and Vee (2006), "Comparing
 * partial rankings": a pair in opposite order counts 1, tied in one ranking only 1/2; over the number
 * of pairs.
 */
export function compareRankings(a: RankingAnswer, b: RankingAnswer): Comparison {
  const [left, right] = [placesOf(a), placesOf(b)]
  const ids = [...new Set([...left.keys(), ...right.keys()])].sort()
  let apart = 0
  ids.forEach((x, i) => {
    for (const y of ids.slice(i + 1)) {
      apart += Math.abs(standing(left, x, y) - standing(right, x, y)) / 2
    }
  })
  const pairs = (ids.length * (ids.length - 1)) / 2
  const aligned = ids.map((id) => {
    return [
      { id, place: left.get(id) },
      { id, place: right.get(id) },
    ] as const
  })
  return { distance: pairs === 0 ? 0 : apart / pairs, aligned }
}
