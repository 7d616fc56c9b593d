/** What the board reads: maintained counts and short index ranges, of the projects a person leads. */
import type { BatchState, Stage } from '@kasauti/core'
import { sql } from 'kysely'
import { batchSignColumns, batchSigns } from '../batch/index.ts'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

const ofSeveral = unscoped('the board of the projects a person leads, their ids given')

export type BoardProject = {
  readonly project_id: string
  readonly name: string
  readonly paused: boolean
}
/** Projects in work that a person leads or manages; all of them for an admin. */
export async function findLedProjects(
  db: Db,
  who: { userId: string; see: 'mine' | 'all'; only: string | undefined },
): Promise<BoardProject[]> {
  const mine = who.see === 'all' ? sql`true` : sql`m.roles && array['lead', 'manager']::text[]`
  const only = who.only === undefined ? sql`true` : sql`p.project_id = ${who.only}`
  const { rows } = await sql<BoardProject>`
    ${ofSeveral}
    select p.project_id, p.name, p.paused_at is not null as paused
    from projects p left join members m on m.project_id = p.project_id and m.user_id = ${who.userId}
    where ${mine} and ${only} and p.archived_at is null
    order by p.name, p.project_id`.execute(db)
  return rows
}

export type DayRow = {
  readonly day: string
  readonly submitted: number
  readonly reviewed: number
  readonly adjudicated: number
  readonly audited: number
  readonly returned: number
  readonly done: number
}
/** Work of the last `days` UTC days up to `today`, oldest first; days without work are left out. */
export async function findDays(
  db: Db,
  o: { projectIds: readonly string[]; today: string; days: number },
): Promise<DayRow[]> {
  const { rows } = await sql<DayRow>`
    ${ofSeveral}
    select x.day, sum(x.submitted)::bigint as submitted, sum(x.reviewed)::bigint as reviewed,
      sum(x.adjudicated)::bigint as adjudicated, sum(x.audited)::bigint as audited,
      sum(x.returned)::bigint as returned, sum(x.done)::bigint as done
    from (
      select d.day, d.submitted, d.reviewed, d.adjudicated, d.audited, d.returned, 0 as done
      from person_days d
      where d.project_id = any(${o.projectIds}::uuid[]) and d.day > ${o.today}::date - ${o.days}::int
      union all
      select b.day, 0, 0, 0, 0, 0, b.done from batch_days b
      where b.project_id = any(${o.projectIds}::uuid[]) and b.day > ${o.today}::date - ${o.days}::int) x
    group by x.day order by x.day`.execute(db)
  return rows
}

export type StageRow = {
  readonly project_id: string
  readonly stage: Stage
  readonly waiting: number
  readonly held: number
  readonly kept: number
  readonly returned: number
}
/** Waiting things are counted no further than this. */
const countedUpTo = 10_000

/** Work in progress by project and stage. Waiting to be annotated: places of people, not items. */
export async function findStages(db: Db, projectIds: readonly string[]): Promise<StageRow[]> {
  const { rows } = await sql<StageRow>`
    ${ofSeveral}
    select p.project_id, s.stage,
      case s.stage when 'annotate' then greatest(0, c.places - coalesce(l.held, 0) - coalesce(l.kept, 0))
        when 'review' then w.n else x.n end as waiting,
      coalesce(l.held, 0) as held, coalesce(l.kept, 0) as kept, coalesce(l.returned, 0) as returned
    from unnest(${projectIds}::uuid[]) p (project_id)
    cross join unnest(array['annotate', 'review', 'adjudicate', 'audit']) s (stage)
    cross join lateral (
      select coalesce(sum(c.wanted - c.annotations), 0)::bigint as places from project_counts c
      where c.project_id = p.project_id) c
    left join lateral (
      select count(*) filter (where a.state = 'leased') as held,
        count(*) filter (where a.state in ('assigned', 'deferred')) as kept,
        count(*) filter (where a.state = 'returned') as returned
      from assignments a
      where a.project_id = p.project_id and a.stage = s.stage
        and a.state in ('leased', 'assigned', 'deferred', 'returned')) l on true
    cross join lateral (
      select count(*) as n from (
        select 1 from annotations o
        where s.stage = 'review' and o.project_id = p.project_id and o.due
          and o.review_assignment_id is null limit ${countedUpTo}) y) w
    cross join lateral (
      select count(*) as n from (
        select 1 from items i
        where i.project_id = p.project_id and i.step = s.stage and i.step in ('adjudicate', 'audit')
          and i.held_by is null and i.removed_at is null limit ${countedUpTo}) y) x
    order by p.project_id, array_position(array['annotate', 'review', 'adjudicate', 'audit'], s.stage)`.execute(
    db,
  )
  return rows
}

