import {
  AcceptanceCriteria,
  BatchPriority,
  BatchRisk,
  BatchState,
  criterionNames,
  ItemState,
} from '@kasauti/core'
import { z } from 'zod'
import { BatchId, DeliveryId, Instant, ItemId, JobId, ProjectId, UserId } from './ids.ts'
import { ItemFilter } from './item.ts'
import { JobState } from './job.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P, ProjectCounts } from './project.ts'

const n = z.number().int()
/** Maintained counts of a batch, like the project's. */
export const BatchCounts = ProjectCounts
const Name = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .transform((name) => name.normalize('NFC'))
const Text = z.string().trim().max(2000)
const Reason = z.string().trim().max(500)

export const Batch = z.object({
  projectId: ProjectId,
  projectName: z.string(),
  batchId: BatchId,
  /** `everything-else`: the project's own batch, of items nobody put elsewhere; its name is empty. */
  kind: z.enum(['made', 'everything-else']),
  name: z.string(),
  state: BatchState,
  /** Where it may go from here, the usual way first. */
  ways: z.array(BatchState),
  priority: BatchPriority,
  requester: z.string(),
  note: z.string(),
  dueAt: Instant.optional(),
  criteria: AcceptanceCriteria,
  counts: BatchCounts,
  /** Items that can still come through: neither done nor out of the work. */
  left: n,
  /** Items through per day with work, over the last fortnight. */
  pace: z.number(),
  /** When it would be done at that pace; of a fresh forecast, its median. */
  expectedAt: Instant.optional(),
  /** Chance of being done in time, of a fresh forecast. */
  chance: z.number().optional(),
  risk: BatchRisk,
  createdAt: Instant,
  createdBy: z.string(),
  openedAt: Instant.optional(),
  finishedAt: Instant.optional(),
  etag: z.string(),
})

/** One criterion, and `count` of `of` found. `unknown`: nothing to judge by yet. */
const CriterionCheck = z.object({
  criterion: z.enum(criterionNames),
  wanted: z.number(),
  count: n,
  of: n,
  verdict: z.enum(['met', 'unmet', 'unknown']),
})
export const BatchEvent = z.object({
  at: Instant,
  kind: z.enum(['created', 'changed', 'items-in', 'items-out', ...BatchState.options]),
  by: z.string().optional(),
  note: z.string().optional(),
  /** Items that came or went. */
  items: n.optional(),
  /** Delivered although not all criteria were met. */
  despite: z.boolean().optional(),
})
const BatchPerson = z.object({
  userId: UserId,
  name: z.string(),
  submitted: n,
  judged: n,
  activeMs: n,
  lastDay: z.iso.date(),
})
const BatchDay = z.object({
  day: z.iso.date(),
  submitted: n,
  reviewed: n,
  returned: n,
  accepted: n,
  skipped: n,
  done: n,
})
const BatchDelivery = z.object({
  deliveryId: DeliveryId,
  name: z.string(),
  state: JobState,
  createdAt: Instant,
})

/** Who sees a project's batches; reviewers see names, to filter items by. */
const seesBatches = ['lead', 'manager', 'engineer', 'reviewer', 'stakeholder'] as const
const leads = ['lead', 'manager'] as const
const B = P.extend({ batchId: BatchId })
const editable = z.object({
  name: Name,
  requester: z.string().trim().max(200),
  note: Text,
  dueAt: Instant.nullable(),
  priority: BatchPriority,
  criteria: AcceptanceCriteria,
})
/** Chosen items: the first two kinds are moved at once up to this many, more and filters by a job. */
export const batchMoveAtOnce = 500
export const MoveSelection = z.union([
  z.object({ itemIds: z.array(ItemId).min(1).max(batchMoveAtOnce) }),
  z.object({ keys: z.array(z.string().min(1).max(1000)).min(1).max(100_000) }),
  z.object({ filter: ItemFilter }),
])

export const batchOperations = operations('batch', {
  mine: {
    method: 'GET',
    path: '/batches',
    summary: 'Batches of the projects I lead or manage: those in work, and those finished lately',
    may: 'signed-in',
    output: z.object({ rows: z.array(Batch) }),
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/batches',
    summary: 'Batches of a project, newest first; everything else is the last',
    may: seesBatches,
    params: P,
    query: PageQuery,
    output: pageOf(Batch),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/batches/:batchId',
    summary: 'One batch: counts, criteria, days, people, deliveries, history',
    may: seesBatches,
    params: B,
    output: Batch.extend({
      checks: z.array(CriterionCheck),
      days: z.array(BatchDay),
      /** Left out for reviewers and stakeholders. */
      people: z.array(BatchPerson).optional(),
      deliveries: z.array(BatchDelivery),
      history: z.array(BatchEvent),
    }),
    errors: ['batch/not-found'],
  },
  create: {
    method: 'POST',
    path: '/projects/:projectId/batches',
    summary: 'Make an empty batch',
    may: [...leads, 'engineer'],
    params: P,
    body: editable
      .partial()
      .required({ name: true })
      .extend({
        state: z.enum(['draft', 'open']).default('draft'),
      }),
    output: Batch,
    errors: ['batch/name-taken', 'project/archived'],
  },
  update: {
    method: 'PATCH',
    path: '/projects/:projectId/batches/:batchId',
    summary: 'Change name, due date, priority, requester, note or criteria',
    may: leads,
    params: B,
    body: editable.partial(),
    output: Batch,
    errors: [
      'batch/not-found',
      'batch/name-taken',
      'batch/everything-else',
      'request/precondition-failed',
    ],
  },
  move: {
    method: 'POST',
    path: '/projects/:projectId/batches/:batchId/move',
    summary: 'Open, pause, check, deliver, accept or reject a batch; delivering makes the delivery',
    may: leads,
    params: B,
    body: z.object({
      to: BatchState,
      note: Reason.default(''),
      /** Why it is delivered although criteria are not met. */
      despite: Reason.min(1).optional(),
      /** Of what the delivery is made; left out: accepted items, or all done where nothing is reviewed, as JSONL. */
      delivery: z
        .object({
          name: z.string().trim().min(1).max(120).optional(),
          formats: z
            .array(z.enum(['jsonl', 'csv', 'json']))
            .min(1)
            .default(['jsonl']),
          states: z.array(ItemState).min(1).optional(),
        })
        .optional(),
    }),
    output: Batch.extend({ deliveryId: DeliveryId.optional() }),
    errors: [
      'batch/not-found',
      'batch/wrong-state',
      'batch/everything-else',
      'batch/criteria-unmet',
      'delivery/empty',
    ],
  },
  addItems: {
    method: 'POST',
    path: '/projects/:projectId/batches/:batchId/items',
    summary:
      'Move items into a batch, by ids, keys or a filter of the items table; many by a job. Work in hand goes along',
    may: [...leads, 'engineer'],
    params: B,
    body: MoveSelection,
    output: z.object({
      /** Moved already. */
      moved: n,
      /** Keys nobody has, the first hundred. */
      missing: z.array(z.string()),
      jobId: JobId.optional(),
    }),
    errors: ['batch/not-found', 'batch/closed', 'item/filter-invalid'],
  },
  remove: {
    method: 'DELETE',
    path: '/projects/:projectId/batches/:batchId',
    summary: 'Remove a batch without items; what was done in it counts for everything else',
    may: leads,
    params: B,
    errors: ['batch/not-found', 'batch/not-empty', 'batch/everything-else'],
  },
})
