import type { Stage } from '../assignment/index.ts'
import type { DayPlan } from '../calendar/index.ts'
import { addDays, firstPlanDay } from '../calendar/index.ts'
import type { ForecastInput, ForecastPerson } from './types.ts'

/** What would be different. Nothing given: nothing is. */
export type WhatIf = {
  /** People more (they are strangers: their pace is the pool's) or fewer (everybody's part shrinks alike), by what they do. */
  readonly people?: readonly { readonly n: number; readonly stages: readonly Stage[] }[]
  readonly overlap?: number
  /** Hours a day more or less, of everybody. */
  readonly hours?: number
  readonly away?: { readonly person: string; readonly firstDay: string; readonly lastDay: string }
}

/** The input as it would be; `newcomer` is the calendar of people who are not known yet. */
export function whatIf(input: ForecastInput, change: WhatIf, newcomer: DayPlan): ForecastInput {
  let next = input
  if (change.overlap !== undefined) next = withOverlap(next, change.overlap)
  for (const people of change.people ?? []) next = withPeople(next, people, newcomer)
  if (change.hours) next = { ...next, people: next.people.map(longer(change.hours)) }
  const { away } = change
  if (away) {
    const first = firstPlanDay(input.nowMs)
    next = {
      ...next,
      people: next.people.map((p) => (p.id === away.person ? absent(p, first, away) : p)),
    }
  }
  return next
}

/** Items that nobody has begun ask for as many more or fewer annotations; those begun are few. */
function withOverlap(input: ForecastInput, overlap: number): ForecastInput {
  const annotate = Math.round((input.waiting.annotate * overlap) / input.flow.overlap)
  return {
    ...input,
    waiting: { ...input.waiting, annotate },
    flow: { ...input.flow, overlap },
  }
}

function withPeople(
  input: ForecastInput,
  { n, stages }: { readonly n: number; readonly stages: readonly Stage[] },
  plan: DayPlan,
): ForecastInput {
  const doIt = (p: ForecastPerson) => p.stages.some((s) => stages.includes(s))
  if (n >= 0) {
    const strangers = Array.from({ length: n }, (_, i) => ({
      id: `newcomer ${stages[0]} ${i + 1}`,
      stages,
      past: [],
      plan,
      share: 1,
    }))
    return { ...input, people: [...input.people, ...strangers] }
  }
  const now = input.people.filter(doIt).length
  const part = Math.max(0, now + n) / Math.max(1, now)
  if (part === 0) return { ...input, people: input.people.filter((p) => !doIt(p)) }
  const less = (p: ForecastPerson) => (doIt(p) ? { ...p, share: p.share * part } : p)
  return { ...input, people: input.people.map(less) }
}

const longer =
  (hours: number) =>
  (p: ForecastPerson): ForecastPerson => {
    const more = (ms: number) => (ms > 0 ? Math.max(0, ms + hours * 3_600_000) : 0)
    const workMs = p.plan.workMs.map(more)
    const endMs = p.plan.endMs.map((end, i) => end + (workMs[i] ?? 0) - (p.plan.workMs[i] ?? 0))
    return { ...p, plan: { ...p.plan, workMs, endMs } }
  }

function absent(
  p: ForecastPerson,
  first: string,
  away: { readonly firstDay: string; readonly lastDay: string },
): ForecastPerson {
  const workMs = p.plan.workMs.map((ms, n) => {
    const day = addDays(first, n)
    return away.firstDay <= day && day <= away.lastDay ? 0 : ms
  })
  return { ...p, plan: { ...p.plan, workMs } }
}
