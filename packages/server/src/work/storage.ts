/** Statements on assignments, drafts and leases. The item of an assignment is always locked first. */

import type { Mark as MarkShape } from '@kasauti/contract'
import type { AssignmentState, Stage } from '@kasauti/core'
import { sql } from 'kysely'
import type { z } from 'zod'
import { type ItemColumns, itemColumns } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { atCommit, inOneGo, json, unscoped } from '../platform/db/index.ts'

export type Mark = z.output<typeof MarkShape>
export type At = { readonly projectId: string; readonly assignmentId: string }
type Who = { readonly projectId: string; readonly userId: string }

/** What claiming needs to know of a project, and where this person's queue stands. */
export type Queue = {
  readonly name: string
  readonly schema_version: number
  readonly seed: number
  readonly archived: boolean
  readonly workflow_version: number
  readonly position: number | null
}

const queueLock = (who: Who) => sql<Queue>`
  select p.name, p.schema_version, p.seed, p.archived_at is not null as archived,
    p.workflow_version,
    (select q.rank from queue_positions q
     where q.project_id = ${who.projectId} and q.user_id = ${who.userId} and q.batch_id = ${who.projectId}
     for no key update) as position
  from projects p where p.project_id = ${who.projectId}`

/**
 * Locks the person's place in the queue, so that two claims of one person follow one another, then
 * finds what they hold or got back and is not listed in `holding`: returned work first, then oldest first.
 */
export async function lockQueue(
  db: Db,
  who: Who,
  o: Holding,
): Promise<{ readonly queue: Queue | undefined; readonly held: readonly WorkRow[] }> {
  const [[queue], held] = await inOneGo(db, queueLock(who), heldWork(who, o))
  return { queue, held }
}

/** The place of a person who has none yet; waits if another request of theirs is making it. */
export async function openQueue(db: Db, who: Who): Promise<number> {
  const { rows } = await sql<{ ordinal: number }>`
    insert into queue_positions as q (project_id, user_id, batch_id, rank)
    values (${who.projectId}, ${who.userId}, ${who.projectId}, 0)
    on conflict (project_id, user_id, batch_id) do update set rank = q.rank
    returning rank as ordinal`.execute(db)
  return rows[0]?.ordinal ?? 0
}

export type PickedItem = {
  readonly item_id: string
  readonly batch_id: string
  readonly ordinal: number
  readonly key: string
  readonly inputs: Record<string, unknown>
  readonly nth: number
}

/**
 * Take up to `count` items after `after` that want one more person and that this person never had,
 * in order. `pass`: skip items other claims are taking at this moment. `wait`: wait for them.
 */
export async function takeItems(
  db: Db,
  who: Who,
  o: { after: number; upTo?: number; count: number; locked: 'pass' | 'wait' },
): Promise<PickedItem[]> {
  const upTo = o.upTo === undefined ? sql`` : sql`and i.ordinal <= ${o.upTo}`
  // `offset 0` keeps the planner from turning the test per row into a join with all I ever had.
  const { rows } = await sql<PickedItem>`
    with pick as materialized (
      select i.item_id from items i
      where i.project_id = ${who.projectId} and i.slots > 0 and i.ordinal > ${o.after} ${upTo}
        and not exists (
          select 1 from assignments a
          where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.item_id = i.item_id
            and a.stage = 'annotate' and a.state in ('leased', 'returned', 'submitted', 'skipped')
          offset 0)
      order by i.ordinal limit ${sql.lit(o.count)}
      for no key update of i ${o.locked === 'pass' ? sql`skip locked` : sql``}
    ), taken as (
      update items i set slots = i.slots - 1, leased = i.leased + 1
      from pick where i.project_id = ${who.projectId} and i.item_id = pick.item_id
      returning i.item_id, i.batch_id, i.ordinal, i.key
    )
    select t.item_id, t.batch_id, t.ordinal, t.key, n.inputs,
      (select count(*) from assignments a
       where a.project_id = ${who.projectId} and a.item_id = t.item_id and a.stage = 'annotate') as nth
    from taken t
    join item_inputs n on n.project_id = ${who.projectId} and n.item_id = t.item_id
    order by t.ordinal`.execute(db)
  return rows
}