export type WaitRow = {
  readonly project_id: string
  readonly what: 'held' | 'to-review' | 'returned' | 'to-adjudicate' | 'to-audit'
  readonly since: Date
}
/** Since when things have been held or waiting, the longest first, up to `countedUpTo` of a project and kind. */
export async function findWaits(db: Db, projectIds: readonly string[]): Promise<WaitRow[]> {
  const { rows } = await sql<WaitRow>`
    ${ofSeveral}
    select p.project_id, x.what, x.since
    from unnest(${projectIds}::uuid[]) p (project_id)
    cross join lateral (
      (select 'held' as what, a.started_at as since from assignments a
       where a.project_id = p.project_id and a.state = 'leased' order by a.started_at limit ${countedUpTo})
      union all
      (select 'returned', coalesce(o.updated_at, a.started_at) from assignments a
       left join annotations o on o.project_id = a.project_id and o.annotation_id = a.annotation_id
       where a.project_id = p.project_id and a.state = 'returned' limit ${countedUpTo})
      union all
      (select 'to-review', o.submitted_at from annotations o
       where o.project_id = p.project_id and o.due and o.review_assignment_id is null
       order by o.submitted_at limit ${countedUpTo})
      union all
      (select 'to-' || i.step, i.updated_at from items i
       where i.project_id = p.project_id and i.step in ('adjudicate', 'audit') and i.held_by is null
         and i.removed_at is null limit ${countedUpTo})) x`.execute(db)
  return rows
}

export type BatchRow = {
  readonly project_id: string
  readonly batch_id: string
  readonly name: string
  readonly state: BatchState
  readonly due_at: Date | null
  readonly items: number
  readonly done: number
  readonly skipped: number
  readonly days: number
  readonly done_lately: number
  readonly p50: Date | null
  readonly chance: number | null
}
/** Batches in work, the most urgent first, with their pace over a fortnight and their forecast of the last six hours. */
export async function findBatches(
  db: Db,
  o: { projectIds: readonly string[]; today: string; now: Date },
): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    ${ofSeveral}
    select b.project_id, b.batch_id, b.name, b.state, b.due_at, c.items, c.done, c.skipped,
      ${batchSignColumns}
    from batches b
    cross join lateral (
      select coalesce(sum(c.items), 0)::bigint as items, coalesce(sum(c.done), 0)::bigint as done,
        coalesce(sum(c.skipped), 0)::bigint as skipped
      from batch_counts c where c.project_id = b.project_id and c.batch_id = b.batch_id) c
    ${batchSigns(o)}
    where b.project_id = any(${o.projectIds}::uuid[]) and b.state in ('open', 'paused', 'checking')
      and c.items > 0
    order by b.due_at nulls last, b.priority desc, b.name limit 500`.execute(db)
  return rows
}

export type PersonRow = {
  readonly project_id: string
  readonly user_id: string
  readonly name: string
  readonly submitted: number
  readonly reviewed: number
  readonly returned: number
  readonly skipped: number
  readonly active_ms: number
  readonly accepted_lately: number
  readonly returned_lately: number
  readonly held: number
  readonly waits: number
  readonly oldest_held_at: Date | null
  readonly oldest_return_at: Date | null
  readonly last_at: Date | null
  readonly paused: boolean
}
/** People who take work in these projects: today, what they hold, and their last week's verdicts. */
export async function findPeople(
  db: Db,
  o: { projectIds: readonly string[]; today: string },
): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    ${ofSeveral}
    select m.project_id, m.user_id, u.name, m.paused_at is not null as paused,
      coalesce(t.submitted, 0) as submitted, coalesce(t.reviewed, 0) + coalesce(t.adjudicated, 0)
        + coalesce(t.audited, 0) as reviewed,
      coalesce(t.returned, 0) as returned, coalesce(t.skipped, 0) as skipped,
      coalesce(t.active_ms, 0)::bigint as active_ms, w.accepted as accepted_lately,
      w.returned as returned_lately, l.held, l.waits, l.oldest_held_at, l.oldest_return_at,
      greatest(w.last_at, l.last_lease) as last_at
    from members m
    join users u on u.user_id = m.user_id
    left join person_days t on t.project_id = m.project_id and t.user_id = m.user_id
      and t.day = ${o.today}::date
    cross join lateral (
      select coalesce(sum(d.accepted), 0)::bigint as accepted, coalesce(sum(d.returned), 0)::bigint as returned,
        max(d.last_at) as last_at
      from person_days d
      where d.project_id = m.project_id and d.user_id = m.user_id and d.day > ${o.today}::date - 7) w
    cross join lateral (
      select count(*) filter (where a.state = 'leased') as held,
        count(*) filter (where a.state <> 'leased') as waits,
        min(a.started_at) filter (where a.state = 'leased') as oldest_held_at,
        min(a.finished_at) filter (where a.state = 'returned') as oldest_return_at,
        max(a.lease_expires_at) filter (where a.state = 'leased') - interval '30 minutes' as last_lease
      from assignments a
      where a.user_id = m.user_id and a.project_id = m.project_id
        and a.state in ('leased', 'assigned', 'deferred', 'returned')) l
    where m.project_id = any(${o.projectIds}::uuid[])
      and (m.roles && array['associate', 'reviewer']::text[] or t.user_id is not null or l.held + l.waits > 0)
    order by u.name, m.user_id, m.project_id`.execute(db)
  return rows
}
