import type { WireOutput } from '@kasauti/contract'
import type { BatchState } from '@kasauti/core'
import { type Me, rolesIn } from '../../platform/api/index.ts'
import type { Translate } from '../../platform/i18n/index.ts'

export type Batch = WireOutput<'batch.list'>['rows'][number]
export type WholeBatch = WireOutput<'batch.get'>

export const nameOf = (batch: Pick<Batch, 'kind' | 'name'>, t: Translate): string =>
  batch.kind === 'everything-else' ? t('batches.everythingElse') : batch.name

/** Columns of the board, with the states that lie in them; a dropped card goes to the first it may. */
export const columns = [
  { id: 'draft', states: ['draft'] },
  { id: 'open', states: ['open', 'paused'] },
  { id: 'checking', states: ['checking'] },
  { id: 'delivered', states: ['delivered'] },
  { id: 'finished', states: ['accepted', 'rejected'] },
] as const satisfies readonly { id: string; states: readonly BatchState[] }[]
export type Column = (typeof columns)[number]

/** Where a card goes when it is put into a column; `undefined`: it may not, or is there. */
export const wayInto = (batch: Batch, column: Column): BatchState | undefined => {
  const states: readonly BatchState[] = column.states
  return states.includes(batch.state) ? undefined : states.find((to) => batch.ways.includes(to))
}

const rank = { urgent: 0, high: 1, normal: 2, low: 3 } as const
/** The most pressing first: by due date, then priority; everything else last. */
export function byUrgency(a: Batch, b: Batch): number {
  if (a.kind !== b.kind) return a.kind === 'everything-else' ? 1 : -1
  const due = (batch: Batch) => batch.dueAt ?? '9999'
  if (due(a) !== due(b)) return due(a) < due(b) ? -1 : 1
  if (a.priority !== b.priority) return rank[a.priority] - rank[b.priority]
  return a.createdAt < b.createdAt ? 1 : -1
}

export const stateTone: Readonly<Record<BatchState, string>> = {
  draft: '',
  open: 'accent',
  paused: 'warn',
  checking: 'accent',
  delivered: 'good',
  accepted: 'good',
  rejected: 'bad',
}

/** Risk is of batches that are not handed over yet. */
export const isAhead = (batch: Batch): boolean =>
  batch.state === 'draft' ||
  batch.state === 'open' ||
  batch.state === 'paused' ||
  batch.state === 'checking'

export const leadsBatch = (me: Me, projectId: string): boolean =>
  rolesIn(me, projectId).some((role) => role === 'lead' || role === 'manager')
export const makesBatches = (me: Me, projectId: string): boolean =>
  leadsBatch(me, projectId) || rolesIn(me, projectId).includes('engineer')
