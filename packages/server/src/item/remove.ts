import { KasautiError } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { addCounts } from './counts.ts'
import { type EventKind, insertEvent } from './events.ts'
import { type LockedItem, lockItem, writeTally } from './locked.ts'
import { endLeases, forgetSkips, isKeyTaken, setRemoved } from './storage.ts'
import { countDelta, type Tally } from './tally.ts'

type At = { readonly projectId: string; readonly itemId: string }

/** Take an item out: nobody is given it, nothing counts it, its work stays. Twice is once. */
export async function removeItem(ctx: Ctx, at: At): Promise<void> {
  const item = await locked(ctx, at)
  if (item.tally.removed) return
  await endLeases(ctx.db, at)
  await setRemoved(ctx.db, { ...at, removedAt: ctx.now })
  await settle(ctx, at, {
    item,
    tally: { ...item.tally, leased: 0, removed: true },
    event: 'removed',
  })
}

/** Put a removed or skipped item back; those who skipped it may be given it again. */
export async function restoreItem(ctx: Ctx, at: At): Promise<void> {
  const item = await locked(ctx, at)
  if (!item.tally.removed && !item.tally.withdrawn) return
  if (item.tally.removed && (await isKeyTaken(ctx.db, { ...at, key: item.key })))
    throw new KasautiError('item/key-taken', `There is another item "${item.key}" by now.`)
  if (item.tally.withdrawn) await forgetSkips(ctx.db, at)
  await setRemoved(ctx.db, { ...at, removedAt: null })
  const tally = { ...item.tally, removed: false, withdrawn: false }
  await settle(ctx, at, { item, tally, event: 'restored' })
}

async function locked(ctx: Ctx, at: At): Promise<LockedItem> {
  const item = await lockItem(ctx.db, at)
  if (!item) throw new KasautiError('item/not-found')
  return item
}

async function settle(
  ctx: Ctx,
  at: At,
  o: { item: LockedItem; tally: Tally; event: EventKind },
): Promise<void> {
  await writeTally(ctx.db, { ...at, tally: o.tally, touched: ctx.now })
  await insertEvent(ctx.db, {
    ...at,
    eventId: ctx.app.newId(),
    kind: o.event,
    userId: ctx.caller.userId,
    at: ctx.now,
  })
  await addCounts(ctx.db, {
    projectId: at.projectId,
    batchId: o.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(o.item.tally, o.tally),
    days: [],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId: at.projectId })
    ctx.app.announce({ kind: 'project.changed', projectId: at.projectId })
  })
}
