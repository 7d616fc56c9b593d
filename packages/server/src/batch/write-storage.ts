/** What is written of batches themselves; their items move in `move-storage.ts`. */
import type { AcceptanceCriteria, BatchState } from '@kasauti/core'
import { sql } from 'kysely'
import { summedCounts } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'

type At = { readonly projectId: string; readonly batchId: string }

export type LockedBatch = {
  readonly name: string
  readonly state: BatchState
  readonly requester: string
  readonly note: string
  readonly due_at: Date | null
  readonly priority: number
  readonly criteria: AcceptanceCriteria
  readonly revision: number
}
/** Of whoever changes the batch, or `removal`: of whoever takes it away; items come in under `share`. */
const strengths = {
  change: sql`for no key update`,
  removal: sql`for update`,
  share: sql`for key share`,
} as const

export async function lockBatch(
  db: Db,
  at: At,
  purpose: keyof typeof strengths,
): Promise<LockedBatch | undefined> {
  const { rows } = await sql<LockedBatch>`
    select b.name, b.state, b.requester, b.note, b.due_at, b.priority, b.criteria, b.revision
    from batches b where b.project_id = ${at.projectId} and b.batch_id = ${at.batchId}
    ${strengths[purpose]}`.execute(db)
  return rows[0]
}

/** Of that name, whatever its case. */
export async function findBatchNamed(
  db: Db,
  at: { projectId: string; name: string },
): Promise<{ readonly batch_id: string; readonly state: BatchState } | undefined> {
  const { rows } = await sql<{ batch_id: string; state: BatchState }>`
    select b.batch_id, b.state from batches b
    where b.project_id = ${at.projectId} and lower(b.name) = lower(${storableText(at.name)})`.execute(
    db,
  )
  return rows[0]
}

export type BatchFields = {
  readonly name: string
  readonly requester: string
  readonly note: string
  readonly dueAt: Date | null
  readonly priority: number
  readonly criteria: AcceptanceCriteria
}

