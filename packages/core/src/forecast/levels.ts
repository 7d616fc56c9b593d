/**
 * Levels of people, shrunk to that of all: a random-effects model of day values with known weights
 * (DerSimonian and Laird 1986 for the variance between people), each variance held by a few
 * pseudo-observations so that two people with three days do not pretend to know it.
 */

export type DayValue = { readonly person: string; readonly log: number; readonly weight: number }
export type LevelPrior = {
  /** Level and its standard deviation while nothing is known; logarithms. */
  readonly mean: number
  readonly sd: number
  /** Standard deviations between people and between one person's days. */
  readonly between: number
  readonly within: number
  /** Pseudo-observations behind the two. */
  readonly betweenN: number
  readonly withinN: number
}
/** A person's level: `own` of it is uncertain on its own, `shared` times the error of the common level comes with it. */
type Level = { readonly mean: number; readonly ownVar: number; readonly shared: number }
export type Levels = {
  readonly common: number
  readonly commonVar: number
  readonly between: number
  readonly within: number
  readonly of: (person: string) => Level
}

type Group = { mean: number; days: number; variance: number }

export function levelsOf(values: readonly DayValue[], prior: LevelPrior): Levels {
  const groups = new Map<
    string,
    { sum: number; weight: number; squares: number; values: DayValue[] }
  >()
  for (const v of values) {
    if (!(v.weight > 0)) continue
    const g = groups.get(v.person) ?? { sum: 0, weight: 0, squares: 0, values: [] }
    g.sum += v.weight * v.log
    g.weight += v.weight
    g.squares += v.weight * v.weight
    g.values.push(v)
    groups.set(v.person, g)
  }
  let scatter = prior.withinN * prior.within ** 2
  let df = prior.withinN
  for (const g of groups.values()) {
    const mean = g.sum / g.weight
    const each = g.weight / g.values.length
    for (const v of g.values) scatter += (v.weight / each) * (v.log - mean) ** 2
    df += g.values.length - 1
  }
  const within = scatter / df
  const people = new Map<string, Group>()
  for (const [id, g] of groups) {
    const days = g.weight ** 2 / g.squares
    people.set(id, { mean: g.sum / g.weight, days, variance: within / days })
  }
  const all = [...people.values()]
  const between = betweenOf(all, prior)
  const start = 1 / prior.sd ** 2
  const precision = all.reduce((sum, g) => sum + 1 / (between + g.variance), start)
  const common =
    all.reduce((sum, g) => sum + g.mean / (between + g.variance), start * prior.mean) / precision
  return {
    common,
    commonVar: 1 / precision,
    between: Math.sqrt(between),
    within: Math.sqrt(within),
    of: (person) => {
      const g = people.get(person)
      if (!g) return { mean: common, ownVar: between, shared: 1 }
      const trust = between / (between + g.variance)
      return {
        mean: trust * g.mean + (1 - trust) * common,
        ownVar: trust * g.variance,
        shared: 1 - trust,
      }
    },
  }
}

function betweenOf(all: readonly Group[], prior: LevelPrior): number {
  const held = prior.betweenN * prior.between ** 2
  if (all.length < 2) return held / prior.betweenN
  const w = all.map((g) => 1 / g.variance)
  const sum = w.reduce((a, b) => a + b, 0)
  const mean = all.reduce((a, g, i) => a + (w[i] ?? 0) * g.mean, 0) / sum
  const q = all.reduce((a, g, i) => a + (w[i] ?? 0) * (g.mean - mean) ** 2, 0)
  const c = sum - w.reduce((a, b) => a + b * b, 0) / sum
  const estimate = c > 0 ? Math.max(0, (q - (all.length - 1)) / c) : 0
  return (held + (all.length - 1) * estimate) / (prior.betweenN + all.length - 1)
}
