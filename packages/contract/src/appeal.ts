import { Answers } from '@kasauti/catalog'
import { z } from 'zod'
import { AnnotationId, AppealId, AssignmentId, GoldId, Instant, ItemId, ReviewId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'
import { ReviewNote } from './work.ts'

export const AppealState = z.enum(['open', 'upheld', 'dismissed', 'withdrawn'])
export const Appeal = z.object({
  appealId: AppealId,
  kind: z.enum(['review', 'gold']),
  /** Left out, with the item, where gold stands hidden in the appellant's work; `key` is then a reference. */
  itemId: ItemId.optional(),
  key: z.string(),
  /** Of one's own: the work that was judged. */
  assignmentId: AssignmentId.optional(),
  preview: z.string(),
  reason: z.string(),
  state: AppealState,
  at: Instant,
  /** Who appeals; left out for who judges blind. */
  by: z.string().optional(),
  decision: z.string().optional(),
  decidedBy: z.string().optional(),
  decidedAt: Instant.optional(),
  /** Of a review: the verdict appealed against. */
  verdict: ReviewNote.optional(),
  /** Whether the caller is one of those who decide it. */
  mayDecide: z.boolean(),
})
/** Inputs and answers by slots, as the appellant saw them. */
const WholeAppeal = Appeal.extend({
  schemaVersion: z.number().int(),
  inputs: z.record(z.string(), z.unknown()),
  /** What the appellant answered. */
  mine: Answers,
  /** What it was made into, or what gold says. */
  theirs: Answers.optional(),
  annotationId: AnnotationId.optional(),
  goldId: GoldId.optional(),
})
const A = P.extend({ appealId: AppealId })
const works = ['associate', 'reviewer', 'lead'] as const
const decides = ['reviewer', 'lead', 'manager'] as const

export const appealOperations = operations('appeal', {
  open: {
    method: 'GET',
    path: '/projects/:projectId/appealable',
    summary: 'Verdicts on my work that I may appeal against, newest first',
    may: works,
    params: P,
    output: z.object({
      rows: z.array(
        z.object({
          reviewId: ReviewId,
          annotationId: AnnotationId,
          assignmentId: AssignmentId,
          key: z.string(),
          preview: z.string(),
          verdict: ReviewNote,
        }),
      ),
    }),
  },
  file: {
    method: 'POST',
    path: '/projects/:projectId/appeals',
    summary: 'Appeal against a verdict on my work, or against a gold I answered',
    may: works,
    params: P,
    body: z.object({
      /** One of the two: the verdict, or my assignment on the gold. */
      reviewId: ReviewId.optional(),
      assignmentId: AssignmentId.optional(),
      reason: z.string().trim().min(1).max(4000),
    }),
    output: Appeal,
    errors: ['appeal/not-found', 'appeal/closed', 'request/invalid'],
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/appeals',
    summary: 'Appeals: mine, or those that wait for a decision',
    may: [...works, 'manager'],
    params: P,
    query: PageQuery.extend({
      which: z.enum(['mine', 'to-decide', 'all']).default('mine'),
      state: AppealState.optional(),
    }),
    output: pageOf(Appeal).extend({ open: z.number().int() }),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/appeals/:appealId',
    summary: 'One appeal with both answers side by side',
    may: [...works, 'manager'],
    params: A,
    output: WholeAppeal,
    errors: ['appeal/not-found'],
  },
  decide: {
    method: 'POST',
    path: '/projects/:projectId/appeals/:appealId/decide',
    summary: 'Uphold an appeal, with all that follows, or dismiss it',
    may: decides,
    params: A,
    body: z.object({
      decision: z.enum(['upheld', 'dismissed']),
      note: z.string().trim().min(1).max(4000),
      /** Of an upheld appeal against gold: what is right instead, by slots; the appellant's answers when left out. */
      answers: Answers.optional(),
    }),
    output: Appeal,
    errors: ['appeal/not-found', 'appeal/closed', 'appeal/own-work', 'answer/invalid'],
  },
  withdraw: {
    method: 'POST',
    path: '/projects/:projectId/appeals/:appealId/withdraw',
    summary: 'Take my appeal back',
    may: works,
    params: A,
    output: Appeal,
    errors: ['appeal/not-found', 'appeal/closed', 'appeal/own-work'],
  },
})
