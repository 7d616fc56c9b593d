/** What awaits a person: read from maintained counts and short index ranges only. */

import { referenceOf } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { mayTake } from './policy.ts'
import {
  countedUpTo,
  findDay,
  findMyWork,
  findReturned,
  freeCountedUpTo,
  type MyWork,
} from './today-storage.ts'

export async function today(ctx: Ctx) {
  const { userId } = ctx.caller
  const [work, returned, day] = await Promise.all([
    findMyWork(ctx.db, userId),
    findReturned(ctx.db, userId),
    findDay(ctx.db, userId, ctx.now),
  ])
  const projects = work.map(presentProject)
  const next = nextOf(projects.map((p, i) => ({ ...p, ...heldIn(work[i]) })))
  return {
    ...(next ? { next } : {}),
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

/**
 * `toAnnotate` is what this person can be given or holds, exact below `freeCountedUpTo`; above it, all open
 * items. Hidden gold that is left counts as long as work is left. `toReview` is exact up to `countedUpTo`.
 */
function presentProject(row: MyWork) {
  return {
    projectId: row.project_id,
    name: row.name,
    roles: row.roles,
    toAnnotate: mayTake(row.roles, 'annotate') ? toAnnotate(row) : 0,
    toReview:
      mayTake(row.roles, 'review') && row.reviews ? Math.min(row.to_review, countedUpTo) : 0,
    returned: row.returned_to_me,
    ...(row.blind
      ? {}
      : { counts: { items: row.items, accepted: row.accepted, annotated: row.annotated } }),
    annotatedByMe: row.annotated_by_me,
    reviewedByMe: row.reviewed_by_me,
  }
}

const toAnnotate = (row: MyWork): number =>
  row.blind
    ? Math.min(row.free + (row.free > 0 ? row.gold_left : 0), freeCountedUpTo) + row.held_annotate
    : row.free < freeCountedUpTo
      ? row.free + row.held_annotate
      : Math.max(row.free, row.open)

/** Leases count as work that waits: returned work that was opened and left is nowhere else. */
const heldIn = (row: MyWork | undefined) => ({
  heldAnnotate: row && mayTake(row.roles, 'annotate') ? row.held_annotate : 0,
  heldReview: row && mayTake(row.roles, 'review') ? row.held_review : 0,
})

type Project = ReturnType<typeof presentProject> & ReturnType<typeof heldIn>

/** Returned work first, then what is held or to annotate, then what is held or to review. */
function nextOf(projects: readonly Project[]) {
  const first = (has: (p: Project) => boolean, stage: 'annotate' | 'review') => {
    const found = projects.find(has)
    return (
      found && {
        projectId: found.projectId,
        projectName: found.name,
        stage,
        returned: found.returned,
      }
    )
  }
  return (
    first((p) => p.returned > 0, 'annotate') ??
    first((p) => p.heldAnnotate > 0 || p.toAnnotate > 0, 'annotate') ??
    first((p) => p.heldReview > 0 || p.toReview > 0, 'review')
  )
}
