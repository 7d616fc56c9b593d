/** What the engine has to know of items: their annotations, and how well people have done. */
import type { PersonRecord } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'

export type AnnotationRow = {
  readonly item_id: string
  readonly annotation_id: string
  readonly author_id: string
  readonly state: 'submitted' | 'accepted' | 'returned'
  readonly due: boolean
  readonly accepts: number
  readonly returns: number
  /** Left out where nobody compares them. */
  readonly answers: Record<string, unknown> | null
  readonly review_assignment_id: string | null
}

/** The annotations of items, decisions and withdrawn ones aside, first made first. */
export async function listAnnotations(
  db: Db,
  of: { projectId: string; itemIds: readonly string[]; answers: 'with' | 'without' },
): Promise<readonly AnnotationRow[]> {
  const answers = of.answers === 'with' ? sql`o.answers` : sql`null::jsonb`
  const { rows } = await sql<AnnotationRow>`
    select o.item_id, o.annotation_id, o.author_id, o.state, o.due, o.accepts, o.returns, ${answers} as answers,
      o.review_assignment_id
    from annotations o
    where o.project_id = ${of.projectId} and o.item_id = any(${of.itemIds}::uuid[]) and o.stage = 'annotate'
      and o.state <> 'withdrawn'
    order by o.annotation_id`.execute(db)
  return rows
}

/** Reviews and audits of each person's work in the project, all days together. */
export async function findRecords(
  db: Db,
  of: { projectId: string; userIds: readonly string[] },
): Promise<ReadonlyMap<string, PersonRecord>> {
  const { rows } = await sql<PersonRecord & { user_id: string }>`
    select d.user_id, sum(d.accepted + d.returned)::int as reviewed, sum(d.returned + d.fixed)::int as returned
    from person_days d
    where d.project_id = ${of.projectId} and d.user_id = any(${of.userIds}::uuid[])
    group by d.user_id`.execute(db)
  return new Map(
    rows.map(({ user_id: userId, reviewed, returned }) => [userId, { reviewed, returned }]),
  )
}

/** Of these items, those an auditor has passed. */
export async function findAudited(
  db: Db,
  of: { projectId: string; itemIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ item_id: string }>`
    select distinct o.item_id from annotations o
    join reviews r on r.project_id = o.project_id and r.annotation_id = o.annotation_id
    where o.project_id = ${of.projectId} and o.item_id = any(${of.itemIds}::uuid[]) and o.state <> 'withdrawn'
      and r.stage = 'audit' and r.verdict = 'accepted' and r.revision = o.revision`.execute(db)
  return new Set(rows.map((row) => row.item_id))
}

/** How often an annotation that somebody else starts from was returned. */
export async function findReturns(
  db: Db,
  at: { projectId: string; annotationId: string },
): Promise<number> {
  const { rows } = await sql<{ returns: number }>`
    select o.returns from annotations o
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}`.execute(db)
  return rows[0]?.returns ?? 0
}

/** The answers an adjudicator decided on, if one did. */
export async function findDecision(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<Record<string, unknown> | undefined> {
  const { rows } = await sql<{ answers: Record<string, unknown> }>`
    select o.answers from annotations o
    where o.project_id = ${at.projectId} and o.item_id = ${at.itemId} and o.stage = 'adjudicate'
      and o.state <> 'withdrawn'`.execute(db)
  return rows[0]?.answers
}
