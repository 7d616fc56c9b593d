import { z } from 'zod'

/** Of batches that are due alike, those of higher priority are handed out first. */
export const batchPriorities = ['low', 'normal', 'high', 'urgent'] as const
export const BatchPriority = z.enum(batchPriorities)
export type BatchPriority = z.infer<typeof BatchPriority>

const ranks: Readonly<Record<BatchPriority, number>> = { low: -1, normal: 0, high: 1, urgent: 2 }

/** The number a priority is kept and ordered by: -1..2, higher first. */
export const priorityRank = (priority: BatchPriority): number => ranks[priority]

/** The priority of a number; beyond the ends it is the end. */
export const priorityOf = (rank: number): BatchPriority =>
  rank <= -1 ? 'low' : rank >= 2 ? 'urgent' : rank === 1 ? 'high' : 'normal'
