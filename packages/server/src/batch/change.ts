/** Making a batch, changing what is said of it, taking an empty one away. */
import type { Input } from '@kasauti/contract'
import { KasautiError, priorityRank } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { audit } from '../system/index.ts'
import { makeBatch } from './into.ts'
import { etagOf } from './presenter.ts'
import { findProjectStanding } from './storage.ts'
import {
  type BatchFields,
  dissolveBatch,
  findBatchNamed,
  hasItems,
  insertBatchEvent,
  isAwaited,
  type LockedBatch,
  lockBatch,
  updateBatch,
} from './write-storage.ts'

type At = { readonly projectId: string; readonly batchId: string }
type Change = Input<'batch.update'>['body']

function fieldsFrom(change: Change, before?: LockedBatch): BatchFields {
  const dueAt = change.dueAt === undefined ? before?.due_at : change.dueAt
  return {
    name: change.name ?? before?.name ?? '',
    requester: change.requester ?? before?.requester ?? '',
    note: change.note ?? before?.note ?? '',
    dueAt: dueAt ?? null,
    priority: change.priority ? priorityRank(change.priority) : (before?.priority ?? 0),
    criteria: change.criteria ?? before?.criteria ?? {},
  }
}

/** @returns the new batch's id. Throws `batch/name-taken`, `project/archived`. */
export async function createBatch(
  ctx: Ctx,
  projectId: string,
  wish: Input<'batch.create'>['body'],
): Promise<string> {
  const project = await findProjectStanding(ctx.db, projectId)
  if (project?.archived) throw new KasautiError('project/archived')
  const { name, state } = wish
  return makeBatch(ctx, { projectId, name, state, fields: fieldsFrom(wish) })
}

/** Weak tags and lists of tags are understood; without a condition the last writer wins. */
function refuseStale(ctx: Ctx, revision: number): void {
  const wanted = ctx.ifMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!wanted || wanted.includes('*') || wanted.includes(etagOf(revision))) return
  throw new KasautiError(
    'request/precondition-failed',
    'Somebody changed the batch meanwhile: load it again.',
    { extra: { etag: etagOf(revision) } },
  )
}

/** What the project's own batch may be told: when it is due, how important it is. */
const ofOwn: readonly string[] = ['dueAt', 'priority', 'note']

export async function changeBatch(ctx: Ctx, at: At, change: Change): Promise<void> {
  const before = await lockBatch(ctx.db, at, 'change')
  if (!before) throw new KasautiError('batch/not-found')
  refuseStale(ctx, before.revision)
  const asked = Object.entries(change).filter(([, value]) => value !== undefined)
  if (at.batchId === at.projectId && asked.some(([key]) => !ofOwn.includes(key)))
    throw new KasautiError('batch/everything-else')
  const fields = fieldsFrom(change, before)
  const namesake = await findBatchNamed(ctx.db, { projectId: at.projectId, name: fields.name })
  if (namesake && namesake.batch_id !== at.batchId) throw new KasautiError('batch/name-taken')
  await updateBatch(ctx.db, { ...at, ...fields })
  await insertBatchEvent(ctx.db, {
    ...at,
    eventId: ctx.app.newId(),
    kind: 'changed',
    by: ctx.caller.userId,
    now: ctx.now,
    note: told(before, fields),
  })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId: at.projectId }))
}

/** A new name is said in the history; other changes are seen in the batch. */
const told = (before: LockedBatch, after: BatchFields): string =>
  before.name === after.name ? '' : `${before.name} → ${after.name}`

/** Throws `batch/not-empty` while it has items or some are on their way. */
export async function removeBatch(ctx: Ctx, at: At): Promise<void> {
  if (at.batchId === at.projectId) throw new KasautiError('batch/everything-else')
  const batch = await lockBatch(ctx.db, at, 'removal')
  if (!batch) throw new KasautiError('batch/not-found')
  if ((await hasItems(ctx.db, at)) || (await isAwaited(ctx.db, at)))
    throw new KasautiError('batch/not-empty')
  await dissolveBatch(ctx.db, at)
  await audit(ctx.db, ctx, 'batch.removed', { batchId: at.batchId, name: batch.name })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId: at.projectId }))
}
