/** Statements on assignments, drafts and leases. The item of an assignment is always locked first. */

import type { Mark as MarkShape } from '@kasauti/contract'
import type { AssignmentState, Purpose, Stage } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import { blindMember, hiddenGold } from '../gold/index.ts'
import { type ItemColumns, itemColumns, setPlace } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { atCommit, json, unscoped } from '../platform/db/index.ts'
import type { Who } from './queue-draw.ts'
import type { Scope } from './queue-storage.ts'

type Mark = z.output<typeof MarkShape>
export type At = { readonly projectId: string; readonly assignmentId: string }

export type NewAssignment = {
  readonly assignmentId: string
  readonly itemId: string
  readonly eventId: string
  readonly presentation: unknown
  readonly purpose: Purpose
  readonly goldId?: string | undefined
  readonly sittingId?: string | undefined
  readonly fromAnnotationId: string | null
}

/** Store fresh leases of taken places with their history, and how far the person has looked, at commit. */
export async function insertLeases(
  db: Db,
  who: Who,
  o: {
    batchId: string
    rows: readonly NewAssignment[]
    schemaVersion: number
    now: Date
    leaseExpiresAt: Date
    /** Left as it is when not given. */
    position: number | undefined
  },
): Promise<void> {
  await atCommit(
    db,
    sql`
    with given as (
      select * from unnest(${o.rows.map((r) => r.assignmentId)}::uuid[], ${o.rows.map((r) => r.itemId)}::uuid[],
        ${o.rows.map((r) => r.eventId)}::uuid[], ${o.rows.map((r) => json(r.presentation))}::text[],
        ${o.rows.map((r) => r.fromAnnotationId)}::uuid[], ${o.rows.map((r) => r.purpose)}::text[],
        ${o.rows.map((r) => r.goldId ?? null)}::uuid[], ${o.rows.map((r) => r.sittingId ?? null)}::uuid[])
        as g (assignment_id, item_id, event_id, presentation, from_annotation_id, purpose, gold_id, sitting_id)
    ), leases as (
      insert into assignments (project_id, assignment_id, item_id, batch_id, stage, user_id, state, schema_version,
        presentation, from_annotation_id, purpose, gold_id, sitting_id, started_at, lease_expires_at)
      select ${who.projectId}::uuid, g.assignment_id, g.item_id, ${o.batchId}::uuid, 'annotate', ${who.userId}::uuid,
        'leased', ${o.schemaVersion}::int, g.presentation::jsonb, g.from_annotation_id, g.purpose, g.gold_id,
        g.sitting_id, ${o.now}::timestamptz,
        ${o.leaseExpiresAt}::timestamptz
      from given g
    ), moved as (
      insert into queue_positions as q (project_id, user_id, batch_id, rank)
      select ${who.projectId}::uuid, ${who.userId}::uuid, ${o.batchId}::uuid, ${o.position ?? 0}::bigint
      where ${o.position !== undefined}
      on conflict (project_id, user_id, batch_id) do update set rank = excluded.rank
      where q.rank <> excluded.rank
    )
    insert into item_events (project_id, item_id, event_id, kind, user_id, at)
    select ${who.projectId}::uuid, g.item_id, g.event_id, 'leased', ${who.userId}::uuid, ${o.now}::timestamptz
    from given g`,
  )
}

