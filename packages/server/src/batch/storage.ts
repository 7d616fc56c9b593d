/** What is read of batches. */
import type { AcceptanceCriteria, BatchState } from '@kasauti/core'
import { sql } from 'kysely'
import type { JobState } from '../job/index.ts'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export type BatchRow = {
  readonly project_id: string
  readonly project_name: string
  readonly batch_id: string
  readonly name: string
  readonly state: BatchState
  readonly requester: string
  readonly note: string
  readonly due_at: Date | null
  readonly priority: number
  readonly criteria: AcceptanceCriteria
  readonly created_by: string
  readonly created_at: Date
  readonly opened_at: Date | null
  readonly finished_at: Date | null
  readonly revision: number
  readonly items: number
  readonly open: number
  readonly annotated: number
  readonly returned: number
  readonly accepted: number
  readonly skipped: number
  readonly annotations: number
  readonly reviews: number
  readonly wanted: number
  readonly done: number
  /** Days with work and items through on them, of the last fortnight. */
  readonly days: number
  readonly done_lately: number
  /** Of a forecast of the last six hours. */
  readonly p50: Date | null
  readonly chance: number | null
}

/**
 * How a batch `b` goes on, to be joined to it: its pace over a fortnight, and its forecast of the last six
 * hours. Read with `batchSignColumns`.
 */
export const batchSigns = (at: { today: string; now: Date }) => sql`
  cross join lateral (
    select count(*) filter (where w.submitted + w.reviewed + w.done > 0) as days,
      coalesce(sum(w.done), 0)::bigint as done
    from batch_days w
    where w.project_id = b.project_id and w.batch_id = b.batch_id and w.day > ${at.today}::date - 14) d
  left join lateral (
    select f.forecast from forecasts f
    where f.project_id = b.project_id and f.batch_id = b.batch_id
      and f.made_at > ${at.now}::timestamptz - interval '6 hours'
    order by f.made_at desc limit 1) f on true`

export const batchSignColumns = sql`d.days, d.done as done_lately,
  (f.forecast->>'p50')::timestamptz as p50, (f.forecast->>'chance')::float8 as chance`

/** Batches `b` with their counts, pace and fresh forecast. */
const batchRows = (at: { today: string; now: Date }) => sql`
  select b.project_id, p.name as project_name, b.batch_id, b.name, b.state, b.requester, b.note, b.due_at,
    b.priority, b.criteria, u.name as created_by, b.created_at, b.opened_at, b.finished_at, b.revision, c.*,
    ${batchSignColumns}
  from batches b
  join projects p on p.project_id = b.project_id
  join users u on u.user_id = b.created_by
  cross join lateral (
    select coalesce(sum(s.items), 0)::bigint as items, coalesce(sum(s.open), 0)::bigint as open,
      coalesce(sum(s.annotated), 0)::bigint as annotated, coalesce(sum(s.returned), 0)::bigint as returned,
      coalesce(sum(s.accepted), 0)::bigint as accepted, coalesce(sum(s.skipped), 0)::bigint as skipped,
      coalesce(sum(s.annotations), 0)::bigint as annotations, coalesce(sum(s.reviews), 0)::bigint as reviews,
      coalesce(sum(s.wanted), 0)::bigint as wanted, coalesce(sum(s.done), 0)::bigint as done
    from batch_counts s where s.project_id = b.project_id and s.batch_id = b.batch_id) c
  ${batchSigns(at)}`

