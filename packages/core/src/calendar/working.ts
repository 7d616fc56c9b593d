import { type DayRange, isOff, type WorkHours } from './hours.ts'
import { addDays, dayIn, instantOf, weekdayOf } from './zone.ts'

export type Span = { readonly startMs: number; readonly endMs: number }

/** The working spans of a date, as instants: real time, so a shift over a change of clocks is longer or shorter. */
export function spansOn(hours: WorkHours, day: string, off: readonly DayRange[] = []): Span[] {
  if (isOff(day, off)) return []
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return (hours.week[weekdayOf(day)] ?? []).flatMap(([from, to]) => {
    const startMs = instantOf(hours.zone, midnight + from * 60_000)
    const endMs = instantOf(hours.zone, midnight + to * 60_000)
    return startMs < endMs ? [{ startMs, endMs }] : []
  })
}

/** Working milliseconds between two instants. */
export function workingMs(hours: WorkHours, between: Span, off: readonly DayRange[] = []): number {
  if (!(between.startMs < between.endMs)) return 0
  const last = dayIn(hours.zone, between.endMs)
  let sum = 0
  for (let day = dayIn(hours.zone, between.startMs); day <= last; day = addDays(day, 1))
    for (const s of spansOn(hours, day, off))
      sum += Math.max(0, Math.min(s.endMs, between.endMs) - Math.max(s.startMs, between.startMs))
  return sum
}

/** A person's next days: what is left of each to work, and between which instants. */
export type DayPlan = {
  readonly workMs: readonly number[]
  readonly startMs: readonly number[]
  readonly endMs: readonly number[]
}

/** The date all plans made at an instant begin with: no zone's clock is still before it. */
export const firstPlanDay = (nowMs: number): string =>
  new Date(nowMs - 12 * 3_600_000).toISOString().slice(0, 10)

/** The days of the calendar from `firstPlanDay` on, without what has passed. */
export function planDays(
  hours: WorkHours,
  from: { readonly nowMs: number; readonly days: number },
  off: readonly DayRange[] = [],
): DayPlan {
  const plan = { workMs: [] as number[], startMs: [] as number[], endMs: [] as number[] }
  let day = firstPlanDay(from.nowMs)
  for (let n = 0; n < from.days; n++, day = addDays(day, 1)) {
    const spans = spansOn(hours, day, off)
      .map((s) => ({ ...s, startMs: Math.max(s.startMs, from.nowMs) }))
      .filter((s) => s.startMs < s.endMs)
    plan.workMs.push(spans.reduce((sum, s) => sum + s.endMs - s.startMs, 0))
    plan.startMs.push(spans[0]?.startMs ?? 0)
    plan.endMs.push(spans.at(-1)?.endMs ?? 0)
  }
  return plan
}