/** An assignment with all the workbench shows. */
export type WorkRow = {
  readonly project_id: string
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
  /** Empty for what is in no batch of its own. */
  readonly batch_name: string
  readonly due_at: Date | null
  readonly seed: number
  /** Whether this person is shown references in place of keys: see gold. */
  readonly blind: boolean
  readonly last_verdict: 'accepted' | 'fixed' | 'returned' | null
  readonly last_note: string | null
  readonly last_marks: readonly Mark[] | null
  readonly last_by: string | null
  readonly last_at: Date | null
}
/** `answers`: one's own of before, or those of somebody else to start from. */
const workRows = sql`
  select a.project_id, a.assignment_id, a.item_id, a.stage, a.user_id, a.state, a.annotation_id, a.schema_version,
    a.presentation, a.draft, a.draft_version, a.active_ms, a.lease_expires_at, i.ordinal, i.key, n.inputs,
    coalesce(o.answers, ga.answers) as answers, p.seed, coalesce(${blindMember}, false) as blind, p.name as project_name, b.name as batch_name, b.due_at, r.verdict as last_verdict,
    r.note as last_note, r.marks as last_marks, r.name as last_by, r.created_at as last_at
  from assignments a
  join projects p on p.project_id = a.project_id
  join batches b on b.project_id = a.project_id and b.batch_id = a.batch_id
  left join members m on m.project_id = a.project_id and m.user_id = a.user_id
  join items i on i.project_id = a.project_id and i.item_id = a.item_id
  join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
  left join annotations o on o.project_id = a.project_id
    and o.annotation_id = coalesce(a.annotation_id, a.from_annotation_id)
  left join gold_answers ga on ga.project_id = a.project_id and ga.assignment_id = a.assignment_id
  left join lateral (
    select v.verdict, v.note, v.marks, v.created_at, u.name from reviews v join users u on u.user_id = v.reviewer_id
    where v.project_id = a.project_id and v.annotation_id = o.annotation_id and v.verdict = 'returned'
    order by v.created_at desc limit 1) r on a.stage in ('annotate', 'adjudicate')`

type Holding = {
  readonly stages: readonly Stage[]
  readonly holding: readonly string[]
  readonly count: number
  readonly purpose: 'work' | 'training' | 'exam'
  readonly sittingId?: string | undefined
  /** Put by before then comes back on its own. */
  readonly dayStart: Date
}

/** What waits before anything new: came back, was assigned, is held, was put by on an earlier day. */
export const heldWork = (userId: string, scope: Scope, o: Holding) =>
  mine(userId, scope, {
    ...o,
    // One condition to the planner, so that only this person's own are looked through.
    which: sql`case when a.state in ('returned', 'leased') then true when a.state = 'assigned' then ${open}
      else a.finished_at < ${o.dayStart} and ${open} end`,
  })

export const findHeld = async (
  db: Db,
  userId: string,
  o: Holding & { scope: Scope },
): Promise<readonly WorkRow[]> => (await heldWork(userId, o.scope, o).execute(db)).rows

/** What was put by today: when there is nothing else. */
export const findDeferred = async (
  db: Db,
  userId: string,
  o: Omit<Holding, 'dayStart'> & { scope: Scope },
): Promise<readonly WorkRow[]> =>
  (await mine(userId, o.scope, { ...o, which: sql`a.state = 'deferred' and ${open}` }).execute(db))
    .rows

/** What is begun may be finished while a batch is paused; what waits for its person waits on. */
const open = sql`(b.state = 'open' or b.state = 'checking' and a.stage <> 'annotate')`

const mine = (
  userId: string,
  scope: Scope,
  o: Omit<Holding, 'dayStart'> & { readonly which: RawBuilder<unknown> },
) => sql<WorkRow>`
  ${scope.over === 'all' ? unscoped("one person's own work over all their projects") : sql``}
  ${workRows}
  where a.user_id = ${userId}
    and ${scope.over === 'all' ? sql`m.user_id is not null and p.archived_at is null` : sql`a.project_id = ${scope.projectId}`}
    and p.paused_at is null and m.paused_at is null
    and a.state in ('leased', 'assigned', 'deferred', 'returned') and a.stage = any(${o.stages}::text[])
    and ${o.purpose === 'work' ? sql`a.purpose in ('work', 'gold')` : sql`a.purpose = ${o.purpose}`}
    and ${o.sittingId === undefined ? sql`true` : sql`a.sitting_id = ${o.sittingId}`}
    and ${o.which} and b.state in ('open', 'paused', 'checking')
    and a.assignment_id <> all(${o.holding}::uuid[]) and i.removed_at is null
  order by case when a.stage = 'annotate' and a.annotation_id is not null then 0
      when a.state = 'assigned' then 1 else 2 end, a.started_at,
    a.assignment_id
  limit ${sql.lit(o.count)}`