/** Newest first: batch ids grow with time, and the project's own is older than all. */
export async function listBatches(
  db: Db,
  page: { projectId: string; before: string | null; limit: number; today: string; now: Date },
): Promise<BatchRow[]> {
  const older = page.before === null ? sql`true` : sql`b.batch_id < ${page.before}::uuid`
  const { rows } = await sql<BatchRow>`
    ${batchRows(page)} where b.project_id = ${page.projectId} and ${older}
    order by b.batch_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Batches across the projects a person leads or manages: in work, or finished after `since`. */
export async function listMyBatches(
  db: Db,
  o: { userId: string; see: 'mine' | 'all'; since: Date; today: string; now: Date; limit: number },
): Promise<BatchRow[]> {
  const mine =
    o.see === 'all'
      ? sql`true`
      : sql`exists (select from members m where m.project_id = b.project_id and m.user_id = ${o.userId}
          and m.roles && array['lead', 'manager']::text[])`
  const { rows } = await sql<BatchRow>`
    ${unscoped('the batches of the projects a person leads')}
    ${batchRows(o)} where ${mine} and p.archived_at is null
      and (b.state not in ('accepted', 'rejected') or b.finished_at > ${o.since})
      and (b.batch_id <> b.project_id or c.items > 0)
    order by b.due_at nulls last, b.priority desc, b.batch_id desc limit ${o.limit}`.execute(db)
  return rows
}

export async function findBatch(
  db: Db,
  at: { projectId: string; batchId: string; today: string; now: Date },
): Promise<BatchRow | undefined> {
  const { rows } = await sql<BatchRow>`
    ${batchRows(at)} where b.project_id = ${at.projectId} and b.batch_id = ${at.batchId}`.execute(
    db,
  )
  return rows[0]
}

export type DayRow = {
  readonly day: string
  readonly submitted: number
  readonly reviewed: number
  readonly returned: number
  readonly accepted: number
  readonly skipped: number
  readonly done: number
}
/** Every day with work, oldest first. */
export async function listBatchDays(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    select d.day, d.submitted, d.reviewed, d.returned, d.accepted, d.skipped, d.done from batch_days d
    where d.project_id = ${at.projectId} and d.batch_id = ${at.batchId} order by d.day`.execute(db)
  return rows
}

export type PersonRow = {
  readonly user_id: string
  readonly name: string
  readonly submitted: number
  readonly judged: number
  readonly active_ms: number
  readonly last_day: string
}
/** Who worked on a batch, most first. */
export async function listBatchPeople(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select h.user_id, u.name, coalesce(sum(h.n) filter (where h.stage = 'annotate'), 0)::bigint as submitted,
      coalesce(sum(h.n) filter (where h.stage <> 'annotate'), 0)::bigint as judged,
      sum(h.active_ms)::bigint as active_ms, max(h.day) as last_day
    from handling_times h join users u on u.user_id = h.user_id
    where h.project_id = ${at.projectId} and h.batch_id = ${at.batchId} and h.field = ''
    group by h.user_id, u.name order by sum(h.n) desc, u.name limit 500`.execute(db)
  return rows
}

/** Answers to hidden gold that stood among a batch's items. */
export async function countGold(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<{ readonly answered: number; readonly correct: number }> {
  const { rows } = await sql<{ answered: number; correct: number }>`
    select count(*) as answered, count(*) filter (where g.correct) as correct
    from gold_answers g
    join assignments a on a.project_id = g.project_id and a.assignment_id = g.assignment_id
    where g.project_id = ${at.projectId} and g.use = 'hidden' and a.batch_id = ${at.batchId}`.execute(
    db,
  )
  return rows[0] ?? { answered: 0, correct: 0 }
}

export type EventRow = {
  readonly at: Date
  readonly kind: string
  readonly by: string | null
  readonly note: string | null
  readonly detail: { readonly items?: number; readonly despite?: boolean }
}
/** The last thousand events of a batch, newest first. */
export async function listBatchEvents(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select e.at, e.kind, u.name as by, e.note, e.detail
    from batch_events e left join users u on u.user_id = e.user_id
    where e.project_id = ${at.projectId} and e.batch_id = ${at.batchId}
    order by e.event_id desc limit 1000`.execute(db)
  return rows
}

export type DeliveryRow = {
  readonly delivery_id: string
  readonly name: string
  readonly state: JobState
  readonly created_at: Date
}
export async function listBatchDeliveries(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<DeliveryRow[]> {
  const { rows } = await sql<DeliveryRow>`
    select d.delivery_id, d.name, j.state, d.created_at
    from deliveries d join jobs j on j.project_id = d.project_id and j.job_id = d.job_id
    where d.project_id = ${at.projectId} and d.batch_id = ${at.batchId}
    order by d.delivery_id desc limit 100`.execute(db)
  return rows
}

export async function findProjectStanding(
  db: Db,
  projectId: string,
): Promise<{ readonly archived: boolean; readonly workflow_version: number } | undefined> {
  const { rows } = await sql<{ archived: boolean; workflow_version: number }>`
    select p.archived_at is not null as archived, p.workflow_version from projects p
    where p.project_id = ${projectId}`.execute(db)
  return rows[0]
}