/** False if the project has a batch of that name. */
export async function insertBatch(
  db: Db,
  b: At &
    BatchFields & { readonly state: 'draft' | 'open'; readonly by: string; readonly now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    insert into batches (project_id, batch_id, name, state, requester, note, due_at, priority, criteria,
      created_by, created_at, opened_at)
    values (${b.projectId}, ${b.batchId}, ${storableText(b.name)}, ${b.state}, ${storableText(b.requester)},
      ${storableText(b.note)}, ${b.dueAt}, ${b.priority}, ${json(b.criteria)}::jsonb, ${b.by}, ${b.now},
      ${b.state === 'open' ? b.now : null})
    on conflict do nothing returning batch_id`.execute(db)
  return rows.length > 0
}

export async function updateBatch(db: Db, b: At & BatchFields): Promise<void> {
  await sql`
    update batches b set name = ${storableText(b.name)}, requester = ${storableText(b.requester)},
      note = ${storableText(b.note)}, due_at = ${b.dueAt}, priority = ${b.priority},
      criteria = ${json(b.criteria)}::jsonb, revision = b.revision + 1
    where b.project_id = ${b.projectId} and b.batch_id = ${b.batchId}`.execute(db)
}

/** When it was first handed out, and since when it is handed over, follow from the state. */
export async function setBatchState(
  db: Db,
  b: At & { readonly state: BatchState; readonly now: Date },
): Promise<void> {
  const finished = ['delivered', 'accepted', 'rejected'].includes(b.state)
  await sql`
    update batches b set state = ${b.state}, revision = b.revision + 1,
      opened_at = case when ${b.state} = 'open' then coalesce(b.opened_at, ${b.now}) else b.opened_at end,
      finished_at = case when ${finished} then coalesce(b.finished_at, ${b.now}) end
    where b.project_id = ${b.projectId} and b.batch_id = ${b.batchId}`.execute(db)
}

export type NewBatchEvent = At & {
  readonly eventId: string
  readonly kind: 'created' | 'changed' | 'items-in' | 'items-out' | BatchState
  readonly by: string
  readonly now: Date
  readonly note?: string
  readonly detail?: { readonly items?: number; readonly despite?: boolean }
}
export async function insertBatchEvent(db: Db, e: NewBatchEvent): Promise<void> {
  await sql`
    insert into batch_events (project_id, batch_id, event_id, kind, user_id, note, detail, at)
    values (${e.projectId}, ${e.batchId}, ${e.eventId}, ${e.kind}, ${e.by},
      ${e.note ? storableText(e.note) : null}, ${json(e.detail ?? {})}::jsonb, ${e.now})`.execute(
    db,
  )
}

export async function hasItems(db: Db, at: At): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from items i where i.project_id = ${at.projectId} and i.batch_id = ${at.batchId}
      and i.removed_at is null) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Is an import or a move into it still to come or under way? */
export async function isAwaited(db: Db, at: At): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from imports i join jobs j on j.project_id = i.project_id and j.job_id = i.job_id
      where i.project_id = ${at.projectId} and i.batch_id = ${at.batchId} and j.state in ('queued', 'running')
      union all
      select from batch_moves m join jobs j on j.project_id = m.project_id and j.job_id = m.job_id
      where m.project_id = ${at.projectId} and m.batch_id = ${at.batchId} and j.state in ('queued', 'running')
    ) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** The work of a batch counts for everything else from now on; then it is gone. Deliveries keep its name. */
export async function dissolveBatch(db: Db, { projectId, batchId }: At): Promise<void> {
  const own = sql`${projectId}::uuid`
  const here = (t: string) =>
    sql`${sql.ref(`${t}.project_id`)} = ${projectId} and ${sql.ref(`${t}.batch_id`)} = ${batchId}`
  await sql`update items i set batch_id = ${own} where ${here('i')}`.execute(db)
  await sql`update assignments a set batch_id = ${own} where ${here('a')}`.execute(db)
  await sql`update annotations o set batch_id = ${own} where ${here('o')}`.execute(db)
  await sql`
    insert into handling_times as h
      (project_id, field, batch_id, user_id, stage, day, bucket, n, reported, active_ms)
    select ${own}, x.field, ${own}, x.user_id, x.stage, x.day, x.bucket, x.n, x.reported, x.active_ms
    from handling_times x where ${here('x')}
    order by x.field, x.user_id, x.stage, x.day, x.bucket
    on conflict (project_id, field, batch_id, user_id, stage, day, bucket) do update
    set n = h.n + excluded.n, reported = h.reported + excluded.reported,
      active_ms = h.active_ms + excluded.active_ms`.execute(db)
  await sql`
    insert into batch_days as d (project_id, batch_id, day, submitted, reviewed, returned, accepted, skipped, done)
    select ${own}, ${own}, x.day, x.submitted, x.reviewed, x.returned, x.accepted, x.skipped, x.done
    from batch_days x where ${here('x')} order by x.day
    on conflict (project_id, batch_id, day) do update set submitted = d.submitted + excluded.submitted,
      reviewed = d.reviewed + excluded.reviewed, returned = d.returned + excluded.returned,
      accepted = d.accepted + excluded.accepted, skipped = d.skipped + excluded.skipped,
      done = d.done + excluded.done`.execute(db)
  await sql`
    insert into batch_counts as c (project_id, batch_id, shard, items, open, annotated, returned, accepted,
      skipped, annotations, reviews, wanted, done, by_review, by_adjudicate, by_audit)
    select ${own}, ${own}, x.shard, x.items, x.open, x.annotated, x.returned, x.accepted, x.skipped,
      x.annotations, x.reviews, x.wanted, x.done, x.by_review, x.by_adjudicate, x.by_audit
    from batch_counts x where ${here('x')} order by x.shard
    on conflict (project_id, batch_id, shard) do update set ${summedCounts}`.execute(db)
  await sql`delete from handling_times h where ${here('h')}`.execute(db)
  await sql`delete from batch_days d where ${here('d')}`.execute(db)
  await sql`delete from batch_counts c where ${here('c')}`.execute(db)
  await sql`delete from queue_positions q where ${here('q')}`.execute(db)
  await sql`delete from forecasts f where ${here('f')}`.execute(db)
  await sql`delete from batch_events e where ${here('e')}`.execute(db)
  await sql`update imports i set batch_id = null where ${here('i')}`.execute(db)
  await sql`delete from batches b where ${here('b')}`.execute(db)
}