export type NewAssignment = {
  readonly assignmentId: string
  readonly itemId: string
  readonly batchId: string
  readonly eventId: string
  readonly presentation: unknown
}

/** Store fresh leases of taken items with their history, and move the person's place, at commit. */
export async function insertAssignments(
  db: Db,
  who: Who,
  o: {
    rows: readonly NewAssignment[]
    schemaVersion: number
    now: Date
    leaseExpiresAt: Date
    position: number
  },
): Promise<void> {
  await atCommit(
    db,
    sql`
    with given as (
      select * from unnest(${o.rows.map((r) => r.assignmentId)}::uuid[], ${o.rows.map((r) => r.itemId)}::uuid[],
        ${o.rows.map((r) => r.eventId)}::uuid[], ${o.rows.map((r) => json(r.presentation))}::text[],
        ${o.rows.map((r) => r.batchId)}::uuid[])
        as g (assignment_id, item_id, event_id, presentation, batch_id)
    ), leases as (
      insert into assignments (project_id, assignment_id, item_id, batch_id, stage, user_id, state, schema_version,
        presentation, started_at, lease_expires_at)
      select ${who.projectId}::uuid, g.assignment_id, g.item_id, g.batch_id, 'annotate', ${who.userId}::uuid, 'leased',
        ${o.schemaVersion}::int, g.presentation::jsonb, ${o.now}::timestamptz, ${o.leaseExpiresAt}::timestamptz
      from given g
    ), moved as (
      update queue_positions q set rank = ${o.position}
      where q.project_id = ${who.projectId} and q.user_id = ${who.userId} and q.batch_id = ${who.projectId}
    )
    insert into item_events (project_id, item_id, event_id, kind, user_id, at)
    select ${who.projectId}::uuid, g.item_id, g.event_id, 'leased', ${who.userId}::uuid, ${o.now}::timestamptz
    from given g`,
  )
}

/** An assignment with all the workbench shows. */
export type WorkRow = {
  readonly assignment_id: string
  readonly item_id: string
  readonly stage: Stage
  readonly user_id: string
  readonly state: AssignmentState
  readonly annotation_id: string | null
  readonly schema_version: number
  readonly presentation: unknown
  readonly draft: Record<string, unknown> | null
  readonly draft_version: number
  readonly active_ms: number
  readonly lease_expires_at: Date
  readonly ordinal: number
  readonly key: string
  readonly inputs: Record<string, unknown>
  readonly answers: Record<string, unknown> | null
  readonly project_name: string
  readonly last_verdict: 'accepted' | 'fixed' | 'returned' | null
  readonly last_note: string | null
  readonly last_marks: readonly Mark[] | null
  readonly last_by: string | null
  readonly last_at: Date | null
}
const workRows = (who: Who) => sql`
  select a.assignment_id, a.item_id, a.stage, a.user_id, a.state, a.annotation_id, a.schema_version,
    a.presentation, a.draft, a.draft_version, a.active_ms, a.lease_expires_at, i.ordinal, i.key, n.inputs,
    o.answers, p.name as project_name, r.verdict as last_verdict, r.note as last_note, r.marks as last_marks,
    r.name as last_by,
    r.created_at as last_at
  from assignments a
  join projects p on p.project_id = a.project_id
  join items i on i.project_id = a.project_id and i.item_id = a.item_id
  join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
  left join annotations o on o.project_id = a.project_id and o.annotation_id = a.annotation_id
  left join lateral (
    select v.verdict, v.note, v.marks, v.created_at, u.name from reviews v join users u on u.user_id = v.reviewer_id
    where v.project_id = ${who.projectId} and v.annotation_id = a.annotation_id and v.verdict = 'returned'
    order by v.created_at desc limit 1) r on a.stage = 'annotate' and a.annotation_id is not null
  where a.project_id = ${who.projectId} and a.user_id = ${who.userId}`

