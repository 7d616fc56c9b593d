import { BatchRisk, BatchState, Stage } from '@kasauti/core'
import { z } from 'zod'
import { BatchId, Instant, ProjectId, UserId } from './ids.ts'
import { operations } from './operation.ts'

const n = z.number().int()
/** Work of one UTC day. */
const BoardDay = z.object({
  day: z.iso.date(),
  submitted: n,
  reviewed: n,
  adjudicated: n,
  audited: n,
  returned: n,
  done: n,
})
const projectOf = { projectId: ProjectId, projectName: z.string() }
/** What lies where, of one project and stage. `waiting`: nobody has it; `held`: under lease; `kept`: assigned, deferred. */
const BoardStage = z.object({
  ...projectOf,
  stage: Stage,
  waiting: n,
  held: n,
  kept: n,
  returned: n,
})
/** How long things have been waiting or held: counts below these hours, the last without an end. */
export const ageHours = [1, 4, 24, 72, 168] as const
const BoardAge = z.object({
  ...projectOf,
  what: z.enum(['held', 'to-review', 'returned', 'to-adjudicate', 'to-audit']),
  /** One count per entry of `ageHours`, and one for older. */
  counts: z.array(n).length(ageHours.length + 1),
  oldest: Instant.optional(),
})
const BoardBatch = z.object({
  ...projectOf,
  batchId: BatchId,
  name: z.string(),
  state: BatchState,
  dueAt: Instant.optional(),
  items: n,
  done: n,
  skipped: n,
  /** Items through per day with work, over the last fortnight. */
  pace: z.number(),
  /** When it would be done at that pace; of a fresh forecast, its median. */
  expectedAt: Instant.optional(),
  /** Chance of being done in time, of a fresh forecast. */
  chance: z.number().optional(),
  risk: BatchRisk,
})
const BoardPerson = z.object({
  ...projectOf,
  userId: UserId,
  name: z.string(),
  submitted: n,
  reviewed: n,
  returned: n,
  skipped: n,
  activeMs: n,
  held: n,
  waits: n,
  oldestHeldAt: Instant.optional(),
  lastAt: Instant.optional(),
  paused: z.boolean(),
  /** Why somebody should look: `held-long`, `returned-long`, `quiet` (holds work, does nothing), `many-returns`. */
  stuck: z.array(z.enum(['held-long', 'returned-long', 'quiet', 'many-returns'])),
})
export const boardTables = [
  'throughput',
  'work-in-progress',
  'ageing',
  'batches',
  'people',
] as const
const where = z.object({ projectId: ProjectId.optional() })

export const boardOperations = operations('board', {
  get: {
    method: 'GET',
    path: '/board',
    summary:
      'Throughput, work in progress, ageing, batches at risk and people, of what I lead or manage',
    may: 'signed-in',
    query: where,
    output: z.object({
      at: Instant,
      projects: z.array(z.object({ projectId: ProjectId, name: z.string(), paused: z.boolean() })),
      days: z.array(BoardDay),
      stages: z.array(BoardStage),
      ages: z.array(BoardAge),
      batches: z.array(BoardBatch),
      people: z.array(BoardPerson),
    }),
    errors: ['project/not-found'],
  },
  table: {
    method: 'GET',
    path: '/board/tables/:table',
    summary: 'One table of the board as CSV: throughput, work-in-progress, ageing, batches, people',
    may: 'signed-in',
    transport: 'file',
    params: z.object({ table: z.enum(boardTables) }),
    query: where,
    errors: ['project/not-found'],
  },
})
