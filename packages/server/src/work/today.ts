/** What awaits a person: read from maintained counts and short index ranges only. */

import type { Output } from '@kasauti/contract'
import { referenceOf, type Stage, stages } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { planOf } from './claim.ts'
import { reopenFrom } from './policy.ts'
import { countParts, type PartCount } from './queue-count.ts'
import { type Part, startOfDay } from './queue-plan.ts'
import { findQueueRows } from './queue-storage.ts'
import { findDeferred, findHeld } from './storage.ts'
import { countedUpTo, findDay, findMyWork, findReturned, type MyWork } from './today-storage.ts'

type Today = Output<'work.today'>
type Counted = Part & { readonly count: PartCount }
type First = Pick<NonNullable<Today['next']>, 'projectId' | 'projectName' | 'stage'>

export async function today(ctx: Ctx): Promise<Today> {
  const { userId } = ctx.caller
  const [work, returned, day, parts, inHand] = await Promise.all([
    findMyWork(ctx.db, userId),
    findReturned(ctx.db, userId),
    findDay(ctx.db, userId, ctx.now),
    partsOf(ctx),
    findHeld(ctx.db, userId, { ...mine, dayStart: startOfDay(ctx.now) }),
  ])
  const projects = work.map((row) =>
    presentProject(
      row,
      parts.filter((part) => part.row.project_id === row.project_id),
    ),
  )
  const next = await nextOf(ctx, { inHand, parts })
  const back = projects.find((p) => p.projectId === next?.projectId)?.returned ?? 0
  return {
    ...(next ? { next: { ...next, returned: back } } : {}),
    returned: returned.map((r) => ({
      assignmentId: r.assignment_id,
      projectId: r.project_id,
      projectName: r.project_name,
      key: r.blind ? referenceOf(r.ordinal, r.seed) : r.key,
      note: r.note,
      at: r.at,
    })),
    projects,
    submittedToday: day.submitted,
    activeMsToday: day.active_ms,
  }
}

const mine = {
  scope: { over: 'all' },
  stages,
  holding: [],
  count: 1,
  purpose: 'work',
} as const

/** The parts of the person's queue with no gate before them, in their order, counted. */
async function partsOf(ctx: Ctx): Promise<readonly Counted[]> {
  const { userId } = ctx.caller
  const rows = await findQueueRows(ctx.db, userId, { ...mine, now: ctx.now })
  const parts = (await planOf(ctx, rows, stages)).filter((part) => !part.gate)
  const counts = await countParts(ctx.db, {
    userId,
    parts,
    upTo: countedUpTo,
    reopenFrom: reopenFrom(ctx.now),
  })
  return parts.map((part, n) => ({ ...part, count: counts[n] ?? { n: 0, about: 0 } }))
}

/** What would be handed out first: see `claim`. */
async function nextOf(
  ctx: Ctx,
  o: { inHand: Awaited<ReturnType<typeof findHeld>>; parts: readonly Counted[] },
): Promise<First | undefined> {
  const part = o.parts.find(({ count }) => count.n > 0)
  const [held] = o.inHand
  const [found] = held || part ? [held] : await findDeferred(ctx.db, ctx.caller.userId, { ...mine })
  const first = found ?? (part && { ...part.row, stage: part.stage })
  return (
    first && {
      projectId: first.project_id,
      projectName: first.project_name,
      stage: first.stage,
    }
  )
}

/**
 * `toAnnotate` and `toReview` are what this person can be given or holds, exact below `countedUpTo` of a
 * batch; above it, all that is open in the batch. Hidden gold that is left counts as long as work is left.
 */
function presentProject(row: MyWork, parts: readonly Counted[]): Today['projects'][number] {
  return {
    projectId: row.project_id,
    name: row.name,
    roles: row.roles,
    toAnnotate: toAnnotate(row, parts),
    toReview: left(parts, 'review') + row.held_review,
    returned: row.returned_to_me,
    ...(row.blind
      ? {}
      : { counts: { items: row.items, accepted: row.accepted, annotated: row.annotated } }),
    annotatedByMe: row.annotated_by_me,
    reviewedByMe: row.reviewed_by_me,
  }
}

function toAnnotate(row: MyWork, parts: readonly Counted[]): number {
  if (!row.blind) return left(parts, 'annotate') + row.held_annotate
  const free = sum(parts, 'annotate', ({ n }) => n)
  return Math.min(free + (free > 0 ? row.gold_left : 0), countedUpTo) + row.held_annotate
}

const left = (parts: readonly Counted[], stage: Stage): number =>
  sum(parts, stage, ({ n, about }) => (n < countedUpTo ? n : Math.max(n, about)))

const sum = (parts: readonly Counted[], stage: Stage, of: (count: PartCount) => number): number =>
  parts.filter((part) => part.stage === stage).reduce((n, part) => n + of(part.count), 0)
