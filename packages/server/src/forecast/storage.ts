/** What a forecast reads of its own project: maintained counts, short index ranges and two weeks of days. */
import type { ProjectRole, Stage } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'

export type Place = { readonly projectId: string; readonly batchId: string | undefined }
const inBatch = (column: string, at: Place) =>
  at.batchId === undefined ? sql`true` : sql`${sql.ref(column)} = ${at.batchId}::uuid`

export type Subject = {
  readonly workflow_version: number
  readonly due_at: Date | null
  readonly priority: number | null
  readonly state: string | null
  readonly items: number
  readonly wanted: number
  readonly annotations: number
  readonly returned: number
}

/** A batch, or all of a project, with its counts. A batch that is not there has no state. */
export async function findSubject(db: Db, at: Place): Promise<Subject | undefined> {
  const { rows } = await sql<Subject>`
    select p.workflow_version, b.due_at, b.priority, b.state, c.items, c.wanted, c.annotations, c.returned
    from projects p
    left join batches b on b.project_id = p.project_id and b.batch_id = ${at.batchId ?? null}::uuid
    cross join lateral (
      select coalesce(sum(s.items), 0)::bigint as items, coalesce(sum(s.wanted), 0)::bigint as wanted,
        coalesce(sum(s.annotations), 0)::bigint as annotations, coalesce(sum(s.returned), 0)::bigint as returned
      from batch_counts s where s.project_id = p.project_id and ${inBatch('s.batch_id', at)}) c
    where p.project_id = ${at.projectId}`.execute(db)
  return rows[0]
}

/** Waiting things are counted no further than this. */
const countedUpTo = 50_000

/** Reviews, adjudications and audits that wait. */
export async function countWaiting(
  db: Db,
  at: Place,
): Promise<{ readonly review: number; readonly adjudicate: number; readonly audit: number }> {
  const { rows } = await sql<{ review: number; adjudicate: number; audit: number }>`
    select
      (select count(*) from (select 1 from annotations o
        where o.project_id = ${at.projectId} and o.due and o.review_assignment_id is null
          and ${inBatch('o.batch_id', at)} limit ${countedUpTo}) x) as review,
      s.adjudicate, s.audit
    from (select count(*) filter (where y.step = 'adjudicate') as adjudicate,
        count(*) filter (where y.step = 'audit') as audit
      from (select i.step from items i
        where i.project_id = ${at.projectId} and i.step in ('adjudicate', 'audit') and i.held_by is null
          and i.removed_at is null and ${inBatch('i.batch_id', at)} limit ${countedUpTo}) y) s`.execute(
    db,
  )
  return rows[0] ?? { review: 0, adjudicate: 0, audit: 0 }
}

export type Taker = {
  readonly user_id: string
  readonly roles: ProjectRole[]
  readonly added_at: Date
  /** Skills they have a certificate of that counts. */
  readonly skills: string[]
}

/** Members who may be given work: not paused, not disabled. */
export async function listTakers(db: Db, projectId: string, now: Date): Promise<Taker[]> {
  const { rows } = await sql<Taker>`
    select m.user_id, m.roles, m.added_at, array(
      select c.skill_id from certificates c where c.user_id = m.user_id and c.revoked_at is null
        and (c.expires_at is null or c.expires_at > ${now})) as skills
    from members m join users u on u.user_id = m.user_id
    where m.project_id = ${projectId} and m.paused_at is null and not u.disabled
    order by m.user_id`.execute(db)
  return rows
}

export type Handled = {
  readonly user_id: string
  readonly batch_id: string
  readonly stage: Stage
  readonly day: string
  readonly n: number
  readonly active_ms: number
}

