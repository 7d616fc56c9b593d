/** The append-only truth of annotations, and the projection of the latest revision. */
import { sql } from 'kysely'
import { type EventKind, eventInsert, setTally, type Tally } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { atCommit, json } from '../platform/db/index.ts'

export type LockedAnnotation = {
  readonly annotation_id: string
  readonly item_id: string
  readonly author_id: string
  readonly assignment_id: string
  readonly stage: 'annotate' | 'adjudicate'
  readonly due: boolean
  /** Verdicts on it: that accepted the latest revision, that returned any. */
  readonly accepts: number
  readonly returns: number
  readonly state: 'submitted' | 'accepted' | 'returned' | 'withdrawn'
  readonly revision: number
  readonly answers: Record<string, unknown>
  readonly schema_version: number
  readonly active_ms: number
  readonly hash: string
  /** Of the revision that waits for a review, or waited last. */
  readonly submitted_at: Date
  readonly review_assignment_id: string | null
}

/** An annotation under lock; its item must be locked already. */
export async function lockAnnotation(
  db: Db,
  at: { projectId: string; annotationId: string },
): Promise<LockedAnnotation | undefined> {
  const { rows } = await sql<LockedAnnotation>`
    select o.annotation_id, o.item_id, o.author_id, o.assignment_id, o.state, o.revision, o.answers,
      o.schema_version, o.active_ms, o.hash, o.submitted_at, o.review_assignment_id, o.due,
      o.stage, o.accepts, o.returns
    from annotations o
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}
    for no key update`.execute(db)
  return rows[0]
}

/** Give an annotation into the hands of an assignment, or out of them. */
export async function setReviewer(
  db: Db,
  at: { projectId: string; annotationId: string; assignmentId: string | null },
): Promise<void> {
  await sql`
    update annotations o set review_assignment_id = ${at.assignmentId}
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}`.execute(db)
}

type Facet = { readonly field: string; readonly value: string }
export type NewRevision = {
  readonly projectId: string
  readonly annotationId: string
  readonly itemId: string
  readonly batchId: string
  readonly ordinal: number
  /** `adjudicate`: the decision between the others. */
  readonly stage?: 'annotate' | 'adjudicate'
  /** Waits for a verdict. */
  readonly due: boolean
  /** Of a first revision: how often what it was started from was returned. */
  readonly returns?: number
  /** The annotation's author; a fixing reviewer is the author of the revision alone. */
  readonly authorId: string
  readonly revisionBy: string
  readonly assignmentId: string
  readonly state: 'submitted' | 'accepted'
  readonly revision: number
  readonly answers: unknown
  readonly schemaVersion: number
  readonly reason: 'submitted' | 'resubmitted' | 'fixed'
  readonly activeMs: number
  /** Active milliseconds by field. */
  readonly fieldMs?: Readonly<Record<string, number>>
  readonly hash: string
  readonly facets: readonly Facet[]
  readonly tally: Tally
  readonly eventId: string
  readonly event: EventKind
  readonly note?: string
  readonly now: Date
}

/**
 * Store a revision with all that follows from it in one statement: the projection, the facets, the
 * end of the assignment it was made in, the item's tally and its history.
 * Of a later revision the old facets must be gone: `deleteFacets`.
 */
