import type { Merged } from '../../kinds.ts'
import { tally } from '../tally.ts'
import { standing } from './compare.ts'
import { placesOf, type RankingAnswer, type RankingConfig } from './schema.ts'

/** 3^7 splits of subsets are searched in about 5 ms. */
const kemenyLimit = 7

/**
 * Up to 7 candidates the Kemeny ranking (Kemeny 1959): the one with the least sum of K^(1/2)
 * distances to all answers, among rankings with ties if they are allowed. Above 7 Borda counts.
 * Of equals, the ranking with fewer groups (a tie where nothing speaks for an order), then by id.
 */
export function mergeRankings(
  answers: readonly RankingAnswer[],
  config: RankingConfig,
): Merged<RankingAnswer> | undefined {
  if (answers.length === 0) return undefined
  const sorted = answers.map((groups) => groups.map((g) => [...g].sort()))
  const votes = tally(sorted, (a) => JSON.stringify(a))
  const places = sorted.map(placesOf)
  const ids = [...new Set(sorted.flat(2))].sort()
  const merge = ids.length <= kemenyLimit ? kemeny : borda
  return { answer: merge(ids, places, config), votes }
}

type Places = readonly ReadonlyMap<string, number>[]
type Best = { readonly cost: number; readonly groups: readonly (readonly string[])[] }

/** Dynamic programming over the set of candidates that are placed, adding the next group of the best order. */
function kemeny(ids: readonly string[], places: Places, config: RankingConfig): RankingAnswer {
  const cost = pairCosts(ids, places)
  const full = (1 << ids.length) - 1
  const best = new Map<number, Best>([[0, { cost: 0, groups: [] }]])
  for (let placed = 0; placed < full; placed++) {
    const from = best.get(placed)
    if (!from) continue
    const rest = full & ~placed
    for (let group = rest; group > 0; group = (group - 1) & rest) {
      if (config.ties === 'refused' && (group & (group - 1)) !== 0) continue
      const members = membersOf(group, ids)
      const after = membersOf(rest & ~group, ids)
      const total = from.cost + groupCost(members, after, cost)
      const groups = [...from.groups, members.map((m) => ids[m] ?? '')]
      const known = best.get(placed | group)
      if (!known || total < known.cost || (total === known.cost && before(groups, known.groups))) {
        best.set(placed | group, { cost: total, groups })
      }
    }
  }
  return best.get(full)?.groups ?? []
}

type PairCost = { readonly before: number; readonly tied: number }

/** Costs are whole numbers (twice the distance), so sums are exact. */
function pairCosts(ids: readonly string[], places: Places): readonly (readonly PairCost[])[] {
  return ids.map((x) =>
    ids.map((y) => {
      const stands = places.map((p) => standing(p, x, y))
      return {
        before: stands.reduce((s, v) => s + Math.abs(-1 - v), 0),
        tied: stands.reduce((s, v) => s + Math.abs(v), 0),
      }
    }),
  )
}

function groupCost(
  members: readonly number[],
  after: readonly number[],
  cost: readonly (readonly PairCost[])[],
): number {
  let sum = 0
  members.forEach((x, i) => {
    for (const y of members.slice(i + 1)) sum += cost[x]?.[y]?.tied ?? 0
    for (const y of after) sum += cost[x]?.[y]?.before ?? 0
  })
  return sum
}

const membersOf = (set: number, ids: readonly string[]): number[] =>
  ids.map((_, i) => i).filter((i) => (set & (1 << i)) !== 0)

function before(a: RankingAnswer, b: RankingAnswer): boolean {
  return a.length === b.length ? JSON.stringify(a) < JSON.stringify(b) : a.length < b.length
}

/** Mean places (ties share the middle of their places), the least first; equal means tie if they may. */
function borda(ids: readonly string[], places: Places, config: RankingConfig): RankingAnswer {
  const scored = ids.map((x) => {
    let worse = 0
    for (const p of places) for (const y of ids) worse += y === x ? 0 : standing(p, x, y)
    return { id: x, worse }
  })
  scored.sort((a, b) => a.worse - b.worse || (a.id < b.id ? -1 : 1))
  const groups: string[][] = []
  scored.forEach(({ id, worse }, i) => {
    const last = groups.at(-1)
    if (last && config.ties === 'allowed' && scored[i - 1]?.worse === worse) last.push(id)
    else groups.push([id])
  })
  return groups
}
