/** Maintained counts: left for the end of a transaction, so that their row locks are short. */
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { atCommit } from '../platform/db/index.ts'
import { type CountDelta, shardOf } from './tally.ts'

/** What one person's day gains. */
export type DayGain = {
  readonly userId: string
  readonly submitted?: number
  readonly accepted?: number
  readonly returned?: number
  readonly skipped?: number
  readonly reviewed?: number
  readonly adjudicated?: number
  readonly audited?: number
  /** Of what was accepted, what a reviewer had to fix. */
  readonly fixed?: number
  readonly activeMs?: number
}

/** Days are UTC days. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** Days alone, of what counts for people and not for the project: answers to gold. At commit. */
export async function addDays(
  db: Db,
  gain: { projectId: string; now: Date; days: readonly DayGain[] },
): Promise<void> {
  for (const d of [...gain.days].sort((a, b) => (a.userId < b.userId ? -1 : 1)))
    await atCommit(
      db,
      sql`
      insert into person_days as d (project_id, user_id, day, submitted, skipped, active_ms, last_at)
      values (${gain.projectId}, ${d.userId}, ${dayOf(gain.now)}, ${d.submitted ?? 0}, ${d.skipped ?? 0},
        ${d.activeMs ?? 0}, ${gain.now})
      on conflict (project_id, user_id, day) do update set submitted = d.submitted + excluded.submitted,
        skipped = d.skipped + excluded.skipped, active_ms = d.active_ms + excluded.active_ms,
        last_at = greatest(d.last_at, excluded.last_at)`,
    )
}

/** One gain a person, in the order in which everybody locks. */
function byPerson(days: readonly DayGain[]): DayGain[] {
  const sums = new Map<string, DayGain>()
  for (const day of days) {
    const before = sums.get(day.userId)
    sums.set(day.userId, before ? addDay(before, day) : day)
  }
  return [...sums.values()].sort((a, b) => (a.userId < b.userId ? -1 : 1))
}
const addDay = (a: DayGain, b: DayGain): DayGain => ({
  userId: a.userId,
  submitted: (a.submitted ?? 0) + (b.submitted ?? 0),
  accepted: (a.accepted ?? 0) + (b.accepted ?? 0),
  returned: (a.returned ?? 0) + (b.returned ?? 0),
  skipped: (a.skipped ?? 0) + (b.skipped ?? 0),
  reviewed: (a.reviewed ?? 0) + (b.reviewed ?? 0),
  adjudicated: (a.adjudicated ?? 0) + (b.adjudicated ?? 0),
  audited: (a.audited ?? 0) + (b.audited ?? 0),
  fixed: (a.fixed ?? 0) + (b.fixed ?? 0),
  activeMs: (a.activeMs ?? 0) + (b.activeMs ?? 0),
})

/** Counts `c` of a project or a batch, after `on conflict ... do update set`: what was and what is added. */
export const summedCounts = sql`
      items = c.items + excluded.items, open = c.open + excluded.open,
      annotated = c.annotated + excluded.annotated, returned = c.returned + excluded.returned,
      accepted = c.accepted + excluded.accepted, skipped = c.skipped + excluded.skipped,
      annotations = c.annotations + excluded.annotations, reviews = c.reviews + excluded.reviews,
      wanted = c.wanted + excluded.wanted, done = c.done + excluded.done,
      by_review = c.by_review + excluded.by_review, by_adjudicate = c.by_adjudicate + excluded.by_adjudicate,
      by_audit = c.by_audit + excluded.by_audit`

/**
 * Add to the counts of a project, of the batch and to its people's days when the transaction commits. Locks days in the order of user ids, then
 * one shard: everybody locks in this order, so nobody waits in a circle.
 */