type Holding = { stage: Stage; holding: readonly string[]; count: number }
const heldWork = (who: Who, o: Holding) => sql<WorkRow>`
  ${workRows(who)} and a.stage = ${o.stage} and a.state in ('leased', 'returned')
    and a.assignment_id <> all(${o.holding}::uuid[]) and i.removed_at is null
  order by (a.annotation_id is not null) desc, a.started_at, i.ordinal limit ${sql.lit(o.count)}`

export async function findWork(
  db: Db,
  who: Who,
  assignmentIds: readonly string[],
): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    ${workRows(who)} and a.assignment_id = any(${assignmentIds}::uuid[]) order by i.ordinal`.execute(
    db,
  )
  return rows
}

/** Returned work taken up again: a new lease and a new clock. */
export async function takeUpReturned(
  db: Db,
  who: Who,
  o: { assignmentIds: readonly string[]; now: Date; leaseExpiresAt: Date },
): Promise<void> {
  await sql`
    update assignments a set state = 'leased', started_at = ${o.now}, active_ms = 0, finished_at = null,
      lease_expires_at = ${o.leaseExpiresAt}
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.state = 'returned'
      and a.assignment_id = any(${o.assignmentIds}::uuid[])`.execute(db)
}

/** Leases that are handed out once more run anew. */
export async function renewLeases(
  db: Db,
  who: Who,
  o: { assignmentIds: readonly string[]; leaseExpiresAt: Date },
): Promise<void> {
  await sql`
    update assignments a set lease_expires_at = ${o.leaseExpiresAt}
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.state = 'leased'
      and a.assignment_id = any(${o.assignmentIds}::uuid[])`.execute(db)
}

/** Milliseconds a person may claim to have been active: no more than passed, never less than before. */
const clampedActive = (activeMs: number, now: Date) => sql`
  least(greatest(a.active_ms, ${activeMs}::bigint),
    greatest(a.active_ms, (extract(epoch from ${now}::timestamptz - a.started_at) * 1000)::bigint))`

export type Beat = { readonly activeMs: number; readonly now: Date; readonly leaseExpiresAt: Date }

/** Keep a live lease; false if there is no live lease of this person under the id. */
export async function beat(db: Db, who: Who, at: At & Beat): Promise<boolean> {
  const { rows } = await sql`
    update assignments a set lease_expires_at = ${at.leaseExpiresAt}, active_ms = ${clampedActive(at.activeMs, at.now)}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId} and a.user_id = ${who.userId}
      and a.state = 'leased'
    returning 1`.execute(db)
  return rows.length > 0
}

/** Store a draft on a live lease; the new version, or `undefined` if lease or version do not fit. */
export async function writeDraft(
  db: Db,
  who: Who,
  at: At & Beat & { answers: unknown; basedOn: number },
): Promise<number | undefined> {
  const { rows } = await sql<{ draft_version: number }>`
    update assignments a set draft = ${json(at.answers)}::jsonb, draft_version = a.draft_version + 1,
      lease_expires_at = ${at.leaseExpiresAt}, active_ms = ${clampedActive(at.activeMs, at.now)}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId} and a.user_id = ${who.userId}
      and a.state = 'leased' and a.draft_version = ${at.basedOn}
    returning a.draft_version`.execute(db)
  return rows[0]?.draft_version
}

/**
 * Keep the answers of somebody whose lease is over, whatever becomes of the lease. `pass`: not if
 * another transaction is at the assignment, be it the caller's own. @returns whether they were kept
 */
export async function keepLateAnswers(
  db: Db,
  who: Who,
  at: At & { answers: unknown; locked: 'pass' | 'wait' },
): Promise<boolean> {
  const { rows } = await sql`
    update assignments a set draft = ${json(at.answers)}::jsonb, draft_version = a.draft_version + 1
    from (select x.assignment_id from assignments x
      where x.project_id = ${at.projectId} and x.assignment_id = ${at.assignmentId}
        and x.user_id = ${who.userId} and x.state = 'expired'
      for no key update ${at.locked === 'pass' ? sql`skip locked` : sql``}) late
    where a.project_id = ${at.projectId} and a.assignment_id = late.assignment_id
    returning 1`.execute(db)
  return rows.length > 0
}

export type Standing = Pick<WorkRow, 'state' | 'stage' | 'draft_version' | 'item_id'>

/** How an assignment of this person stands, without a lock. */
export async function findStanding(db: Db, who: Who, at: At): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select a.state, a.stage, a.draft_version, a.item_id from assignments a
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}
      and a.user_id = ${who.userId}`.execute(db)
  return rows[0]
}