export const workOf = (who: Who, assignmentIds: readonly string[]) => sql<WorkRow>`
  ${workRows}
  where a.project_id = ${who.projectId} and a.user_id = ${who.userId}
    and a.assignment_id = any(${assignmentIds}::uuid[]) order by a.assignment_id`

export const findWork = async (
  db: Db,
  who: Who,
  assignmentIds: readonly string[],
): Promise<readonly WorkRow[]> => (await workOf(who, assignmentIds).execute(db)).rows

/** Live work on the screen (again), what is still theirs: a lease from now; what came back or was assigned starts a new clock. */
export async function takeUp(
  db: Db,
  who: Who,
  o: { assignmentIds: readonly string[]; now: Date; leaseExpiresAt: Date },
): Promise<string[]> {
  const { rows } = await sql<{ assignment_id: string }>`
    update assignments a set state = 'leased',
      lease_expires_at = case when a.state = 'leased' then greatest(a.lease_expires_at, ${o.leaseExpiresAt}::timestamptz)
        else ${o.leaseExpiresAt}::timestamptz end,
      started_at = case when a.state in ('returned', 'assigned') then ${o.now} else a.started_at end,
      active_ms = case when a.state in ('returned', 'assigned') then 0 else a.active_ms end,
      finished_at = null, skip_reason = null, skip_note = null
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId}
      and a.state in ('leased', 'assigned', 'deferred', 'returned')
      and a.assignment_id = any(${o.assignmentIds}::uuid[])
    returning a.assignment_id`.execute(db)
  return rows.map((row) => row.assignment_id)
}

