/** What people hold goes back to the queue: by a lead, or because its person leaves. */
import { toLockedItem } from '../item/index.ts'
import type { Ctx } from '../platform/http/index.ts'
import { audit } from '../system/index.ts'
import { giveBack, type LockedRow, lockAssignments } from '../work/index.ts'
import type { LeftOut } from './assign.ts'
import { findLiveIds, findProjectsHeldIn } from './storage.ts'

type TakeBack = {
  readonly projectId: string
  readonly assignmentIds: readonly string[]
  readonly reason: string
}

export async function takeBack(
  ctx: Ctx,
  o: TakeBack,
): Promise<{ readonly released: number; readonly left: LeftOut[] }> {
  const released = await giveAllBack(ctx, o)
  if (released.done > 0)
    await audit(ctx.db, ctx, {
      what: 'work.released',
      projectId: o.projectId,
      detail: { items: String(released.done), reason: o.reason },
    })
  return { released: released.done, left: released.left }
}

async function giveAllBack(ctx: Ctx, o: TakeBack) {
  const left: LeftOut[] = []
  let done = 0
  for (const row of await lockAssignments(ctx.db, o)) {
    if (!isHeld(row)) {
      left.push({ itemId: row.item_id, key: row.key, why: 'wrong-state' })
      continue
    }
    await giveBack(ctx, o.projectId, { work: { row, item: toLockedItem(row) }, note: o.reason })
    done += 1
  }
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId: o.projectId }))
  return { done, left }
}

const isHeld = (row: LockedRow): boolean =>
  row.state === 'leased' || row.state === 'assigned' || row.state === 'deferred'

/** All a person holds in a project is free again; what was returned to them waits to be given to others. */
export async function releaseAll(
  ctx: Ctx,
  o: { projectId: string; userId: string; reason: string },
): Promise<void> {
  const assignmentIds = await findLiveIds(ctx.db, o)
  if (assignmentIds.length > 0) await takeBack(ctx, { ...o, assignmentIds })
}

/** The same in all projects: of an account that is closed. */
export async function releaseEverywhere(
  ctx: Ctx,
  o: { userId: string; reason: string },
): Promise<void> {
  for (const projectId of await findProjectsHeldIn(ctx.db, o.userId))
    await releaseAll(ctx, { ...o, projectId })
}
