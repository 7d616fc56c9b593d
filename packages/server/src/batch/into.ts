/** The batch something goes into: one there is, or one by name, made if there is none. */
import type { IntoBatch } from '@kasauti/contract'
import { isClosed, KasautiError } from '@kasauti/core'
import type { z } from 'zod'
import type { Ctx } from '../platform/http/handler.ts'
import { audit } from '../system/index.ts'
import { findBatchNamed, insertBatch, insertBatchEvent, lockBatch } from './write-storage.ts'

type Wish = z.output<typeof IntoBatch> | undefined

/** @returns its id. Throws `batch/not-found`, `batch/closed`. Nothing wished: the project's own. */
export async function intoBatch(ctx: Ctx, projectId: string, wish: Wish): Promise<string> {
  if (!wish) return projectId
  const batchId = 'batchId' in wish ? wish.batchId : await named(ctx, projectId, wish)
  const batch = await lockBatch(ctx.db, { projectId, batchId }, 'share')
  if (!batch) throw new KasautiError('batch/not-found')
  if (isClosed(batch.state)) throw new KasautiError('batch/closed')
  return batchId
}

async function named(
  ctx: Ctx,
  projectId: string,
  wish: { readonly name: string; readonly state: 'draft' | 'open' },
): Promise<string> {
  const name = wish.name.normalize('NFC')
  const found = await findBatchNamed(ctx.db, { projectId, name })
  if (found) return found.batch_id
  return makeBatch(ctx, { projectId, name, state: wish.state })
}

/** A batch with nothing but a name, or more. Throws `batch/name-taken`. */
export async function makeBatch(
  ctx: Ctx,
  b: {
    readonly projectId: string
    readonly name: string
    readonly state: 'draft' | 'open'
    readonly fields?: Partial<Omit<Parameters<typeof insertBatch>[1], 'name' | 'state'>>
  },
): Promise<string> {
  const batchId = ctx.app.newId()
  const at = { projectId: b.projectId, batchId, by: ctx.caller.userId, now: ctx.now }
  const made = await insertBatch(ctx.db, {
    requester: '',
    note: '',
    dueAt: null,
    priority: 0,
    criteria: {},
    ...b.fields,
    ...at,
    name: b.name,
    state: b.state,
  })
  if (!made) throw new KasautiError('batch/name-taken')
  await insertBatchEvent(ctx.db, { ...at, eventId: ctx.app.newId(), kind: 'created' })
  await audit(ctx.db, ctx, 'batch.created', { batchId, name: b.name })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId: b.projectId }))
  return batchId
}
