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
  readonly activeMs?: number
}

/** Days are UTC days. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/**
 * Add to the counts of a project and to its people's days when the transaction commits. Locks days in the order of user ids, then
 * one shard: everybody locks in this order, so nobody waits in a circle.
 */
export async function addCounts(
  db: Db,
  gain: {
    projectId: string
    by: string
    now: Date
    delta: CountDelta
    days: readonly DayGain[]
  },
): Promise<void> {
  const { projectId, delta } = gain
  const days = [...gain.days].sort((a, b) => (a.userId < b.userId ? -1 : 1))
  const column = (name: keyof Omit<DayGain, 'userId'>) => days.map((d) => d[name] ?? 0)
  await atCommit(
    db,
    sql`
    with day as (
      insert into person_days as d
        (project_id, user_id, day, submitted, accepted, returned, skipped, reviewed, active_ms, last_at)
      select ${projectId}::uuid, g.user_id, ${dayOf(gain.now)}::date, g.submitted, g.accepted, g.returned,
        g.skipped, g.reviewed, g.active_ms, ${gain.now}::timestamptz
      from unnest(${days.map((d) => d.userId)}::uuid[], ${column('submitted')}::int[],
        ${column('accepted')}::int[], ${column('returned')}::int[], ${column('skipped')}::int[],
        ${column('reviewed')}::int[], ${column('activeMs')}::bigint[])
        as g (user_id, submitted, accepted, returned, skipped, reviewed, active_ms)
      order by g.user_id
      on conflict (project_id, user_id, day) do update set
        submitted = d.submitted + excluded.submitted, accepted = d.accepted + excluded.accepted,
        returned = d.returned + excluded.returned, skipped = d.skipped + excluded.skipped,
        reviewed = d.reviewed + excluded.reviewed, active_ms = d.active_ms + excluded.active_ms,
        last_at = greatest(d.last_at, excluded.last_at)
      returning 1
    )
    insert into project_counts as c
      (project_id, shard, items, open, annotated, returned, accepted, skipped, annotations, reviews)
    select ${projectId}::uuid, ${shardOf(gain.by)}::smallint, ${delta.items}::bigint, ${delta.open}::bigint,
      ${delta.annotated}::bigint, ${delta.returned}::bigint, ${delta.accepted}::bigint,
      ${delta.skipped}::bigint, ${delta.annotations}::bigint, ${delta.reviews}::bigint
    from (select count(*) as n from day) as first
    on conflict (project_id, shard) do update set
      items = c.items + excluded.items, open = c.open + excluded.open,
      annotated = c.annotated + excluded.annotated, returned = c.returned + excluded.returned,
      accepted = c.accepted + excluded.accepted, skipped = c.skipped + excluded.skipped,
      annotations = c.annotations + excluded.annotations, reviews = c.reviews + excluded.reviews`,
  )
}
