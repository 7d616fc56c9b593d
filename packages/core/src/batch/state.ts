import { z } from 'zod'
import type { ErrorCode } from '../errors.ts'
import { err, ok, type Result } from '../result.ts'

/**
 * `draft`: not handed out yet; `open`: handed out; `paused`: nothing new is handed out; `checking`: no more
 * annotating, what is checked still is; `delivered`: handed over; then `accepted` or `rejected` by who asked for it.
 */
export const batchStates = [
  'draft',
  'open',
  'paused',
  'checking',
  'delivered',
  'accepted',
  'rejected',
] as const
export const BatchState = z.enum(batchStates)
export type BatchState = z.infer<typeof BatchState>

/** Every step but the first opening can be taken back: a slip of the hand must not be for ever. */
const ways: Readonly<Record<BatchState, readonly BatchState[]>> = {
  draft: ['open'],
  open: ['paused', 'checking', 'delivered', 'draft'],
  paused: ['open', 'checking'],
  checking: ['delivered', 'open', 'paused'],
  delivered: ['accepted', 'rejected', 'checking', 'open'],
  accepted: ['delivered'],
  rejected: ['checking', 'open', 'delivered'],
}
/** Where a batch may go from a state, the usual way first. */
export const batchWays = (from: BatchState): readonly BatchState[] => ways[from]

/** The next state, or `batch/wrong-state`. */
export const moveBatch = (from: BatchState, to: BatchState): Result<BatchState, ErrorCode> =>
  ways[from].includes(to) ? ok(to) : err('batch/wrong-state')

/** Does a batch in this state hand out work of a stage? */
export const handsOut = (state: BatchState, stage: string): boolean =>
  state === 'open' || (state === 'checking' && stage !== 'annotate')

/** Handed over: no items come in or go out any more. */
export const isClosed = (state: BatchState): boolean =>
  state === 'delivered' || state === 'accepted'
