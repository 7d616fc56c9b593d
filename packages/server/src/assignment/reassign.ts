/**
 * What one person has becomes another's. Untouched or begun, it is simply theirs to do; what was returned
 * to the first starts from the answers so far, with what the reviewer said, and is the second's work from then on.
 */
import type { Output } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { deleteFacets, lockAnnotation, setReviewer } from '../annotation/index.ts'
import { addCounts, countDelta, toLockedItem, writeTally } from '../item/index.ts'
import type { Ctx } from '../platform/http/index.ts'
import { type LockedRow, lockAssignments, lockPerson, setHolder } from '../work/index.ts'
import { type LeftOut, noteOf, takerOf, told } from './assign.ts'
import {
  findNames,
  hasHad,
  insertAssigned,
  isOwnWork,
  type NewAssigned,
  passOn,
  withdrawAnnotation,
} from './storage.ts'

type Reassign = {
  readonly projectId: string
  readonly userId: string
  readonly assignmentIds: readonly string[]
  readonly reason: string
}

export async function reassign(ctx: Ctx, o: Reassign): Promise<Output<'assignment.reassign'>> {
  const { projectId, userId, reason } = o
  await lockPerson(ctx.db, userId)
  const rows = await lockAssignments(ctx.db, o)
  const stages = [...new Set(rows.map((row) => row.stage))]
  const taker = await takerOf(ctx, { projectId, userId, stages })
  const names = await findNames(
    ctx.db,
    rows.map((row) => row.user_id),
  )
  const left: LeftOut[] = []
  let count = 0
  for (const row of rows) {
    const why = await refusal(ctx, o, row)
    if (why) {
      left.push({ itemId: row.item_id, key: row.key, why })
      continue
    }
    await insertAssigned(
      ctx.db,
      { projectId, userId },
      {
        rows: [await handOver(ctx, o, row)],
        by: ctx.caller.userId,
        kind: 'reassigned',
        note: noteOf([names.get(row.user_id) ?? '', taker.name], reason),
        now: ctx.now,
      },
    )
    count += 1
  }
  if (count > 0) await told(ctx, { projectId, taker, count, reason, what: 'work.reassigned' })
  return { assigned: count, left }
}

async function refusal(ctx: Ctx, o: Reassign, row: LockedRow): Promise<LeftOut['why'] | undefined> {
  if (!['leased', 'assigned', 'deferred', 'returned'].includes(row.state)) return 'wrong-state'
  if (row.purpose !== 'work') return 'wrong-state'
  if (row.removed_at || row.withdrawn) return 'taken-out'
  if (row.user_id === o.userId) return 'had'
  if (row.stage !== 'annotate')
    return (await isOwnWork(ctx.db, o, {
      itemId: row.item_id,
      annotationId: row.stage === 'review' ? row.annotation_id : null,
    }))
      ? 'own-work'
      : undefined
  if (await hasHad(ctx.db, o, row.item_id)) return 'had'
  if (!row.annotation_id) return undefined
  const at = { projectId: o.projectId, annotationId: row.annotation_id }
  return (await lockAnnotation(ctx.db, at))?.state === 'returned' ? undefined : 'wrong-state'
}

/** The first person's assignment is over. @returns the second's */
async function handOver(ctx: Ctx, o: Reassign, row: LockedRow): Promise<NewAssigned> {
  const { projectId } = o
  const assignmentId = ctx.app.newId()
  await passOn(ctx.db, { projectId, assignmentId: row.assignment_id })
  const made = {
    assignmentId,
    eventId: ctx.app.newId(),
    itemId: row.item_id,
    batchId: row.batch_id,
    stage: row.stage,
    schemaVersion: row.schema_version,
    presentation: row.presentation,
  }
  switch (row.stage) {
    case 'annotate':
      if (!row.annotation_id)
        return { ...made, annotationId: null, fromAnnotationId: row.from_annotation_id }
      await withdraw(ctx, { projectId, row, annotationId: row.annotation_id })
      return { ...made, annotationId: null, fromAnnotationId: row.annotation_id }
    case 'review':
      if (!row.annotation_id) throw new KasautiError('annotation/not-found')
      await lockAnnotation(ctx.db, { projectId, annotationId: row.annotation_id })
      await setReviewer(ctx.db, { projectId, annotationId: row.annotation_id, assignmentId })
      return { ...made, annotationId: row.annotation_id, fromAnnotationId: null }
    case 'adjudicate':
    case 'audit':
      await setHolder(ctx.db, { projectId, itemId: row.item_id, assignmentId })
      return { ...made, annotationId: row.annotation_id, fromAnnotationId: null }
  }
}

/** Returned answers leave the item; the place they had is the next person's. */
async function withdraw(
  ctx: Ctx,
  o: { projectId: string; row: LockedRow; annotationId: string },
): Promise<void> {
  const { projectId, annotationId, row } = o
  const item = toLockedItem(row)
  const tally = {
    ...item.tally,
    returned: item.tally.returned - 1,
    leased: item.tally.leased + 1,
  }
  await deleteFacets(ctx.db, { projectId, annotationId })
  await withdrawAnnotation(ctx.db, { projectId, annotationId, now: ctx.now })
  await writeTally(ctx.db, { projectId, itemId: row.item_id, tally, touched: ctx.now })
  await addCounts(ctx.db, {
    projectId,
    batchId: row.batch_id,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(item.tally, tally),
    days: [],
  })
}
