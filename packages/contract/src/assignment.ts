import { AssignmentState, Stage } from '@kasauti/core'
import { z } from 'zod'
import { AssignmentId, BatchId, Instant, ItemId, UserId } from './ids.ts'
import { ItemFilter } from './item.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'

const leads = ['lead', 'manager'] as const
const Reason = z.string().trim().max(500).default('')

/** Something a person has: on the screen, put by, assigned to them or come back to them. */
export const HeldAssignment = z.object({
  assignmentId: AssignmentId,
  itemId: ItemId,
  key: z.string(),
  batchId: BatchId,
  /** Empty for what is in no batch of its own. */
  batchName: z.string(),
  stage: Stage,
  state: AssignmentState,
  userId: UserId,
  name: z.string(),
  /** False when they left the project or their account is closed: nobody will finish it. */
  present: z.boolean(),
  startedAt: Instant,
  /** Of leases: when they were last heard of, and when the lease ends. */
  seenAt: Instant.optional(),
  leaseExpiresAt: Instant.optional(),
  assignedBy: z.string().optional(),
  activeMs: z.number().int(),
})
/** Why one of the chosen items or assignments stayed as it was. */
export const LeftOut = z.object({
  itemId: ItemId,
  key: z.string(),
  why: z.enum([
    /** This person has it or had it. */
    'had',
    /** As many people as it wants have it. */
    'no-place',
    'taken-out',
    /** Finished or given back meanwhile. */
    'wrong-state',
    /** Nobody checks their own work. */
    'own-work',
  ]),
})
const assignedMost = 500

export const assignmentOperations = operations('assignment', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/held',
    summary: 'Who has what, since when, and when they were last heard of',
    may: leads,
    params: P,
    query: PageQuery.extend({
      userId: UserId.optional(),
      stage: Stage.optional(),
      state: z.enum(['leased', 'assigned', 'deferred', 'returned']).optional(),
      /** Only what people have who left. */
      left: z.stringbool().optional(),
    }),
    output: pageOf(HeldAssignment),
  },
  assign: {
    method: 'POST',
    path: '/projects/:projectId/assign',
    summary: 'Give chosen items to a person, at most 500 at once',
    may: leads,
    params: P,
    body: z.object({
      userId: UserId,
      itemIds: z.array(ItemId).min(1).max(assignedMost).optional(),
      /** Instead of ids. */
      keys: z.array(z.string().min(1).max(1000)).min(1).max(assignedMost).optional(),
      /** Instead of ids or keys: the first items of the table that fit and can be given. */
      filter: ItemFilter.optional(),
      count: z.number().int().min(1).max(assignedMost).default(assignedMost),
      reason: Reason,
    }),
    output: z.object({
      assigned: z.number().int(),
      left: z.array(LeftOut),
      /** Keys no item has; left out when there are none. */
      missing: z.array(z.string()).optional(),
    }),
    errors: ['member/not-found', 'queue/skill-needed', 'item/filter-invalid', 'request/invalid'],
  },
  reassign: {
    method: 'POST',
    path: '/projects/:projectId/reassign',
    summary:
      'Give what one person has to another: what was returned starts from the answers so far',
    may: leads,
    params: P,
    body: z.object({
      assignmentIds: z.array(AssignmentId).min(1).max(assignedMost),
      userId: UserId,
      reason: Reason,
    }),
    output: z.object({ assigned: z.number().int(), left: z.array(LeftOut) }),
    errors: ['member/not-found', 'queue/skill-needed'],
  },
  release: {
    method: 'POST',
    path: '/projects/:projectId/release',
    summary: 'Take back what people hold: the next person gets it',
    may: leads,
    params: P,
    body: z.object({
      assignmentIds: z.array(AssignmentId).min(1).max(assignedMost),
      reason: Reason,
    }),
    output: z.object({ released: z.number().int(), left: z.array(LeftOut) }),
  },
})
