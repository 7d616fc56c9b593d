/** What awaits a person: read from maintained counts and short index ranges only. */

import type { Ctx } from '../platform/http/handler.ts'
import { countedUpTo, findDay, findMyWork, findReturned, type MyWork } from './today-storage.ts'

export async function today(ctx: Ctx) {
  const { userId } = ctx.caller
  const [work, returned, day] = await Promise.all([
    findMyWork(ctx.db, userId),
    findReturned(ctx.db, userId),
    findDay(ctx.db, userId, ctx.now),
  ])
  const projects = work.map(presentProject)
  const next = nextOf(projects)
  return {
    ...(next ? { next } : {}),
    returned: returned.map((r) => ({
      assignmentId: r.assignment_id,
      projectId: r.project_id,
      projectName: r.project_name,
      key: r.key,
      note: r.note,
      at: r.at,
    })),
    projects,
    submittedToday: day.submitted,
    activeMsToday: day.active_ms,
  }
}

/** `toReview` is exact up to `countedUpTo`. */
function presentProject(row: MyWork) {
  const annotates = row.roles.some((role) => role === 'associate' || role === 'lead')
  const reviews = row.roles.some((role) => role === 'reviewer' || role === 'lead')
  return {
    projectId: row.project_id,
    name: row.name,
    roles: row.roles,
    toAnnotate: annotates ? Math.max(0, row.open) : 0,
    toReview: reviews && row.review === 'all' ? Math.min(row.to_review, countedUpTo) : 0,
    returned: row.returned_to_me,
    items: row.items,
    accepted: row.accepted,
    annotated: row.annotated,
    annotatedByMe: row.annotated_by_me,
    reviewedByMe: row.reviewed_by_me,
  }
}

type Project = ReturnType<typeof presentProject>

/** Returned work first, then what is to annotate, then what is to review. */
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
    first((p) => p.toAnnotate > 0, 'annotate') ??
    first((p) => p.toReview > 0, 'review')
  )
}
