import type { Stage } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export type Days = { readonly from: string; readonly to: string }
export type Filter = Days & {
  readonly projectId: string
  readonly by: 'batch' | 'person' | 'stage' | 'day'
  readonly batchId?: string | undefined
  readonly userId?: string | undefined
  readonly stage?: Stage | undefined
}
export type BucketRow = {
  readonly key: string
  readonly name: string
  readonly bucket: number
  readonly n: number
  readonly reported: number
  readonly active_ms: number
}

const groups: Readonly<Record<Filter['by'], RawBuilder<unknown>>> = {
  batch: sql`h.batch_id::text`,
  person: sql`h.user_id::text`,
  stage: sql`h.stage`,
  day: sql`h.day::text`,
}
const chosen = (f: Filter) => sql`
  h.project_id = ${f.projectId} and h.day between ${f.from}::date and ${f.to}::date
  and ${f.batchId === undefined ? sql`true` : sql`h.batch_id = ${f.batchId}`}
  and ${f.userId === undefined ? sql`true` : sql`h.user_id = ${f.userId}`}
  and ${f.stage === undefined ? sql`true` : sql`h.stage = ${f.stage}`}`
const sums = sql`sum(h.n)::bigint as n, sum(h.reported)::bigint as reported,
  sum(h.active_ms)::bigint as active_ms`

/** Handling times of a project by group and bucket. */
export async function findTimes(db: Db, f: Filter): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    select x.key, coalesce(u.name, b.name, '') as name, x.bucket, x.n, x.reported, x.active_ms
    from (
      select ${groups[f.by]} as key, h.bucket, ${sums} from handling_times h
      where ${chosen(f)} and h.field = '' group by 1, 2) x
    left join users u on ${f.by}::text = 'person' and u.user_id::text = x.key
    left join batches b on b.project_id = ${f.projectId} and ${f.by}::text = 'batch' and b.batch_id::text = x.key
    order by x.key, x.bucket`.execute(db)
  return rows
}

/** Handling times of a project by field and bucket. */
export async function findFieldTimes(db: Db, f: Filter): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    select h.field as key, '' as name, h.bucket, ${sums} from handling_times h
    where ${chosen(f)} and h.field <> '' group by h.field, h.bucket order by h.field, h.bucket`.execute(
    db,
  )
  return rows
}

/** Batches of a project that there are handling times of, the newest first. */
export async function findTimedBatches(
  db: Db,
  projectId: string,
): Promise<{ readonly batch_id: string; readonly name: string }[]> {
  const { rows } = await sql<{ batch_id: string; name: string }>`
    select b.batch_id, b.name from batches b
    where b.project_id = ${projectId} and exists (
      select 1 from handling_times h
      where h.project_id = ${projectId} and h.field = '' and h.batch_id = b.batch_id)
    order by b.batch_id desc limit 500`.execute(db)
  return rows
}

export async function findSchemaVersion(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ schema_version: number }>`
    select p.schema_version from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.schema_version
}

const ofMine = (what: string) => unscoped(`one person's own ${what} in all their projects`)

/** A person's own handling times by project and bucket: in projects they are a member of. */
export async function findMyTimes(db: Db, o: Days & { userId: string }): Promise<BucketRow[]> {
  const { rows } = await sql<BucketRow>`
    ${ofMine('handling times')}
    select h.project_id::text as key, '' as name, h.bucket, ${sums}
    from members m
    join handling_times h on h.project_id = m.project_id and h.field = '' and h.user_id = m.user_id
      and h.day between ${o.from}::date and ${o.to}::date
    where m.user_id = ${o.userId} group by h.project_id, h.bucket order by 1, 3`.execute(db)
  return rows
}

export type MyDays = {
  readonly project_id: string
  readonly name: string
  readonly today_ms: number
  readonly active_ms: number
}
/** A person's own active time by project, the one with the most today first. */
export async function findMyDays(
  db: Db,
  o: Days & { userId: string; today: string },
): Promise<MyDays[]> {
  const { rows } = await sql<MyDays>`
    ${ofMine('days')}
    select d.project_id, p.name,
      coalesce(sum(d.active_ms) filter (where d.day = ${o.today}::date), 0)::bigint as today_ms,
      coalesce(sum(d.active_ms) filter (where d.day between ${o.from}::date and ${o.to}::date), 0)::bigint as active_ms
    from members m
    join projects p on p.project_id = m.project_id
    join person_days d on d.project_id = m.project_id and d.user_id = m.user_id
      and d.day >= least(${o.from}::date, ${o.today}::date)
    where m.user_id = ${o.userId}
    group by d.project_id, p.name
    having sum(d.active_ms) > 0
    order by today_ms desc, active_ms desc, p.name`.execute(db)
  return rows
}