const revisionInsert = (r: NewRevision) => sql`
    with projected as (
      insert into annotations as o (project_id, annotation_id, item_id, batch_id, ordinal, author_id, assignment_id,
        stage, state, due, returns, revision, answers, schema_version, active_ms, hash, submitted_at, updated_at)
      values (${r.projectId}, ${r.annotationId}, ${r.itemId}, ${r.batchId}, ${r.ordinal}, ${r.authorId},
        ${r.assignmentId}, ${r.stage ?? 'annotate'}, ${r.state}, ${r.due}, ${r.returns ?? 0}, ${r.revision}, ${json(r.answers)}::jsonb, ${r.schemaVersion}, ${r.activeMs}, ${r.hash},
        ${r.now}, ${r.now})
      on conflict (project_id, annotation_id) do update set
        state = excluded.state, due = excluded.due, accepts = 0, revision = excluded.revision, answers = excluded.answers,
        schema_version = excluded.schema_version, active_ms = o.active_ms + excluded.active_ms,
        hash = excluded.hash, updated_at = excluded.updated_at, review_assignment_id = null,
        submitted_at = case when excluded.state = 'submitted' then excluded.submitted_at else o.submitted_at end
    ), revised as (
      insert into annotation_revisions (project_id, annotation_id, revision, answers, schema_version,
        author_id, reason, active_ms, field_ms, hash, created_at)
      values (${r.projectId}, ${r.annotationId}, ${r.revision}, ${json(r.answers)}::jsonb, ${r.schemaVersion},
        ${r.revisionBy}, ${r.reason}, ${r.activeMs}, ${r.fieldMs ? json(r.fieldMs) : null}::jsonb, ${r.hash}, ${r.now})
    ), faceted as (
      insert into annotation_facets (project_id, field_id, value, ordinal, annotation_id, item_id)
      select ${r.projectId}::uuid, g.field, g.value, ${r.ordinal}::bigint, ${r.annotationId}::uuid, ${r.itemId}::uuid
      from (select distinct f.field, f.value from unnest(${r.facets.map((f) => f.field)}::text[],
        ${r.facets.map((f) => f.value)}::text[]) as f (field, value)) g
    ), ended as (
      update assignments a set state = 'submitted', annotation_id = ${r.annotationId}, draft = null,
        active_ms = ${r.activeMs}, finished_at = ${r.now}
      where a.project_id = ${r.projectId} and a.assignment_id = ${r.assignmentId} and a.stage in ('annotate', 'adjudicate')
        and ${r.reason}::text <> 'fixed'
    ), tallied as (
      update items i set ${setTally(r.tally, r.now)}
      where i.project_id = ${r.projectId} and i.item_id = ${r.itemId}
    )
    ${eventInsert({ projectId: r.projectId, itemId: r.itemId, eventId: r.eventId, kind: r.event, userId: r.revisionBy, note: r.note, at: r.now })}`

export async function insertRevision(db: Db, r: NewRevision): Promise<void> {
  await revisionInsert(r).execute(db)
}

/** The same, left for the end of the transaction. */
export const insertRevisionAtCommit = (db: Db, r: NewRevision): Promise<void> =>
  atCommit(db, revisionInsert(r))

export async function deleteFacets(
  db: Db,
  at: { projectId: string; annotationId: string },
): Promise<void> {
  await sql`
    delete from annotation_facets f
    where f.project_id = ${at.projectId} and f.annotation_id = ${at.annotationId}`.execute(db)
}

/** A verdict on the answers as they are, or none yet: another reviewer is to look too. */
export async function setVerdict(
  db: Db,
  at: {
    projectId: string
    annotationId: string
    state: LockedAnnotation['state']
    due: boolean
    accepts: number
    returns: number
    now: Date
  },
): Promise<void> {
  await sql`
    update annotations o set state = ${at.state}, due = ${at.due}, accepts = ${at.accepts}, returns = ${at.returns},
      review_assignment_id = null, updated_at = ${at.now}
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}`.execute(db)
}

export type Change = {
  readonly annotationId: string
  readonly state: 'submitted' | 'accepted' | 'returned'
  readonly due: boolean
  readonly returns: number
}
/** Annotations of items under lock, brought to where they are to be; a reviewer at one stays at it. */
export async function changeAnnotations(
  db: Db,
  at: { projectId: string; changes: readonly Change[]; now: Date },
): Promise<void> {
  if (at.changes.length === 0) return
  await sql`
    update annotations o set state = g.state, due = g.due, returns = g.returns, updated_at = ${at.now}
    from unnest(${at.changes.map((c) => c.annotationId)}::uuid[], ${at.changes.map((c) => c.state)}::text[],
      ${at.changes.map((c) => c.due)}::bool[], ${at.changes.map((c) => c.returns)}::smallint[])
      as g (annotation_id, state, due, returns)
    where o.project_id = ${at.projectId} and o.annotation_id = g.annotation_id`.execute(db)
}