export type LockedRow = ItemColumns & {
  readonly assignment_id: string
  readonly stage: Stage
  readonly state: WorkRow['state']
  readonly annotation_id: string | null
  readonly schema_version: number
  readonly presentation: unknown
  readonly draft_version: number
  readonly started_at: Date
  /** Clamped to the time that passed. */
  readonly active_ms: number
  readonly inputs: Record<string, unknown>
  readonly skip_reasons: readonly { readonly id: string }[]
}

/**
 * An assignment of this person with its item, both locked, item first. An expired one only when asked
 * for: its late answers are to be kept before anything is locked.
 */
export async function lockWork(
  db: Db,
  who: Who,
  at: At & { activeMs: number; now: Date; expired: 'too' | 'not' },
): Promise<LockedRow | undefined> {
  const alive = at.expired === 'too' ? sql`` : sql`and a.state <> 'expired'`
  const { rows } = await sql<LockedRow>`
    select a.assignment_id, a.stage, a.state, a.annotation_id, a.schema_version, a.presentation,
      a.draft_version, a.started_at, ${clampedActive(at.activeMs, at.now)} as active_ms, n.inputs,
      p.settings->'skipReasons' as skip_reasons, ${itemColumns}
    from assignments a
    join projects p on p.project_id = a.project_id
    join items i on i.project_id = a.project_id and i.item_id = a.item_id
    join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId} and a.user_id = ${who.userId}
      ${alive}
    for no key update of i, a`.execute(db)
  return rows[0]
}

/** Another live or finished assignment of the same person for the same item. */
export async function hasOther(db: Db, who: Who, itemId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from assignments a where a.project_id = ${who.projectId} and a.user_id = ${who.userId}
      and a.item_id = ${itemId} and a.stage = 'annotate'
      and a.state in ('leased', 'returned', 'submitted', 'skipped')) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Leased once more: after it ran out, or to go back to it. */
export async function leaseAgain(
  db: Db,
  at: At & { leaseExpiresAt: Date; clock: 'keep' | Date },
): Promise<void> {
  const clock =
    at.clock === 'keep'
      ? sql``
      : sql`, started_at = ${at.clock}, active_ms = 0, finished_at = null,
          skip_reason = null, skip_note = null`
  await sql`
    update assignments a set state = 'leased', lease_expires_at = ${at.leaseExpiresAt} ${clock}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
}

export type Ending = At & {
  readonly state: 'submitted' | 'skipped' | 'released' | 'returned'
  readonly activeMs: number
  readonly now: Date
  readonly skip?: { readonly reason: string; readonly note: string }
}
/** An assignment ends, or goes back to where it was before it was taken up. */
export async function endAssignment(db: Db, at: Ending): Promise<void> {
  await sql`
    update assignments a set state = ${at.state}, active_ms = ${at.activeMs},
      finished_at = ${at.state === 'released' ? null : at.now},
      draft = case when ${at.state}::text = 'submitted' then null else a.draft end,
      skip_reason = ${at.skip?.reason ?? null}, skip_note = ${at.skip?.note ?? null}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
}