/** Keep leases longer: what is taken along. */
export async function keepLonger(
  db: Db,
  who: Who,
  o: { assignmentIds: readonly string[]; until: Date },
): Promise<void> {
  await sql`
    update assignments a set lease_expires_at = greatest(a.lease_expires_at, ${o.until}::timestamptz)
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
    update assignments a set lease_expires_at = greatest(a.lease_expires_at, ${at.leaseExpiresAt}::timestamptz), active_ms = ${clampedActive(at.activeMs, at.now)}
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
      lease_expires_at = greatest(a.lease_expires_at, ${at.leaseExpiresAt}::timestamptz), active_ms = ${clampedActive(at.activeMs, at.now)}
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
  at: At & { answers: unknown; basedOn?: number | undefined; locked: 'pass' | 'wait' },
): Promise<boolean> {
  const { rows } = await sql`
    update assignments a set draft = ${json(at.answers)}::jsonb, draft_version = a.draft_version + 1
    from (select x.assignment_id from assignments x
      where x.project_id = ${at.projectId} and x.assignment_id = ${at.assignmentId}
        and x.user_id = ${who.userId} and x.state = 'expired'
        and (x.draft is null or x.draft_version <= ${at.basedOn ?? null}::int is not false)
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
  readonly user_id: string
  readonly from_annotation_id: string | null
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
  readonly purpose: Purpose
  readonly sitting_id: string | null
  readonly finished_at: Date | null
  readonly hidden_gold: boolean
  readonly seed: number
  /** The project's workflow in force. */
  readonly workflow_version: number
  readonly skip_reasons: readonly {
    readonly id: string
    readonly consequence: 'me-later' | 'others' | 'out'
  }[]
}

const lockedColumns = (activeMs: RawBuilder<unknown>) => sql`
  a.assignment_id, a.user_id, a.stage, a.state, a.annotation_id, a.from_annotation_id, a.schema_version,
  a.presentation, a.draft_version, a.started_at, ${activeMs} as active_ms, n.inputs, a.purpose, a.sitting_id,
  a.finished_at, ${hiddenGold} as hidden_gold, p.settings->'skipReasons' as skip_reasons, p.seed,
  p.workflow_version, ${itemColumns}`
const lockedTables = sql`assignments a
    join projects p on p.project_id = a.project_id
    join items i on i.project_id = a.project_id and i.item_id = a.item_id
    join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id`

/**
 * An assignment of this person with its item, both locked, item first. An expired one only when asked
 * for: its late answers are to be kept before anything is locked.
 */
export const lockedWork = (
  who: Who,
  at: At & { activeMs: number; now: Date; expired: 'too' | 'not' },
) => sql<LockedRow>`
  select ${lockedColumns(clampedActive(at.activeMs, at.now))}
  from ${lockedTables}
  where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId} and a.user_id = ${who.userId}
    ${at.expired === 'too' ? sql`` : sql`and a.state <> 'expired'`}
  for no key update of i, a`

/** Assignments of whomever with their items, all locked, in the order of the items. */
export async function lockAssignments(
  db: Db,
  at: { projectId: string; assignmentIds: readonly string[] },
): Promise<LockedRow[]> {
  const { rows } = await sql<LockedRow>`
    select ${lockedColumns(sql`a.active_ms`)}
    from ${lockedTables}
    where a.project_id = ${at.projectId} and a.assignment_id = any(${at.assignmentIds}::uuid[])
    order by i.item_id
    for no key update of i, a`.execute(db)
  return rows
}

/** Another live or finished assignment of the same person for the same item. */
export async function hasOther(db: Db, who: Who, itemId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from assignments a where a.project_id = ${who.projectId} and a.user_id = ${who.userId}
      and a.item_id = ${itemId} and a.stage = 'annotate'
      and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped')) as found`.execute(
    db,
  )
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
      : sql`, started_at = ${at.clock}, active_ms = 0, skip_reason = null, skip_note = null`
  await sql`
    update assignments a set state = 'leased', lease_expires_at = ${at.leaseExpiresAt},
      finished_at = case when a.state = 'expired' then a.finished_at else null end ${clock}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
}

export type Ending = At & {
  readonly state: 'submitted' | 'skipped' | 'released' | 'returned' | 'deferred'
  /** Of what is put by: until when it is kept for its person. */
  readonly until?: Date
  readonly activeMs: number
  readonly now: Date
  readonly skip?: { readonly reason: string; readonly note: string }
}
/** An assignment ends, or goes back to where it was before it was taken up. */
export async function endAssignment(db: Db, at: Ending): Promise<void> {
  await sql`
    update assignments a set state = ${at.state}, active_ms = ${at.activeMs},
      finished_at = ${at.state === 'released' ? null : at.now},
      lease_expires_at = coalesce(${at.until ?? null}::timestamptz, a.lease_expires_at),
      draft = case when ${at.state}::text = 'submitted' then null else a.draft end,
      skip_reason = ${at.skip?.reason ?? null}, skip_note = ${at.skip?.note ?? null}
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
}

/** The adjudicator's or auditor's assignment that has the item. */
export async function setHolder(
  db: Db,
  at: { projectId: string; itemId: string; assignmentId: string | null },
): Promise<void> {
  await sql`
    update items i set held_by = ${at.assignmentId}
    where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}`.execute(db)
}

