import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'

/** The stages of a workflow, in their order. */
export const stages = ['annotate', 'review', 'adjudicate', 'audit'] as const
export const Stage = z.enum(stages)
export type Stage = z.infer<typeof Stage>

/**
 * `leased` is being worked on. Waiting for their person, who alone can take them up: `assigned` by a
 * lead, `deferred` by a skip to later, `returned` by a reviewer.
 */
export const assignmentStates = [
  'leased',
  'assigned',
  'deferred',
  'returned',
  'submitted',
  'skipped',
  'expired',
  'released',
] as const
export const AssignmentState = z.enum(assignmentStates)
export type AssignmentState = z.infer<typeof AssignmentState>

export const leaseSeconds = 1800

export type Assignment = {
  readonly state: AssignmentState
  readonly userId: string
  readonly leaseExpiresAt: Date
}

/** May this person act on this assignment now? The lease's owner keeps it until somebody else is given the item. */
export function actOn(a: Assignment, by: string): Result<Assignment, ErrorCode> {
  if (a.userId !== by) return err('assignment/not-found')
  if (a.state === 'leased') return ok(a)
  return err(
    a.state === 'expired' || a.state === 'released'
      ? 'assignment/expired'
      : 'assignment/wrong-state',
  )
}

/** Who an assignment is for: `work` counts; the others are gold in disguise, in training, in an exam. */
export const purposes = ['work', 'gold', 'training', 'exam'] as const
export const Purpose = z.enum(purposes)
export type Purpose = z.infer<typeof Purpose>

/** What is put by is kept for its person a day. */
const deferredSeconds = 86_400
export const deferredUntil = (now: Date): Date => new Date(now.getTime() + deferredSeconds * 1000)
export const leaseUntil = (now: Date): Date => new Date(now.getTime() + leaseSeconds * 1000)

/** What is taken along, to be worked on without a network, is kept for its person half a day. */
const aheadSeconds = 43_200
export const aheadUntil = (now: Date): Date => new Date(now.getTime() + aheadSeconds * 1000)
