import type { Stage } from '../assignment/index.ts'
import type { DayPlan } from '../calendar/index.ts'
import { addDays, firstPlanDay } from '../calendar/index.ts'
import type { ForecastInput, ForecastPerson } from './types.ts'

/** What would be different. Nothing given: nothing is. */
export type WhatIf = {
  /** People more (they are strangers: their pace is the pool's) or fewer (everybody's part shrinks alike). */
  readonly people?: number
  /** What the people more would do. */
  readonly peopleDo?: readonly Stage[]
  readonly overlap?: number
  /** Hours a day more or less, of everybody. */
  readonly hours?: number
  readonly away?: { readonly person: string; readonly firstDay: string; readonly lastDay: string }
}

/** The input as it would be; `newcomer` is the calendar of people who are not known yet. */
export function whatIf(input: ForecastInput, change: WhatIf, newcomer: DayPlan): ForecastInput {
  let next = input
  if (change.overlap !== undefined) next = withOverlap(next, change.overlap)
  if (change.people) next = withPeople(next, change, newcomer)
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

function withPeople(input: ForecastInput, change: WhatIf, newcomer: DayPlan): ForecastInput {
  const { people = 0, peopleDo = ['annotate'] } = change
  if (people > 0) {
    const strangers = Array.from({ length: people }, (_, n) => ({
      id: `newcomer ${n + 1}`,
      stages: peopleDo,
      past: [],
      plan: newcomer,
      share: 1,
    }))
    return { ...input, people: [...input.people, ...strangers] }
  }
  const doIt = (p: ForecastPerson) => p.stages.some((s) => peopleDo.includes(s))
  const now = input.people.filter(doIt).length
  const part = now === 0 ? 0 : Math.max(0, now + people) / now
  return {
    ...input,
    people:
      part === 0
        ? input.people.filter((p) => !doIt(p))
        : input.people.map((p) => (doIt(p) ? { ...p, share: p.share * part } : p)),
  }
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