/** Has an auditor looked at this annotation? A withdrawn one is nobody's to go back to either. */
export async function isAudited(
  db: Db,
  at: { projectId: string; annotationId: string },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from annotations o
        where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId} and o.state = 'withdrawn')
      or exists (select 1 from reviews r
        where r.project_id = ${at.projectId} and r.annotation_id = ${at.annotationId} and r.stage = 'audit') as found`.execute(
    db,
  )
  return rows[0]?.found ?? false
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
  readonly ordinal: number
  readonly seed: number
  readonly blind: boolean
}
/** A person's last finished assignments, newest first. */
export async function listRecent(
  db: Db,
  who: Who,
  o: { stage: Stage; limit: number; reopenFrom: Date },
): Promise<RecentRow[]> {
  const { rows } = await sql<RecentRow>`
    select a.assignment_id, a.item_id, i.key, i.ordinal, n.preview, a.state, a.finished_at, p.seed,
      coalesce(${blindMember}, false) as blind,
      i.removed_at is null and case
        when a.stage = 'adjudicate' then a.state = 'submitted' and i.decided and i.held_by is null
          and o.state = 'accepted' and not exists (select 1 from reviews r
            where r.project_id = ${who.projectId} and r.annotation_id = o.annotation_id and r.stage = 'audit')
        when a.stage <> 'annotate' then false
        when a.state = 'submitted' and (i.decided or i.held_by is not null) then false
        when ${blindMember} then a.state = 'submitted' and a.finished_at > ${o.reopenFrom}
          and (a.purpose = 'gold' or (o.state = 'submitted' and o.review_assignment_id is null))
        when a.state = 'submitted' then a.purpose = 'work' and o.state = 'submitted'
          and o.review_assignment_id is null
        else a.purpose = 'work' and a.state = 'skipped' and (i.withdrawn or i.slots > 0) end as may_reopen
    from assignments a
    join projects p on p.project_id = a.project_id
    left join members m on m.project_id = a.project_id and m.user_id = a.user_id
    join items i on i.project_id = a.project_id and i.item_id = a.item_id
    join item_inputs n on n.project_id = a.project_id and n.item_id = a.item_id
    left join annotations o on o.project_id = a.project_id and o.annotation_id = a.annotation_id
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.stage = ${o.stage}
      and a.finished_at is not null and a.purpose in ('work', 'gold')
    order by a.finished_at desc limit ${o.limit}`.execute(db)
  return rows
}

/** What a sweep ended: one row per assignment. */
export type Expired = { readonly item_id: string; readonly user_id: string; readonly stage: string }

/** Free places of `items i` once so many people fewer hold one. */
const slotsWith = (fewer: RawBuilder<unknown>) => sql`
  (case when i.withdrawn or i.removed_at is not null or i.gold or i.decided then 0
    else greatest(0, i.wanted - (i.leased - ${fewer}) - i.annotations) end)::smallint`

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
      select a.assignment_id, a.item_id, a.user_id, a.stage, a.annotation_id, a.purpose
      from assignments a
      join items i on i.project_id = a.project_id and i.item_id = a.item_id
      where a.project_id = ${o.projectId} and a.state in ('leased', 'deferred') and a.lease_expires_at < ${o.now}
      order by a.lease_expires_at limit ${o.eventIds.length}
      for no key update of i, a skip locked
    ), ended as (
      update assignments a set state = case
          when a.stage = 'review' or a.annotation_id is null then 'expired'
          else coalesce((select case when o.state = 'returned' then 'returned' else 'submitted' end
                from annotations o
                where o.project_id = ${o.projectId} and o.annotation_id = a.annotation_id), 'submitted') end
      from due where a.project_id = ${o.projectId} and a.assignment_id = due.assignment_id
    ), let_go as (
      update annotations o set review_assignment_id = null
      from due where o.project_id = ${o.projectId} and o.annotation_id = due.annotation_id
        and o.review_assignment_id = due.assignment_id
    ), freed as (
      update items i set leased = i.leased - f.n, slots = ${slotsWith(sql`f.n`)},
        held_by = case when f.let_go then null else i.held_by end,
        ${setPlace({ slots: slotsWith(sql`f.n`), people: sql`(i.leased - f.n + i.annotations)` })}
      from (select due.item_id, count(*) filter (where due.stage = 'annotate' and due.annotation_id is null and due.purpose = 'work')::smallint as n,
          bool_or(due.stage in ('adjudicate', 'audit')) as let_go
        from due group by due.item_id) f
      where i.project_id = ${o.projectId} and i.item_id = f.item_id and (f.n > 0 or f.let_go)
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
    where a.state in ('leased', 'deferred') and a.lease_expires_at < ${now}`.execute(db)
  return rows.map((row) => row.project_id)
}
