import { Answers } from '@kasauti/catalog'
import { AnnotationState, ItemState, Verdict } from '@kasauti/core'
import { z } from 'zod'
import { AnnotationId, BatchId, ImportId, Instant, ItemId, UserId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'
import { ReviewNote } from './work.ts'

export const ItemSort = z.enum(['ordinal', 'key', 'updatedAt', 'annotations', 'activeMs'])
export const ItemFilter = z.object({
  state: z.array(ItemState).optional(),
  search: z.string().max(200).optional(),
  author: UserId.optional(),
  verdict: Verdict.optional(),
  importId: ImportId.optional(),
  batchId: BatchId.optional(),
  answers: z
    .array(z.object({ field: z.string().max(40), value: z.string().max(200) }))
    .max(5)
    .optional(),
  updatedFrom: Instant.optional(),
  updatedTo: Instant.optional(),
})
const jsonInQuery = z
  .string()
  .max(4000)
  .transform((s, ctx) => {
    try {
      return JSON.parse(s) as unknown
    } catch {
      ctx.addIssue({ code: 'custom', message: 'not JSON' })
      return z.NEVER
    }
  })
export const ItemRow = z.object({
  itemId: ItemId,
  ordinal: z.number().int(),
  key: z.string(),
  preview: z.string(),
  batchId: BatchId,
  /** Empty: everything else. */
  batch: z.string(),
  state: ItemState,
  annotations: z.number().int(),
  activeMs: z.number().int(),
  updatedAt: Instant,
  answers: z.array(z.object({ field: z.string(), summary: z.string() })),
  /** Empty for reviewers, who judge blind. */
  authors: z.array(z.string()),
})
export const Revision = z.object({
  revision: z.number().int(),
  answers: Answers,
  /** Left out of annotators' revisions for reviewers. */
  by: z.string().optional(),
  at: Instant,
  schemaVersion: z.number().int(),
  activeMs: z.number().int(),
  hash: z.string(),
  reason: z.enum(['submitted', 'resubmitted', 'fixed']),
})
export const Annotation = z.object({
  annotationId: AnnotationId,
  /** Left out, with `authorId`, for reviewers: they judge blind. */
  author: z.string().optional(),
  authorId: UserId.optional(),
  /** `adjudicate`: the decision between the others, the item's final answer. */
  stage: z.enum(['annotate', 'adjudicate']).default('annotate'),
  state: AnnotationState,
  /** The candidates of each input as the author saw them, A first; left out for those who judge blind. */
  shownOrder: z.record(z.string(), z.array(z.string())).optional(),
  revisions: z.array(Revision),
  reviews: z.array(ReviewNote),
})
export const ItemEvent = z.object({
  at: Instant,
  kind: z.enum([
    'imported',
    'leased',
    'submitted',
    'resubmitted',
    'skipped',
    'released',
    'expired',
    'reopened',
    'accepted',
    'fixed',
    'returned',
    'delivered',
    'removed',
    'restored',
    'assigned',
    'reassigned',
    'deferred',
    'taken-out',
    'more-people',
    'passed',
    'sampled',
    'to-adjudication',
    'adjudicated',
    'to-audit',
    'audit-passed',
    'audit-failed',
    'moved',
    'appealed',
    'appeal-upheld',
    'appeal-dismissed',
    'gold-made',
    'gold-changed',
    'gold-retired',
    'gold-answered',
    'workflow-changed',
  ]),
  by: z.string().optional(),
  note: z.string().optional(),
})
/** Who sees the items table. */
export const seesItems = ['lead', 'manager', 'engineer', 'reviewer'] as const

export const itemOperations = operations('item', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/items',
    summary: 'The items table: filter, sort, search, page by key',
    may: seesItems,
    params: P,
    query: PageQuery.extend({
      sort: ItemSort.default('ordinal'),
      direction: z.enum(['asc', 'desc']).default('asc'),
      filter: jsonInQuery.pipe(ItemFilter).optional(),
    }),
    output: pageOf(ItemRow),
    errors: ['item/filter-invalid'],
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/items/:itemId',
    summary: 'One item with its input, annotations, reviews and full history',
    may: seesItems,
    params: P.extend({ itemId: ItemId }),
    output: z.object({
      itemId: ItemId,
      ordinal: z.number().int(),
      key: z.string(),
      batchId: BatchId,
      /** Empty: everything else. */
      batch: z.string(),
      state: ItemState,
      inputs: z.record(z.string(), z.unknown()),
      schemaVersion: z.number().int(),
      annotations: z.array(Annotation),
      history: z.array(ItemEvent),
    }),
    errors: ['item/not-found'],
  },
  remove: {
    method: 'DELETE',
    path: '/projects/:projectId/items/:itemId',
    summary: 'Take an item out; it can be restored',
    may: ['lead', 'manager'],
    params: P.extend({ itemId: ItemId }),
    errors: ['item/not-found'],
  },
  restore: {
    method: 'POST',
    path: '/projects/:projectId/items/:itemId/restore',
    summary: 'Put a removed or skipped item back',
    may: ['lead', 'manager'],
    params: P.extend({ itemId: ItemId }),
    errors: ['item/not-found', 'item/key-taken'],
  },
})
