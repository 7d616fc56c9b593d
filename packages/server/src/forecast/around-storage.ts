/** What stands around a project's work: the other work of its people, in other projects too. */
import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

const elsewhere = unscoped('the other work of the people of a project, as sums')

export type ActiveDay = {
  readonly user_id: string
  readonly project_id: string
  readonly day: string
  readonly active_ms: number
}
/** Active time of people by project and UTC day, from a day on. */
export async function listActive(
  db: Db,
  o: { userIds: readonly string[]; from: string },
): Promise<ActiveDay[]> {
  const { rows } = await sql<ActiveDay>`
    ${elsewhere}
    select d.user_id, d.project_id, d.day, d.active_ms from person_days d
    join members m on m.project_id = d.project_id and m.user_id = d.user_id
    where d.user_id = any(${o.userIds}::uuid[]) and d.day >= ${o.from}::date`.execute(db)
  return rows
}

export type AheadRow = {
  readonly project_id: string
  readonly batch_id: string
  /** Annotations still wanted. */
  readonly left: number
}
/** Open batches of these people's projects that are handed out before: due sooner, or more urgent. */
export async function listAhead(
  db: Db,
  o: {
    userIds: readonly string[]
    projectId: string
    batchId: string | undefined
    dueAt: Date | null
    priority: number
  },
): Promise<AheadRow[]> {
  const due = sql`coalesce(${o.dueAt}::timestamptz, 'infinity')`
  const others =
    o.batchId === undefined
      ? sql`b.project_id <> ${o.projectId}::uuid`
      : sql`b.batch_id <> ${o.batchId}::uuid`
  const { rows } = await sql<AheadRow>`
    ${elsewhere}
    select b.project_id, b.batch_id, c.left
    from batches b
    join projects p on p.project_id = b.project_id and p.archived_at is null and p.paused_at is null
    cross join lateral (
      select greatest(0, coalesce(sum(s.wanted - s.annotations + s.returned), 0))::bigint as left
      from batch_counts s where s.project_id = b.project_id and s.batch_id = b.batch_id) c
    where b.state = 'open' and ${others} and c.left > 0
      and b.project_id in (select m.project_id from members m where m.user_id = any(${o.userIds}::uuid[]))
      and (coalesce(b.due_at, 'infinity') < ${due}
        or (coalesce(b.due_at, 'infinity') = ${due} and b.priority > ${o.priority}))
    limit 1000`.execute(db)
  return rows
}

export type ProjectPace = {
  readonly project_id: string
  readonly submitted: number
  readonly reviewed: number
  readonly active_ms: number
}
/** What projects did, and in what active time, from a day on. */
export async function listProjectPace(
  db: Db,
  o: { projectIds: readonly string[]; from: string },
): Promise<ProjectPace[]> {
  const { rows } = await sql<ProjectPace>`
    ${elsewhere}
    select d.project_id, sum(d.submitted)::bigint as submitted, sum(d.reviewed)::bigint as reviewed,
      sum(d.active_ms)::bigint as active_ms
    from person_days d
    where d.project_id = any(${o.projectIds}::uuid[]) and d.day >= ${o.from}::date
    group by d.project_id`.execute(db)
  return rows
}

export type ProjectTaker = {
  readonly project_id: string
  readonly user_id: string
  readonly roles: ProjectRole[]
}
/** Members of projects who are not paused. */
export async function listProjectTakers(
  db: Db,
  projectIds: readonly string[],
): Promise<ProjectTaker[]> {
  const { rows } = await sql<ProjectTaker>`
    ${elsewhere}
    select m.project_id, m.user_id, m.roles from members m join users u on u.user_id = m.user_id
    where m.project_id = any(${projectIds}::uuid[]) and m.paused_at is null and not u.disabled`.execute(
    db,
  )
  return rows
}

/** Urgent batches opened since: of raised priority, or due within a week of being opened. */
export async function sumCame(
  db: Db,
  o: { projectIds: readonly string[]; batchId: string | undefined; from: Date },
): Promise<{ readonly batches: number; readonly wanted: number }> {
  const { rows } = await sql<{ batches: number; wanted: number }>`
    ${elsewhere}
    select count(*) as batches, coalesce(sum(c.wanted), 0)::bigint as wanted
    from batches b
    cross join lateral (
      select coalesce(sum(s.wanted), 0)::bigint as wanted from batch_counts s
      where s.project_id = b.project_id and s.batch_id = b.batch_id) c
    where b.project_id = any(${o.projectIds}::uuid[]) and b.opened_at >= ${o.from}
      and b.batch_id is distinct from ${o.batchId ?? null}::uuid and b.batch_id <> b.project_id
      and (b.priority > 0 or b.due_at < b.opened_at + interval '7 days')`.execute(db)
  return rows[0] ?? { batches: 0, wanted: 0 }
}

export type Due = { readonly project_id: string; readonly batch_id: string }
/** Batches in work with work left and no forecast of the last hour, those due first first. */
export async function listStale(db: Db, o: { now: Date; most: number }): Promise<Due[]> {
  const { rows } = await sql<Due>`
    ${unscoped('which batches of the installation want a fresh forecast')}
    select b.project_id, b.batch_id
    from batches b
    join projects p on p.project_id = b.project_id and p.archived_at is null
    where b.state in ('open', 'paused', 'checking')
      and exists (
        select 1 from batch_counts s where s.project_id = b.project_id and s.batch_id = b.batch_id
        having sum(s.items) > 0 and sum(s.items - s.done - s.skipped) > 0)
      and not exists (
        select 1 from forecasts f where f.project_id = b.project_id and f.batch_id = b.batch_id
          and f.made_at > ${o.now}::timestamptz - interval '1 hour')
    order by b.due_at nulls last, b.project_id, b.batch_id limit ${o.most}`.execute(db)
  return rows
}
