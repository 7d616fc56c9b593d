import type { Stage } from '../assignment/index.ts'
import { type Levels, levelsOf } from './levels.ts'
import { type ForecastInput, type ForecastPerson, flowOrder } from './types.ts'

/** What the recent past tells about people, for all draws of one forecast. */
export type Learnt = {
  /** Logarithm of active milliseconds per item. */
  readonly pace: Readonly<Record<Stage, StagePace>>
  /** Logarithm of active per planned time on days with work. */
  readonly use: Levels
  readonly useDays: number
  /** Days without any activity that was planned for work: as beta parameters of all, and per person. */
  readonly absent: { readonly days: number; readonly seen: number }
  readonly absentOf: (person: string) => { readonly a: number; readonly b: number }
  /** Change of log pace per week, of all alike: estimate and standard deviation. */
  readonly trend: { readonly mean: number; readonly sd: number }
}
type StagePace = {
  readonly levels: Levels
  readonly items: number
  readonly people: number
  /** Mean age in weeks of what the level was learnt from. */
  readonly ageWeeks: number
}

/** Taken while nothing is known: an annotation takes 90 s, checking one half of that. Log scale. */
const guessMs: Readonly<Record<Stage, number>> = {
  annotate: 90_000,
  review: 45_000,
  adjudicate: 90_000,
  audit: 45_000,
}
/** Standard deviation of the guess: between a third and three times of it in two cases of three. */
const guessSd = 1.1

export function learn(input: ForecastInput): Learnt {
  const { people } = input
  const pace = Object.fromEntries(
    flowOrder.map((stage) => [stage, paceOf(people, stage)]),
  ) as Record<Stage, StagePace>
  const worked = people.flatMap((p) => p.past.filter((d) => d.workMs > 0).map((d) => ({ p, d })))
  const present = worked.filter(({ d }) => d.activeMs > 0)
  const use = levelsOf(
    present.map(({ p, d }) => ({
      person: p.id,
      log: Math.log(Math.max(0.02, Math.min(1.5, d.activeMs / d.workMs))),
      weight: d.workMs / 28_800_000,
    })),
    { mean: Math.log(0.65), sd: 0.4, between: 0.25, within: 0.35, betweenN: 3, withinN: 4 },
  )
  return {
    pace,
    use,
    useDays: present.length,
    absent: { days: worked.length - present.length, seen: worked.length },
    absentOf: absences(worked),
    trend: trendOf(people),
  }
}

function paceOf(people: readonly ForecastPerson[], stage: Stage): StagePace {
  const values = people.flatMap((p) =>
    p.past.flatMap((d) => {
      const s = d.stages[stage]
      return s && s.items > 0 && s.activeMs > 0
        ? [{ person: p.id, log: Math.log(s.activeMs / s.items), weight: s.items, ago: d.ago }]
        : []
    }),
  )
  const items = values.reduce((sum, v) => sum + v.weight, 0)
  return {
    levels: levelsOf(values, {
      mean: Math.log(guessMs[stage]),
      sd: guessSd,
      between: 0.35,
      within: 0.3,
      betweenN: 3,
      withinN: 4,
    }),
    items,
    people: new Set(values.map((v) => v.person)).size,
    ageWeeks: items > 0 ? values.reduce((sum, v) => sum + v.weight * v.ago, 0) / items / 7 : 0,
  }
}

/** A day in twenty while nothing is known, worth ten days; then each person's own share of the pool's. */
function absences(
  worked: readonly { readonly p: ForecastPerson; readonly d: { readonly activeMs: number } }[],
): (person: string) => { a: number; b: number } {
  const gone = worked.filter(({ d }) => d.activeMs <= 0).length
  const rate = (gone + 0.5) / (worked.length + 10)
  const own = new Map<string, { gone: number; seen: number }>()
  for (const { p, d } of worked) {
    const o = own.get(p.id) ?? { gone: 0, seen: 0 }
    o.seen += 1
    if (d.activeMs <= 0) o.gone += 1
    own.set(p.id, o)
  }
  return (person) => {
    const o = own.get(person) ?? { gone: 0, seen: 0 }
    // Days of absence come in runs: five days tell about as much as three apart.
    return { a: rate * 10 + o.gone * 0.6, b: (1 - rate) * 10 + (o.seen - o.gone) * 0.6 }
  }
}

/** Change per week while nothing is known: none, give or take 6 %. */
const trendSd = 0.06

/** One slope of all people's log pace over the days, within people and stages, held near zero. */
function trendOf(people: readonly ForecastPerson[]): { mean: number; sd: number } {
  let xx = 0
  let xy = 0
  let yy = 0
  let n = 0
  for (const p of people)
    for (const stage of flowOrder) {
      const days = p.past.flatMap((d) => {
        const s = d.stages[stage]
        return s && s.items >= 5 && s.activeMs > 0
          ? [{ x: -d.ago / 7, y: Math.log(s.activeMs / s.items) }]
          : []
      })
      if (days.length < 3) continue
      const mx = days.reduce((a, d) => a + d.x, 0) / days.length
      const my = days.reduce((a, d) => a + d.y, 0) / days.length
      for (const d of days) {
        xx += (d.x - mx) ** 2
        xy += (d.x - mx) * (d.y - my)
        yy += (d.y - my) ** 2
      }
      n += days.length - 1
    }
  if (n < 3 || xx === 0) return { mean: 0, sd: trendSd }
  const noise = Math.max(0.01, (yy - (xy * xy) / xx) / (n - 1))
  const precision = 1 / trendSd ** 2 + xx / noise
  return { mean: xy / noise / precision, sd: 1 / Math.sqrt(precision) }
}
