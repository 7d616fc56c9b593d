import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import { blindMember } from '../gold/index.ts'
import { dayOf } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

/** New work and gold a person may still be given are counted no further than this. */
export const countedUpTo = 100

export type MyWork = {
  readonly project_id: string
  readonly name: string
  readonly roles: ProjectRole[]
  readonly items: number
  readonly annotated: number
  readonly accepted: number
  /** Gold stands hidden in their work: what the project counts is not told. */
  readonly blind: boolean
  readonly gold_left: number
  readonly returned_to_me: number
  /** Leases this person holds and what leads gave them, by stage; nothing while they or the project are paused. */
  readonly held_annotate: number
  readonly held_review: number
  /** What this person finished here so far: submitted and skipped. */
  readonly annotated_by_me: number
  readonly reviewed_by_me: number
}

/** Of members `m` of projects `p`, as users `u`: whether they see references in place of keys. */
const blindPerson = sql`(${blindMember} and not u.admin)`

/** Every project in work this person is a member of, the one they worked in last first. */
export async function findMyWork(db: Db, userId: string): Promise<MyWork[]> {
  const { rows } = await sql<MyWork>`
    ${unscoped("one person's own projects, for their first page")}
    select p.project_id, p.name, m.roles, c.items, c.annotated, c.accepted, ${blindPerson} as blind, h.n as gold_left,
      b.returned as returned_to_me, b.held_annotate, b.held_review,
      l.annotated as annotated_by_me, l.reviewed as reviewed_by_me
    from members m
    join projects p on p.project_id = m.project_id and p.archived_at is null
    cross join lateral (
      select coalesce(sum(s.items), 0)::bigint as items,
        coalesce(sum(s.annotated), 0)::bigint as annotated, coalesce(sum(s.accepted), 0)::bigint as accepted
      from project_counts s where s.project_id = m.project_id) c
    cross join lateral (
      select count(*) as n from (
        select 1 from golds g
        where g.project_id = m.project_id and g.use = 'hidden' and g.active and ${blindMember}
          and not exists (
            select 1 from assignments a
            where a.project_id = m.project_id and a.user_id = ${userId} and a.item_id = g.item_id
              and a.stage = 'annotate' and a.state not in ('expired', 'released')
            offset 0)
        limit ${sql.lit(countedUpTo)}) x) h
    cross join lateral (
      select count(*) filter (where a.state = 'returned') as returned,
        count(*) filter (where a.state in ('leased', 'assigned') and a.stage = 'annotate') as held_annotate,
        count(*) filter (where a.state in ('leased', 'assigned') and a.stage = 'review') as held_review
      from assignments a
      join items i on i.project_id = a.project_id and i.item_id = a.item_id and i.removed_at is null
      where a.user_id = ${userId} and a.project_id = m.project_id
        and a.state in ('returned', 'leased', 'assigned') and a.purpose in ('work', 'gold')
        and p.paused_at is null and m.paused_at is null) b
    cross join lateral (
      select max(d.last_at) as at,
        coalesce(sum(d.submitted + d.skipped), 0)::bigint as annotated,
        coalesce(sum(d.reviewed), 0)::bigint as reviewed
      from person_days d
      where d.project_id = m.project_id and d.user_id = ${userId}) l
    join users u on u.user_id = m.user_id
    where m.user_id = ${userId}
    order by l.at desc nulls last, p.created_at desc`.execute(db)
  return rows
}

export type Returned = {
  readonly assignment_id: string
  readonly project_id: string
  readonly project_name: string
  readonly key: string
  readonly ordinal: number
  readonly seed: number
  readonly blind: boolean
  readonly note: string
  readonly at: Date
}

/** Work that came back to this person, oldest first, at most 50. */
export async function findReturned(db: Db, userId: string): Promise<Returned[]> {
  const { rows } = await sql<Returned>`
    ${unscoped("one person's returned work in all their projects, for their first page")}
    select a.assignment_id, a.project_id, p.name as project_name, i.key, i.ordinal, p.seed,
      ${blindPerson} as blind, r.note, r.created_at as at
    from assignments a
    join members m on m.project_id = a.project_id and m.user_id = a.user_id
    join users u on u.user_id = m.user_id
    join projects p on p.project_id = a.project_id and p.archived_at is null
    join items i on i.project_id = a.project_id and i.item_id = a.item_id and i.removed_at is null
    cross join lateral (
      select v.note, v.created_at from reviews v
      where v.project_id = a.project_id and v.annotation_id = a.annotation_id and v.verdict = 'returned'
      order by v.created_at desc limit 1) r
    where a.user_id = ${userId} and a.state = 'returned'
    order by r.created_at limit 50`.execute(db)
  return rows
}

/** What a person handed in on the UTC day of `now`, in all projects. */
export async function findDay(
  db: Db,
  userId: string,
  now: Date,
): Promise<{ readonly submitted: number; readonly active_ms: number }> {
  const { rows } = await sql<{ submitted: number; active_ms: number }>`
    ${unscoped("one person's own day in all their projects, for their first page")}
    select coalesce(sum(d.submitted + d.reviewed), 0)::bigint as submitted,
      coalesce(sum(d.active_ms), 0)::bigint as active_ms
    from members m
    join person_days d on d.project_id = m.project_id and d.user_id = m.user_id and d.day = ${dayOf(now)}::date
    where m.user_id = ${userId}`.execute(db)
  return rows[0] ?? { submitted: 0, active_ms: 0 }
}
