import { Stage } from '@kasauti/core'
import { z } from 'zod'
import { BatchId, Instant, UserId } from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

const Share = z.number().min(0).max(1)
const n = z.number()
/** How a forecast was reached: figures, for a page to put into words. Shares 0..1, times in the unit they are named by. */
export const ForecastReason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('remaining'), stage: Stage, items: n }),
  z.object({ kind: z.literal('people'), stage: Stage, people: n }),
  /** Nobody takes work of a stage that has some: it cannot end. */
  z.object({ kind: z.literal('nobody'), stage: Stage }),
  /** The stage whose people have the most to do: others wait for them. */
  z.object({ kind: z.literal('bottleneck'), stage: Stage }),
  z.object({ kind: z.literal('hours'), hoursPerDay: n, people: n }),
  z.object({ kind: z.literal('guessed-hours'), people: n }),
  z.object({
    kind: z.literal('pace'),
    stage: Stage,
    medianSeconds: n,
    /** Between people, the middle 80 %. */
    p10Seconds: n,
    p90Seconds: n,
    items: n,
    people: n,
  }),
  z.object({ kind: z.literal('guessed-pace'), stage: Stage, seconds: n }),
  /** Active time in planned time, on days with work. */
  z.object({ kind: z.literal('productive'), share: n, days: n }),
  z.object({ kind: z.literal('absence'), share: n, days: n }),
  z.object({ kind: z.literal('returns'), share: n, reviews: n }),
  z.object({ kind: z.literal('days-off'), days: n, people: n }),
  z.object({ kind: z.literal('ahead'), hours: n, batches: n }),
  z.object({ kind: z.literal('came'), batches: n, days: n }),
  z.object({ kind: z.literal('draws'), draws: n, unfinished: Share }),
])

export const Forecast = z.object({
  madeAt: Instant,
  /** `done`: nothing is left; `never`: so many futures did not end that there is no median. */
  state: z.enum(['done', 'expected', 'never']),
  /** Ends: one future in ten is done by `p10`, nine in ten by `p90`. Absent where it would lie beyond the calendars. */
  p10: Instant.optional(),
  p50: Instant.optional(),
  p80: Instant.optional(),
  p90: Instant.optional(),
  due: Instant.optional(),
  /** Chance of being done by the due date. */
  chance: Share.optional(),
  stages: z.array(z.object({ stage: Stage, p50: Instant.optional() })),
  reasons: z.array(ForecastReason),
  overlap: z.number().int(),
})

/** What would be different; nothing: nothing is. */
const WhatIfQuery = z.object({
  /** People more or fewer who annotate; who review, adjudicate and audit. */
  people: z.coerce.number().int().min(-100).max(100).optional(),
  reviewers: z.coerce.number().int().min(-100).max(100).optional(),
  /** Independent people per item, of what is left. */
  overlap: z.coerce.number().int().min(1).max(9).optional(),
  /** Hours a day more or less, of everybody. */
  hours: z.coerce.number().min(-12).max(12).optional(),
  /** Somebody is away. */
  away: UserId.optional(),
  awayFrom: z.iso.date().optional(),
  awayTo: z.iso.date().optional(),
})
const seesForecasts = ['lead', 'manager', 'engineer'] as const

export const forecastOperations = operations('forecast', {
  get: {
    method: 'GET',
    path: '/projects/:projectId/batches/:batchId/forecast',
    summary: 'When a batch will be done, and how that was reached; what if',
    may: seesForecasts,
    params: P.extend({ batchId: BatchId }),
    query: WhatIfQuery,
    output: Forecast,
    errors: ['batch/not-found'],
  },
  project: {
    method: 'GET',
    path: '/projects/:projectId/forecast',
    summary: 'When all of a project will be done; what if',
    may: seesForecasts,
    params: P,
    query: WhatIfQuery,
    output: Forecast,
  },
  record: {
    method: 'GET',
    path: '/projects/:projectId/forecast-record',
    summary: 'How the first forecasts of finished batches did',
    may: seesForecasts,
    params: P,
    output: z.object({
      batches: z.number().int(),
      /** Batches that ended between the P10 and the P90 of their first forecast. */
      within: z.number().int(),
      rows: z.array(
        z.object({
          batchId: BatchId,
          name: z.string(),
          madeAt: Instant,
          p10: Instant.optional(),
          p50: Instant.optional(),
          p90: Instant.optional(),
          finishedAt: Instant,
          within: z.boolean(),
        }),
      ),
    }),
  },
})