/** How many people skipped the item. */
export async function countSkips(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from assignments a
    where a.project_id = ${at.projectId} and a.item_id = ${at.itemId} and a.stage = 'annotate'
      and a.state = 'skipped'`.execute(db)
  return rows[0]?.n ?? 0
}

export type RecentRow = {
  readonly assignment_id: string
  readonly item_id: string
  readonly key: string
  readonly preview: string
  readonly state: WorkRow['state']
  readonly finished_at: Date
  readonly may_reopen: boolean
}
/** A person's last finished assignments, newest first. */
export async function listRecent(
  db: Db,
  who: Who,
  o: { stage: Stage; limit: number },
): Promise<RecentRow[]> {
  const { rows } = await sql<RecentRow>`
    select a.assignment_id, a.item_id, i.key, n.preview, a.state, a.finished_at,
      a.stage = 'annotate' and i.removed_at is null and (
        (a.state = 'submitted' and o.state = 'submitted' and o.review_assignment_id is null)
        or (a.state = 'skipped' and (i.withdrawn or i.slots > 0))) as may_reopen
    from assignments a
    join items i on i.project_id = a.project_id and i.item_id = a.item_id
    join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
    left join annotations o on o.project_id = a.project_id and o.annotation_id = a.annotation_id
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.stage = ${o.stage}
      and a.finished_at is not null
    order by a.finished_at desc limit ${o.limit}`.execute(db)
  return rows
}

/** What a sweep ended: one row per assignment. */
export type Expired = { readonly item_id: string; readonly user_id: string; readonly stage: string }

/**
 * End up to as many leases that ran out before `now` as there are ids. Rows others are working on are
 * passed over: the next sweep finds them. A lease on work already handed in once goes back to where
 * it came from; slots of the others are given back.
 */
export async function expireLeases(
  db: Db,
  o: { projectId: string; now: Date; eventIds: readonly string[] },
): Promise<Expired[]> {
  const { rows } = await sql<Expired>`
    with due as materialized (
      select a.assignment_id, a.item_id, a.user_id, a.stage, a.annotation_id
      from assignments a
      join items i on i.project_id = a.project_id and i.item_id = a.item_id
      where a.project_id = ${o.projectId} and a.state = 'leased' and a.lease_expires_at < ${o.now}
      order by a.lease_expires_at limit ${o.eventIds.length}
      for no key update of i, a skip locked
    ), ended as (
      update assignments a set state = case
          when a.stage = 'review' or a.annotation_id is null then 'expired'
          else (select case when o.state = 'returned' then 'returned' else 'submitted' end
                from annotations o
                where o.project_id = ${o.projectId} and o.annotation_id = a.annotation_id) end
      from due where a.project_id = ${o.projectId} and a.assignment_id = due.assignment_id
    ), let_go as (
      update annotations o set review_assignment_id = null
      from due where o.project_id = ${o.projectId} and o.annotation_id = due.annotation_id
        and o.review_assignment_id = due.assignment_id
    ), freed as (
      update items i set leased = i.leased - f.n,
        slots = case when i.withdrawn or i.removed_at is not null then 0
          else greatest(0, i.wanted - (i.leased - f.n) - i.annotations) end
      from (select due.item_id, count(*)::smallint as n from due
            where due.stage = 'annotate' and due.annotation_id is null group by due.item_id) f
      where i.project_id = ${o.projectId} and i.item_id = f.item_id
    ), told as (
      insert into item_events (project_id, item_id, event_id, kind, user_id, at)
      select ${o.projectId}::uuid, d.item_id, g.event_id, 'expired', d.user_id, ${o.now}::timestamptz
      from (select due.item_id, due.user_id, row_number() over () as n from due) d
      join unnest(${o.eventIds}::uuid[]) with ordinality as g (event_id, n) on g.n = d.n
    )
    select due.item_id, due.user_id, due.stage from due`.execute(db)
  return rows
}

/** Projects in which a lease ran out before `now`. */
export async function findProjectsWithExpired(db: Db, now: Date): Promise<string[]> {
  const { rows } = await sql<{ project_id: string }>`
    ${unscoped('finds the projects whose leases are to be swept, one by one')}
    select distinct a.project_id from assignments a
    where a.state = 'leased' and a.lease_expires_at < ${now}`.execute(db)
  return rows.map((row) => row.project_id)
}