/** Items and active time by person, stage, batch and UTC day, from a day on. */
export async function listHandled(db: Db, projectId: string, from: string): Promise<Handled[]> {
  const { rows } = await sql<Handled>`
    select h.user_id, h.batch_id, h.stage, h.day, sum(h.n)::bigint as n,
      sum(h.active_ms)::bigint as active_ms
    from handling_times h
    where h.project_id = ${projectId} and h.day >= ${from}::date and h.field = ''
    group by h.user_id, h.batch_id, h.stage, h.day`.execute(db)
  return rows
}

export type PersonDay = {
  readonly user_id: string
  readonly day: string
  readonly submitted: number
  readonly reviewed: number
  readonly adjudicated: number
  readonly audited: number
  readonly active_ms: number
}

export async function listPersonDays(
  db: Db,
  projectId: string,
  from: string,
): Promise<PersonDay[]> {
  const { rows } = await sql<PersonDay>`
    select d.user_id, d.day, d.submitted, d.reviewed, d.adjudicated, d.audited, d.active_ms
    from person_days d where d.project_id = ${projectId} and d.day >= ${from}::date`.execute(db)
  return rows
}

/** Items of a batch that each person has annotated: they cannot be given those again. */
export async function countAnnotatedBy(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ user_id: string; n: number }>`
    select h.user_id, sum(h.n)::bigint as n from handling_times h
    where h.project_id = ${at.projectId} and h.batch_id = ${at.batchId} and h.stage = 'annotate'
      and h.field = ''
    group by h.user_id`.execute(db)
  return new Map(rows.map((row) => [row.user_id, row.n]))
}

export type Verdicts = {
  readonly submitted: number
  readonly reviewed: number
  readonly returned: number
  readonly adjudicated: number
}
/** What reviews and adjudications of a project came to, from a day on. */
export async function sumVerdicts(db: Db, projectId: string, from: string): Promise<Verdicts> {
  const { rows } = await sql<Verdicts>`
    select coalesce(sum(d.submitted), 0)::bigint as submitted, coalesce(sum(d.reviewed), 0)::bigint as reviewed,
      coalesce(sum(d.returned), 0)::bigint as returned, coalesce(sum(d.adjudicated), 0)::bigint as adjudicated
    from person_days d where d.project_id = ${projectId} and d.day >= ${from}::date`.execute(db)
  return rows[0] ?? { submitted: 0, reviewed: 0, returned: 0, adjudicated: 0 }
}

/** A forecast as it is kept; ends as ISO times. Boards read `p50` and `chance`. */
export type Kept = {
  readonly p10?: string
  readonly p50?: string
  readonly p80?: string
  readonly p90?: string
  readonly chance?: number
}

/** Keeps a forecast of a batch, unless one of the last hour is kept already. */
export async function keepForecast(
  db: Db,
  f: { projectId: string; batchId: string; forecastId: string; now: Date; kept: Kept },
): Promise<void> {
  await sql`
    insert into forecasts (project_id, batch_id, forecast_id, made_at, forecast)
    select ${f.projectId}::uuid, ${f.batchId}::uuid, ${f.forecastId}::uuid, ${f.now}::timestamptz,
      ${json(f.kept)}::jsonb
    where not exists (
      select 1 from forecasts k
      where k.project_id = ${f.projectId} and k.batch_id = ${f.batchId}
        and k.made_at > ${f.now}::timestamptz - interval '1 hour')`.execute(db)
}

export type RecordRow = {
  readonly batch_id: string
  readonly name: string
  readonly finished_at: Date
  readonly made_at: Date
  readonly forecast: Kept
}
/** Finished batches with the first forecast that was kept of them, the last finished first. */
export async function listRecord(db: Db, projectId: string): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select b.batch_id, b.name, b.finished_at, f.made_at, f.forecast
    from batches b
    cross join lateral (
      select f.made_at, f.forecast from forecasts f
      where f.project_id = ${projectId} and f.batch_id = b.batch_id and f.made_at < b.finished_at
      order by f.made_at limit 1) f
    where b.project_id = ${projectId} and b.finished_at is not null
    order by b.finished_at desc limit 200`.execute(db)
  return rows
}
