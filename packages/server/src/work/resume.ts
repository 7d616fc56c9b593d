/** An assignment under lock, as its person may act on it now. */
import { type Beat, KasautiError, leaseUntil } from '@kasauti/core'
import { type BeatRow, beatRows } from '../activity/index.ts'
import { lockAnnotation, setReviewer } from '../annotation/index.ts'
import { type LockedItem, slotsOf, stepOf, toLockedItem, writeTally } from '../item/index.ts'
import { inOneGo } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { lockPerson } from './queue-storage.ts'
import {
  findStanding,
  hasOther,
  keepLateAnswers,
  type LockedRow,
  leaseAgain,
  lockedWork,
  setHolder,
} from './storage.ts'

export type Work = {
  readonly row: LockedRow
  readonly item: LockedItem
  /** Of its session, where they were read along with the lock. */
  readonly beats?: readonly BeatRow[]
}
export type Act = {
  readonly projectId: string
  readonly assignmentId: string
  readonly activeMs: number
  /** What the page noticed since it sent any last. */
  readonly activity?: readonly Beat[] | undefined
  /** Kept as the draft when the lease is gone and cannot be had again. */
  readonly answers?: Readonly<Record<string, unknown>> | undefined
  /** The draft version they were built on: what went further is not overwritten. */
  readonly basedOn?: number | undefined
}

/** Lock the assignment and its item, whatever its state. Throws `assignment/not-found`. */
export async function lockMine(ctx: Ctx, act: Act): Promise<Work> {
  const locked = lockedWork(whoOf(ctx, act), { ...act, now: ctx.now, expired: 'too' })
  const [row] = (await locked.execute(ctx.db)).rows
  if (!row) throw new KasautiError('assignment/not-found')
  return { row, item: toLockedItem(row) }
}

/**
 * Lock a lease. One that ran out is had again if nobody has taken the place meanwhile; if somebody
 * has, the answers are kept as its draft: `assignment/expired`. Also throws `assignment/not-found`
 * and `assignment/wrong-state`.
 */
export async function resume(ctx: Ctx, act: Act): Promise<Work> {
  const who = whoOf(ctx, act)
  const [[row], beats] = await inOneGo(
    ctx.db,
    lockedWork(who, { ...act, now: ctx.now, expired: 'not' }),
    beatRows(act),
  )
  if (row) return liveOrThrow({ row, item: toLockedItem(row), beats })
  const standing = await findStanding(ctx.db, who, act)
  if (!standing) throw new KasautiError('assignment/not-found')
  // Before the item: taking the place again and being handed it anew must not meet.
  if (standing.state === 'expired') await lockPerson(ctx.db, ctx.caller.userId)
  const { answers } = act
  if (!answers || standing.state !== 'expired') return haveAgain(ctx, act, await lockMine(ctx, act))
  // On a connection of its own: the refusal that may follow undoes the request's transaction.
  const keep = (locked: 'pass' | 'wait') =>
    keepLateAnswers(ctx.app.db, who, { ...act, answers, locked })
  const kept = await keep('pass')
  try {
    return await haveAgain(ctx, act, await lockMine(ctx, act))
  } catch (refusal) {
    // The lease ended while this request waited for it and so holds it: kept when the request is over.
    if (!kept) keep('wait').catch((err: unknown) => ctx.app.log.error({ err }, 'late answers'))
    throw refusal
  }
}

const whoOf = (ctx: Ctx, act: Act) => ({ projectId: act.projectId, userId: ctx.caller.userId })

function liveOrThrow(work: Work): Work {
  const { state } = work.row
  if (state === 'leased' || state === 'returned' || state === 'deferred' || state === 'assigned')
    return work
  throw new KasautiError(state === 'released' ? 'assignment/expired' : 'assignment/wrong-state')
}

async function haveAgain(ctx: Ctx, act: Act, work: Work): Promise<Work> {
  if (work.row.state !== 'expired') return liveOrThrow(work)
  const item = await takeAgain(ctx, act, work)
  if (!item) throw new KasautiError('assignment/expired')
  await leaseAgain(ctx.db, { ...act, leaseExpiresAt: leaseUntil(ctx.now), clock: 'keep' })
  return { item, row: { ...work.row, state: 'leased' } }
}

function takeAgain(ctx: Ctx, act: Act, work: Work): Promise<LockedItem | undefined> {
  const { stage } = work.row
  if (stage === 'annotate') return takeSlotAgain(ctx, act, work)
  return stage === 'review' ? takeReviewAgain(ctx, act, work) : takeItemAgain(ctx, act, work)
}

/** An item to decide or audit, if it is still at that stage and nobody else has it. */
async function takeItemAgain(ctx: Ctx, act: Act, { row, item }: Work) {
  if (item.tally.removed || item.heldBy || stepOf(item.tally) !== row.stage) return undefined
  const { projectId, assignmentId } = act
  await setHolder(ctx.db, { projectId, itemId: item.itemId, assignmentId })
  return { ...item, heldBy: assignmentId }
}

async function takeSlotAgain(ctx: Ctx, act: Act, { row, item }: Work) {
  if (row.purpose === 'work' && slotsOf(item.tally) === 0) return undefined
  if (await hasOther(ctx.db, whoOf(ctx, act), row.item_id)) return undefined
  if (row.purpose !== 'work') return item
  const tally = { ...item.tally, leased: item.tally.leased + 1 }
  await writeTally(ctx.db, { projectId: act.projectId, itemId: item.itemId, tally })
  return { ...item, tally }
}

async function takeReviewAgain(ctx: Ctx, act: Act, { row, item }: Work) {
  if (!row.annotation_id || item.tally.removed) return undefined
  const at = { projectId: act.projectId, annotationId: row.annotation_id }
  const annotation = await lockAnnotation(ctx.db, at)
  if (annotation?.state !== 'submitted' || annotation.review_assignment_id) return undefined
  // Submitted anew meanwhile: this reviewer has seen other answers.
  if (annotation.submitted_at > row.started_at) return undefined
  await setReviewer(ctx.db, { ...at, assignmentId: act.assignmentId })
  return item
}
