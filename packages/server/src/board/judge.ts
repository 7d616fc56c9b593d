/** What the board makes of the numbers: which batch is at risk, who is stuck. */
import { ageHours, type BatchRisk } from '@kasauti/contract'
import type { z } from 'zod'

const hour = 3_600_000
const day = 24 * hour

/** Counts of waits below each of `ageHours`, and of older ones. */
export function ageCounts(since: readonly Date[], now: Date): number[] {
  const counts = [...ageHours, 0].map(() => 0)
  for (const at of since) {
    const hours = (now.getTime() - at.getTime()) / hour
    const found = ageHours.findIndex((limit) => hours < limit)
    const place = found < 0 ? ageHours.length : found
    counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}

export type Progress = {
  /** Items that are still to come through. */
  readonly left: number
  /** Items through per day with work. */
  readonly pace: number
  readonly dueAt: Date | undefined
  /** Of a fresh forecast: its median, and the chance of being done in time, 0..1. */
  readonly forecast?: { readonly median: Date; readonly chance: number | undefined } | undefined
}

/** When it would be done; `undefined` if nothing tells. Seven-day weeks: the forecast knows better. */
export function expectedAt(p: Progress, now: Date): Date | undefined {
  if (p.forecast) return p.forecast.median
  if (p.left === 0) return now
  return p.pace > 0 ? new Date(now.getTime() + (p.left / p.pace) * day) : undefined
}

/**
 * `late`: due and not done, or hardly a chance (below one in ten); `at-risk`: below four in five, or
 * without a forecast expected in the last fifth of the time left or later.
 */
export function riskOf(p: Progress, now: Date): z.output<typeof BatchRisk> {
  if (p.left === 0) return 'done'
  if (!p.dueAt) return 'unknown'
  const leftMs = p.dueAt.getTime() - now.getTime()
  if (leftMs <= 0) return 'late'
  const chance = p.forecast?.chance
  if (chance !== undefined) return chance < 0.1 ? 'late' : chance < 0.8 ? 'at-risk' : 'on-time'
  const expected = expectedAt(p, now)
  if (!expected) return 'unknown'
  const share = (expected.getTime() - now.getTime()) / leftMs
  return share > 1.5 ? 'late' : share > 0.8 ? 'at-risk' : 'on-time'
}

export type Standing = {
  readonly held: number
  readonly oldestHeldAt: Date | undefined
  readonly oldestReturnAt: Date | undefined
  readonly lastAt: Date | undefined
  /** Verdicts of the last seven days. */
  readonly accepted: number
  readonly returned: number
}
export type Stuck = 'held-long' | 'returned-long' | 'quiet' | 'many-returns'

/**
 * Why somebody should look at a person's work: an item held over two hours, returned work untouched
 * for a day, work held and nothing done for half an hour, a third of ten or more verdicts returned.
 */
export function whyStuck(s: Standing, now: Date): Stuck[] {
  const olderThan = (at: Date | undefined, ms: number) =>
    at !== undefined && now.getTime() - at.getTime() > ms
  const verdicts = s.accepted + s.returned
  const reasons: [Stuck, boolean][] = [
    ['held-long', olderThan(s.oldestHeldAt, 2 * hour)],
    ['returned-long', olderThan(s.oldestReturnAt, day)],
    ['quiet', s.held > 0 && olderThan(s.lastAt, hour / 2)],
    ['many-returns', verdicts >= 10 && s.returned * 3 >= verdicts],
  ]
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason)
}