export async function addCounts(
  db: Db,
  gain: {
    projectId: string
    batchId: string
    by: string
    now: Date
    delta: CountDelta
    days: readonly DayGain[]
  },
): Promise<void> {
  const { projectId, delta } = gain
  const days = byPerson(gain.days)
  const column = (name: keyof Omit<DayGain, 'userId'>) => days.map((d) => d[name] ?? 0)
  const sum = (name: keyof Omit<DayGain, 'userId'>) => column(name).reduce((a, b) => a + b, 0)
  const told = ['submitted', 'reviewed', 'returned', 'accepted', 'skipped'] as const
  const moved = told.some((name) => sum(name) !== 0)
  const counted = sql`${delta.items}::bigint, ${delta.open}::bigint, ${delta.annotated}::bigint,
        ${delta.returned}::bigint, ${delta.accepted}::bigint, ${delta.skipped}::bigint,
        ${delta.annotations}::bigint, ${delta.reviews}::bigint, ${delta.wanted}::bigint, ${delta.done}::bigint,
        ${delta.byReview}::bigint, ${delta.byAdjudicate}::bigint, ${delta.byAudit}::bigint`
  await atCommit(
    db,
    sql`
    with day as (
      insert into person_days as d
        (project_id, user_id, day, submitted, accepted, returned, skipped, reviewed, adjudicated, audited,
          fixed, active_ms, last_at)
      select ${projectId}::uuid, g.user_id, ${dayOf(gain.now)}::date, g.submitted, g.accepted, g.returned,
        g.skipped, g.reviewed, g.adjudicated, g.audited, g.fixed, g.active_ms, ${gain.now}::timestamptz
      from unnest(${days.map((d) => d.userId)}::uuid[], ${column('submitted')}::int[],
        ${column('accepted')}::int[], ${column('returned')}::int[], ${column('skipped')}::int[],
        ${column('reviewed')}::int[], ${column('adjudicated')}::int[], ${column('audited')}::int[],
        ${column('fixed')}::int[], ${column('activeMs')}::bigint[])
        as g (user_id, submitted, accepted, returned, skipped, reviewed, adjudicated, audited, fixed, active_ms)
      order by g.user_id
      on conflict (project_id, user_id, day) do update set
        submitted = d.submitted + excluded.submitted, accepted = d.accepted + excluded.accepted,
        returned = d.returned + excluded.returned, skipped = d.skipped + excluded.skipped,
        reviewed = d.reviewed + excluded.reviewed, adjudicated = d.adjudicated + excluded.adjudicated,
        audited = d.audited + excluded.audited, fixed = d.fixed + excluded.fixed,
        active_ms = d.active_ms + excluded.active_ms,
        last_at = greatest(d.last_at, excluded.last_at)
      returning 1
    ), batch_day as (
      insert into batch_days as d
        (project_id, batch_id, day, submitted, reviewed, returned, accepted, skipped, done)
      select ${projectId}::uuid, ${gain.batchId}::uuid, ${dayOf(gain.now)}::date, ${sum('submitted')}::int,
        ${sum('reviewed')}::int, ${sum('returned')}::int, ${sum('accepted')}::int, ${sum('skipped')}::int,
        ${delta.done}::int
      from (select count(*) as n from day) as first
      where ${moved || delta.done !== 0}
      on conflict (project_id, batch_id, day) do update set
        submitted = d.submitted + excluded.submitted, reviewed = d.reviewed + excluded.reviewed,
        returned = d.returned + excluded.returned, accepted = d.accepted + excluded.accepted,
        skipped = d.skipped + excluded.skipped, done = d.done + excluded.done
      returning 1
    ), batch as (
      insert into batch_counts as c
        (project_id, batch_id, shard, items, open, annotated, returned, accepted, skipped, annotations, reviews,
          wanted, done, by_review, by_adjudicate, by_audit)
      select ${projectId}::uuid, ${gain.batchId}::uuid, ${shardOf(gain.by)}::smallint, ${counted}
      from (select count(*) as n from batch_day) as second
      on conflict (project_id, batch_id, shard) do update set ${summedCounts}
      returning 1
    )
    insert into project_counts as c
      (project_id, shard, items, open, annotated, returned, accepted, skipped, annotations, reviews, wanted, done,
        by_review, by_adjudicate, by_audit)
    select ${projectId}::uuid, ${shardOf(gain.by)}::smallint, ${counted}
    from (select count(*) as n from batch) as third
    on conflict (project_id, shard) do update set ${summedCounts}`,
  )
}
