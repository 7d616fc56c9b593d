import { LocalText, Stage } from '@kasauti/core'
import { z } from 'zod'
import { BatchId, ProjectId, UserId } from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

const n = z.number().int()
/**
 * How long handlings took, as a distribution. One handling is one person at one item of one stage, from
 * taking it up to handing it in. Quantiles are at most 2.5 % off; there are none of nothing.
 */
export const HandlingTimes = z.object({
  n,
  /** Of these, how many are the client's word, clamped to the time that passed: it sent no beats. */
  reported: n,
  activeMs: n,
  p10Ms: z.number().optional(),
  medianMs: z.number().optional(),
  p90Ms: z.number().optional(),
  /** Handlings by duration, in steps that grow evenly on a logarithmic scale; empty steps are left out. */
  bars: z.array(z.object({ fromMs: z.number(), toMs: z.number(), n })),
})
export const timeGroups = ['batch', 'person', 'stage', 'day'] as const
const Group = z.enum(timeGroups)
/** UTC days, both included; the last thirty when left out. */
const Days = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() })
const Filter = Days.extend({
  by: Group.default('person'),
  batchId: BatchId.optional(),
  userId: UserId.optional(),
  stage: Stage.optional(),
})
/** The rule time is counted by: `activeTime` in words. */
const Rule = z.object({ idleSeconds: n })

export const timeOperations = operations('time', {
  report: {
    method: 'GET',
    path: '/projects/:projectId/time',
    summary: 'Handling times of a project by batch, person, stage or day, and by field',
    may: ['lead', 'manager'],
    params: P,
    query: Filter,
    output: z.object({
      rule: Rule,
      from: z.iso.date(),
      to: z.iso.date(),
      all: HandlingTimes,
      rows: z.array(
        HandlingTimes.extend({
          /** Id or name of the group, unique among the rows. */
          key: z.string(),
          batchId: BatchId.optional(),
          userId: UserId.optional(),
          stage: Stage.optional(),
          day: z.iso.date().optional(),
          /** Of a batch or a person; empty for what is in no batch of its own. */
          name: z.string().optional(),
        }),
      ),
      fields: z.array(HandlingTimes.extend({ field: z.string(), title: LocalText.optional() })),
      /** Batches there are times of, for choosing among them. */
      batches: z.array(z.object({ batchId: BatchId, name: z.string() })),
    }),
  },
  table: {
    method: 'GET',
    path: '/projects/:projectId/time/csv',
    summary: 'The same as CSV, times in seconds',
    may: ['lead', 'manager'],
    transport: 'file',
    params: P,
    query: Filter,
  },
  mine: {
    method: 'GET',
    path: '/time',
    summary: 'My own active and handling times by project',
    may: 'signed-in',
    query: Days,
    output: z.object({
      rule: Rule,
      from: z.iso.date(),
      to: z.iso.date(),
      todayMs: n,
      projects: z.array(
        z.object({
          projectId: ProjectId,
          projectName: z.string(),
          todayMs: n,
          /** All my active time in these days, with what I skipped. */
          activeMs: n,
          handlings: HandlingTimes,
        }),
      ),
    }),
  },
})
