import type { Output } from '@kasauti/contract'
import {
  type BatchProgress,
  batchRisk,
  batchWays,
  type CriterionCheck,
  checkCriteria,
  expectedEnd,
  priorityOf,
} from '@kasauti/core'
import { presentCounts } from '../project/index.ts'
import type { BatchRow, DayRow, EventRow, PersonRow } from './storage.ts'

export type Batch = Output<'batch.list'>['rows'][number]

export const etagOf = (revision: number): string => `"${revision}"`

/** Items out of the work count nowhere: skipped ones, and gold, which is in no state of work. */
const inWork = (row: BatchRow): number => row.open + row.annotated + row.returned + row.accepted

/** Only made batches go anywhere but between open and paused. */
const isOwn = (of: { readonly project_id: string; readonly batch_id: string }): boolean =>
  of.project_id === of.batch_id
export const ownStates: readonly string[] = ['open', 'paused']

export function presentBatch(row: BatchRow, now: Date): Batch {
  const progress: BatchProgress = {
    left: Math.max(0, inWork(row) - row.done),
    pace: row.days > 0 ? row.done_lately / row.days : 0,
    dueAt: row.due_at ?? undefined,
    ...(row.p50 ? { forecast: { median: row.p50, chance: row.chance ?? undefined } } : {}),
  }
  const own = isOwn(row)
  const empty = inWork(row) === 0
  const expected = empty ? undefined : expectedEnd(progress, now)
  return {
    projectId: row.project_id,
    projectName: row.project_name,
    batchId: row.batch_id,
    kind: own ? 'everything-else' : 'made',
    name: row.name,
    state: row.state,
    ways: batchWays(row.state).filter((to) => !own || ownStates.includes(to)),
    priority: priorityOf(row.priority),
    requester: row.requester,
    note: row.note,
    ...(row.due_at ? { dueAt: row.due_at } : {}),
    criteria: row.criteria,
    counts: presentCounts(row),
    left: progress.left,
    pace: progress.pace,
    ...(expected ? { expectedAt: expected } : {}),
    ...(row.chance === null ? {} : { chance: row.chance }),
    // Nothing in it yet is not the same as all of it done.
    risk: empty ? 'unknown' : batchRisk(progress, now),
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.opened_at ? { openedAt: row.opened_at } : {}),
    ...(row.finished_at ? { finishedAt: row.finished_at } : {}),
    etag: etagOf(row.revision),
  }
}

/** What was agreed against what there is; verdicts are those of the batch's days. */
export function presentChecks(
  row: BatchRow,
  o: { days: readonly DayRow[]; gold: { answered: number; correct: number } },
): CriterionCheck[] {
  const sum = (of: 'reviewed' | 'returned') => o.days.reduce((n, day) => n + day[of], 0)
  return [
    ...checkCriteria(row.criteria, {
      items: inWork(row),
      done: row.done,
      accepted: row.accepted,
      reviews: sum('reviewed'),
      returns: sum('returned'),
      goldAnswered: o.gold.answered,
      goldCorrect: o.gold.correct,
    }),
  ]
}

export const presentPerson = (row: PersonRow) => ({
  userId: row.user_id,
  name: row.name,
  submitted: row.submitted,
  judged: row.judged,
  activeMs: row.active_ms,
  lastDay: row.last_day,
})

export const presentBatchEvent = (row: EventRow) => ({
  at: row.at,
  kind: row.kind as Output<'batch.get'>['history'][number]['kind'],
  ...(row.by === null ? {} : { by: row.by }),
  ...(row.note === null ? {} : { note: row.note }),
  ...(row.detail.items === undefined ? {} : { items: row.detail.items }),
  ...(row.detail.despite === undefined ? {} : { despite: row.detail.despite }),
})
