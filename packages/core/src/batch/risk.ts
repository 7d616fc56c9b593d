/** Will a batch be done when it is due? From a forecast where there is one, from its pace otherwise. */
import { z } from 'zod'

const dayMs = 24 * 3_600_000

export const batchRisks = ['done', 'on-time', 'at-risk', 'late', 'unknown'] as const
export const BatchRisk = z.enum(batchRisks)
export type BatchRisk = z.infer<typeof BatchRisk>

export type BatchProgress = {
  /** Items that are still to come through. */
  readonly left: number
  /** Items through per day with work. */
  readonly pace: number
  readonly dueAt: Date | undefined
  /** Of a fresh forecast: its median, and the chance of being done in time, 0..1. */
  readonly forecast?: { readonly median: Date; readonly chance: number | undefined } | undefined
}

/** When it would be done; `undefined` if nothing tells. Seven-day weeks: the forecast knows better. */
export function expectedEnd(p: BatchProgress, now: Date): Date | undefined {
  if (p.forecast) return p.forecast.median
  if (p.left === 0) return now
  return p.pace > 0 ? new Date(now.getTime() + (p.left / p.pace) * dayMs) : undefined
}

/**
 * `late`: due and not done, or hardly a chance (below one in ten); `at-risk`: below four in five, or
 * without a forecast expected in the last fifth of the time left or later.
 */
export function batchRisk(p: BatchProgress, now: Date): BatchRisk {
  if (p.left === 0) return 'done'
  if (!p.dueAt) return 'unknown'
  const leftMs = p.dueAt.getTime() - now.getTime()
  if (leftMs <= 0) return 'late'
  const chance = p.forecast?.chance
  if (chance !== undefined) return chance < 0.1 ? 'late' : chance < 0.8 ? 'at-risk' : 'on-time'
  const expected = expectedEnd(p, now)
  if (!expected) return 'unknown'
  const share = (expected.getTime() - now.getTime()) / leftMs
  return share > 1.5 ? 'late' : share > 0.8 ? 'at-risk' : 'on-time'
}
