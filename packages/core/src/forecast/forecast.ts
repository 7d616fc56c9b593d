import type { Chance } from './chance.ts'
import { learn } from './learn.ts'
import { reasonsOf } from './reasons.ts'
import { simulate } from './simulate.ts'
import { type Forecast, type ForecastInput, flowOrder } from './types.ts'

/**
 * When work will be done: plays the days to come `draws` times (see `simulate`) with everything that is
 * uncertain drawn from what the recent past tells of it, and reads the ends off. Times in milliseconds
 * since the epoch. The same input and chance give the same forecast.
 */
export function forecast(input: ForecastInput, chance: Chance): Forecast {
  const learnt = learn(input)
  const ends = simulate(input, learnt, chance)
  const sorted = ends.all.slice().sort()
  const unfinished = sorted.filter((end) => end === Number.POSITIVE_INFINITY).length
  const named = { p10Ms: 0.1, p50Ms: 0.5, p80Ms: 0.8, p90Ms: 0.9 }
  const quantiles = Object.fromEntries(
    Object.entries(named).flatMap(([name, q]) => {
      const at = quantile(sorted, q)
      return at === undefined ? [] : [[name, at]]
    }),
  )
  const { dueMs } = input
  return {
    madeAtMs: input.nowMs,
    ...quantiles,
    ...(dueMs === undefined
      ? {}
      : { dueMs, meetsDue: sorted.filter((end) => end <= dueMs).length / sorted.length }),
    stages: flowOrder.flatMap((stage) => {
      const own = ends.stages[stage].slice().sort()
      if ((own.at(-1) ?? 0) <= input.nowMs) return []
      const p50Ms = quantile(own, 0.5)
      return [{ stage, ...(p50Ms === undefined ? {} : { p50Ms }) }]
    }),
    reasons: reasonsOf(input, learnt, unfinished / sorted.length),
  }
}

/** Interpolated quantile of sorted ends (Hyndman and Fan 1996, type 7); undefined where it is infinite. */
function quantile(sorted: Float64Array, q: number): number | undefined {
  const at = q * (sorted.length - 1)
  const low = sorted[Math.floor(at)] ?? Number.POSITIVE_INFINITY
  const high = sorted[Math.ceil(at)] ?? Number.POSITIVE_INFINITY
  if (high === Number.POSITIVE_INFINITY) return undefined
  return Math.round(low + (high - low) * (at - Math.floor(at)))
}
