import { type Stage, stages } from '../assignment/index.ts'
import type { DayPlan } from '../calendar/index.ts'

/** One number per stage of the workflow. */
export type PerStage = Readonly<Record<Stage, number>>
export const perStage = (value: (stage: Stage) => number): PerStage => ({
  annotate: value('annotate'),
  review: value('review'),
  adjudicate: value('adjudicate'),
  audit: value('audit'),
})
export const flowOrder: readonly Stage[] = stages

/** What one person did on one past day. */
export type PastDay = {
  /** Days before now, 1 for yesterday; today is left out, it is not over. */
  readonly ago: number
  /** Time the calendar planned for work; 0 on a day off. */
  readonly workMs: number
  /** Active time on everything, this work or other. */
  readonly activeMs: number
  /** Items and the active time spent on them, of the work to be forecast. */
  readonly stages: Partial<Record<Stage, { readonly items: number; readonly activeMs: number }>>
}

export type ForecastPerson = {
  readonly id: string
  readonly stages: readonly Stage[]
  readonly past: readonly PastDay[]
  readonly plan: DayPlan
  /** Part of their active time that is for this work and what stands ahead of it, 0..1. */
  readonly share: number
  /** Items of the batch they may still annotate: nobody annotates one twice. */
  readonly freshItems?: number
}

/** How work moves on from a stage. Rates with what they were seen on: few sightings leave them uncertain. */
export type Flow = {
  /** People per item. */
  readonly overlap: number
  /** Reviews that an annotation asks for, on average: share looked at times reviewers wanted. */
  readonly reviewsEach: number
  readonly returns: { readonly seen: number; readonly returned: number }
  /** Who mends what is returned. */
  readonly onReturn: 'author' | 'another'
  /** Shares of items that are adjudicated and audited, and of audits that fail. */
  readonly adjudicated: number
  readonly audited: number
  readonly auditFails: { readonly seen: number; readonly failed: number }
}

/** Work that is handed out before the batch's: its active time, and who may do it. */
export type Ahead = { readonly activeMs: number; readonly people: readonly string[] }

export type ForecastInput = {
  readonly nowMs: number
  readonly dueMs?: number
  /** Annotations still wanted (returned ones too), reviews, adjudications and audits waiting. */
  readonly waiting: PerStage
  readonly flow: Flow
  readonly people: readonly ForecastPerson[]
  readonly ahead: readonly Ahead[]
  /** Work of recent weeks that came in ahead of what there was: more of its kind is to be expected. */
  readonly came: { readonly days: number; readonly batches: number; readonly activeMs: number }
  /** Part of the history that is of this very batch, 0..1, and how many other batches the rest is of. */
  readonly history: { readonly ownShare: number; readonly others: number }
  readonly draws: number
}

/** A log-normal quantity as it was learnt. */
type Pace = {
  /** Active seconds per item. */
  readonly medianSeconds: number
  /** Between people, of the middle 80 %. */
  readonly p10Seconds: number
  readonly p90Seconds: number
  readonly items: number
  readonly people: number
}

/** How a forecast was reached, in figures a page can put into words. */
export type Reason =
  | { readonly kind: 'remaining'; readonly stage: Stage; readonly items: number }
  | { readonly kind: 'people'; readonly stage: Stage; readonly people: number }
  | { readonly kind: 'nobody'; readonly stage: Stage }
  | { readonly kind: 'bottleneck'; readonly stage: Stage }
  | { readonly kind: 'hours'; readonly hoursPerDay: number; readonly people: number }
  | ({ readonly kind: 'pace'; readonly stage: Stage } & Pace)
  | { readonly kind: 'guessed-pace'; readonly stage: Stage; readonly seconds: number }
  | { readonly kind: 'productive'; readonly share: number; readonly days: number }
  | { readonly kind: 'absence'; readonly share: number; readonly days: number }
  | { readonly kind: 'returns'; readonly share: number; readonly reviews: number }
  | { readonly kind: 'days-off'; readonly days: number; readonly people: number }
  | { readonly kind: 'ahead'; readonly hours: number; readonly batches: number }
  | { readonly kind: 'came'; readonly batches: number; readonly days: number }
  | { readonly kind: 'draws'; readonly draws: number; readonly unfinished: number }

export type Forecast = {
  readonly madeAtMs: number
  /** Instants; absent where so many draws did not finish within the calendars. */
  readonly p10Ms?: number
  readonly p50Ms?: number
  readonly p80Ms?: number
  readonly p90Ms?: number
  readonly dueMs?: number
  /** Share of draws that were done by the due date. */
  readonly meetsDue?: number
  /** The median end of each stage that has work. */
  readonly stages: readonly { readonly stage: Stage; readonly p50Ms?: number }[]
  readonly reasons: readonly Reason[]
}
