import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { storableText } from '../platform/db/index.ts'

export type NewReview = {
  readonly projectId: string
  readonly reviewId: string
  readonly annotationId: string
  readonly itemId: string
  readonly ordinal: number
  readonly assignmentId: string
  readonly revision: number
  readonly reviewerId: string
  readonly verdict: 'accepted' | 'fixed' | 'returned'
  readonly note: string
  readonly activeMs: number
  readonly now: Date
}

export async function insertReview(db: Db, r: NewReview): Promise<void> {
  await sql`
    insert into reviews (project_id, review_id, annotation_id, item_id, ordinal, assignment_id, revision,
      reviewer_id, verdict, note, active_ms, created_at)
    values (${r.projectId}, ${r.reviewId}, ${r.annotationId}, ${r.itemId}, ${r.ordinal}, ${r.assignmentId},
      ${r.revision}, ${r.reviewerId}, ${r.verdict}, ${storableText(r.note)}, ${r.activeMs}, ${r.now})`.execute(
    db,
  )
}

/** The author's assignment comes back to them. */
export async function returnToAuthor(
  db: Db,
  at: { projectId: string; assignmentId: string },
): Promise<void> {
  await sql`
    update assignments a set state = 'returned', draft = null
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}
      and a.state = 'submitted'`.execute(db)
}

export async function findProjectName(db: Db, projectId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select p.name from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.name ?? ''
}
