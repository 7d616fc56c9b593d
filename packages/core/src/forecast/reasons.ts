import type { Stage } from '../assignment/index.ts'
import type { Learnt } from './learn.ts'
import { type ForecastInput, flowOrder, type Reason } from './types.ts'

/** 10 % and 90 % of a normal distribution lie so many standard deviations from its middle. */
const z90 = 1.2816
const hour = 3_600_000

/** How a forecast was reached. */
export function reasonsOf(input: ForecastInput, learnt: Learnt, unfinished: number): Reason[] {
  const asked = flowOrder.filter((s) => input.waiting[s] > 0 || comes(input, s))
  return [
    ...asked.flatMap((stage) => stageReasons(input, learnt, stage)),
    ...bottleneckReason(input, learnt),
    ...hoursReason(input),
    ...useReasons(learnt),
    ...returnsReason(input, asked),
    ...aheadReason(input),
    ...(input.came.batches > 0
      ? [{ kind: 'came' as const, batches: input.came.batches, days: input.came.days }]
      : []),
    { kind: 'draws', draws: input.draws, unfinished },
  ]
}

const comes = ({ flow, waiting }: ForecastInput, stage: Stage): boolean =>
  stage === 'review'
    ? waiting.annotate > 0 && flow.reviewsEach > 0
    : stage === 'adjudicate'
      ? waiting.annotate > 0 && flow.adjudicated > 0
      : stage === 'audit' && waiting.annotate > 0 && flow.audited > 0

function stageReasons(input: ForecastInput, learnt: Learnt, stage: Stage): Reason[] {
  const people = input.people.filter((p) => p.stages.includes(stage)).length
  const { levels, items, people: seen } = learnt.pace[stage]
  const seconds = (z: number) => Math.exp(levels.common + z * levels.between) / 1000
  return [
    { kind: 'remaining', stage, items: input.waiting[stage] },
    people > 0 ? { kind: 'people', stage, people } : { kind: 'nobody', stage },
    items > 0
      ? {
          kind: 'pace',
          stage,
          medianSeconds: seconds(0),
          p10Seconds: seconds(-z90),
          p90Seconds: seconds(z90),
          items,
          people: seen,
        }
      : { kind: 'guessed-pace', stage, seconds: seconds(0) },
  ]
}

/** A stage holds the others up when its people have so much more to do than those of any other. */
const clearly = 1.15

function bottleneckReason(input: ForecastInput, learnt: Learnt): Reason[] {
  const { waiting, flow } = input
  const again = 1 / (1 - returnedShare(flow.returns))
  const items = waiting.annotate / flow.overlap
  const whole: Readonly<Record<Stage, number>> = {
    annotate: waiting.annotate * (flow.reviewsEach > 0 ? again : 1),
    review: (waiting.review + waiting.annotate * flow.reviewsEach) * again,
    adjudicate: waiting.adjudicate + items * flow.adjudicated,
    audit: waiting.audit + items * flow.audited,
  }
  const loads = flowOrder
    .filter((stage) => whole[stage] > 0)
    .map((stage) => {
      const hands = input.people
        .filter((p) => p.stages.includes(stage))
        .reduce((sum, p) => sum + p.share / p.stages.length, 0)
      const work = whole[stage] * Math.exp(learnt.pace[stage].levels.common)
      return { stage, load: hands > 0 ? work / hands : Number.POSITIVE_INFINITY }
    })
    .sort((a, b) => b.load - a.load)
  const [most, next] = loads
  if (!most || !next || !(most.load > clearly * next.load)) return []
  return [{ kind: 'bottleneck', stage: most.stage }]
}

/** One in ten while nothing is known. */
const returnedShare = (r: { readonly seen: number; readonly returned: number }): number =>
  Math.min(0.9, (0.5 + r.returned) / (5 + r.seen))

/** Planned hours of the working days of the next four weeks, and the days that are off where work is usual. */
function hoursReason(input: ForecastInput): Reason[] {
  const soon = input.people.map((p) => p.plan.workMs.slice(2, 30))
  const days = soon.flat().filter((ms) => ms > 0)
  if (days.length === 0) return []
  const hoursPerDay = days.reduce((a, b) => a + b, 0) / days.length / hour
  return [{ kind: 'hours', hoursPerDay, people: input.people.length }]
}

function useReasons({ use, useDays, absent }: Learnt): Reason[] {
  return [
    { kind: 'productive', share: Math.exp(use.common), days: useDays },
    ...(absent.seen > 0
      ? [{ kind: 'absence' as const, share: absent.days / absent.seen, days: absent.seen }]
      : []),
  ]
}

function returnsReason({ flow }: ForecastInput, asked: readonly Stage[]): Reason[] {
  const { seen } = flow.returns
  if (!asked.includes('review')) return []
  return [{ kind: 'returns', share: returnedShare(flow.returns), reviews: seen }]
}

function aheadReason({ ahead }: ForecastInput): Reason[] {
  const ms = ahead.reduce((sum, a) => sum + a.activeMs, 0)
  return ms > 0 ? [{ kind: 'ahead', hours: ms / hour, batches: ahead.length }] : []
}
