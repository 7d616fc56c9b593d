import type { Mark } from '@kasauti/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'

export type NewReview = {
  readonly projectId: string
  readonly stage: 'review' | 'audit'
  readonly marks: readonly z.output<typeof Mark>[]
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
      reviewer_id, verdict, note, active_ms, created_at, stage, marks)
    values (${r.projectId}, ${r.reviewId}, ${r.annotationId}, ${r.itemId}, ${r.ordinal}, ${r.assignmentId},
      ${r.revision}, ${r.reviewerId}, ${r.verdict}, ${storableText(r.note)}, ${r.activeMs}, ${r.now}, ${r.stage},
      ${json(r.marks)}::jsonb)`.execute(db)
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

/** The decision in force on an item, under lock; its item must be locked already. */
export async function lockDecision(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<Judged | undefined> {
  const { rows } = await sql<Judged>`
    select o.annotation_id, o.author_id, o.assignment_id, o.revision from annotations o
    where o.project_id = ${at.projectId} and o.item_id = ${at.itemId} and o.stage = 'adjudicate'
      and o.state <> 'withdrawn'
    for no key update`.execute(db)
  return rows[0]
}

export type Judged = {
  readonly annotation_id: string
  readonly author_id: string
  readonly assignment_id: string
  readonly revision: number
}
/** The annotations of an item, decisions and withdrawn ones aside. */
export async function listJudged(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<readonly Judged[]> {
  const { rows } = await sql<Judged>`
    select o.annotation_id, o.author_id, o.assignment_id, o.revision from annotations o
    where o.project_id = ${at.projectId} and o.item_id = ${at.itemId} and o.stage = 'annotate'
      and o.state <> 'withdrawn' order by o.annotation_id`.execute(db)
  return rows
}

/** A decision that an audit refused: no longer in force, what the next one starts from. */
export async function withdrawDecision(
  db: Db,
  at: { projectId: string; annotationId: string; now: Date },
): Promise<void> {
  await sql`
    update annotations o set state = 'withdrawn', returns = o.returns + 1, updated_at = ${at.now}
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}`.execute(db)
}

export async function listLeads(db: Db, projectId: string): Promise<string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select m.user_id from members m where m.project_id = ${projectId} and 'lead' = any(m.roles)
    order by m.user_id`.execute(db)
  return rows.map((row) => row.user_id)
}
