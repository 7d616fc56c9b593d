import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'

/** Stages of this version's workflow. */
export const stages = ['annotate', 'review'] as const
export const Stage = z.enum(stages)
export type Stage = z.infer<typeof Stage>

/** `leased` is the only live state; `returned` waits for its person to take it up again. */
export const assignmentStates = [
  'leased',
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

export const leaseUntil = (now: Date): Date => new Date(now.getTime() + leaseSeconds * 1000)
