/** Work of the stages after annotating: annotations that wait for a verdict, items for a decision. */
import { type Stage, unreachable } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Who, WhoIn } from './queue-draw.ts'
import { takeReviews } from './review-queue.ts'

export type LaterWork = {
  readonly stage: Exclude<Stage, 'annotate'>
  readonly batchId: string
  /** As many as are wanted. */
  readonly assignmentIds: readonly string[]
  readonly eventIds: readonly string[]
  readonly schemaVersion: number
  readonly now: Date
  /** Handed in since then, it may still be reopened by its author: see `reopenMinutes`. */
  readonly reopenFrom: Date
  readonly leaseExpiresAt: Date
}

/** Leases up to as many as there are ids, the assignments made under them. */
export function takeLater(who: Who, o: LaterWork): RawBuilder<{ assignment_id: string }> {
  switch (o.stage) {
    case 'review':
      return takeReviews(who, o)
    case 'adjudicate':
    case 'audit':
      return takeDecisions(who, { ...o, stage: o.stage })
    default:
      return unreachable(o.stage)
  }
}

/**
 * Items `i` that this person may decide or audit: never one they annotated or skipped at this stage, of
 * audits nor one they decided or reviewed; none that somebody goes back to just now.
 */
export const decidable = (who: WhoIn, stage: 'adjudicate' | 'audit') => sql`(
  i.project_id = ${who.projectId} and i.step = ${stage} and i.step in ('adjudicate', 'audit')
  and i.held_by is null and i.removed_at is null
  and not exists (
    select 1 from assignments a
    where a.project_id = ${who.projectId} and a.item_id = i.item_id and a.user_id = ${who.userId}
      and (a.stage = any(${stage === 'audit' ? ['annotate', 'review', 'adjudicate'] : ['annotate']}::text[])
        and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted')
        or a.stage = ${stage} and a.state = 'skipped')
    offset 0)
  and not exists (
    select 1 from annotations f
    where f.project_id = ${who.projectId} and f.item_id = i.item_id and f.review_assignment_id is not null
    offset 0))`

/** A decision that an audit refused is what the next starts from. */
const takeDecisions = (who: Who, o: LaterWork & { readonly stage: 'adjudicate' | 'audit' }) => sql<{
  assignment_id: string
}>`
    with pick as materialized (
      select i.item_id from items i
      where i.project_id = ${who.projectId} and i.batch_id = ${o.batchId} and ${decidable(who, o.stage)}
      order by i.ordinal limit ${o.assignmentIds.length}
      for no key update of i skip locked
    ), numbered as (
      select k.item_id, g.assignment_id, g.event_id
      from (select pick.item_id, row_number() over () as n from pick) k
      join unnest(${o.assignmentIds}::uuid[], ${o.eventIds}::uuid[]) with ordinality
        as g (assignment_id, event_id, n) on g.n = k.n
    ), held as (
      update items i set held_by = d.assignment_id from numbered d
      where i.project_id = ${who.projectId} and i.item_id = d.item_id
    ), told as (
      insert into item_events (project_id, item_id, event_id, kind, user_id, at)
      select ${who.projectId}::uuid, d.item_id, d.event_id, 'leased', ${who.userId}::uuid, ${o.now}::timestamptz
      from numbered d
    )
    insert into assignments (project_id, assignment_id, item_id, batch_id, stage, user_id, state, schema_version,
      presentation, started_at, lease_expires_at, from_annotation_id)
    select ${who.projectId}::uuid, d.assignment_id, d.item_id, ${o.batchId}::uuid, ${o.stage}, ${who.userId}::uuid,
      'leased', ${o.schemaVersion}::int, coalesce((
        select a.presentation from assignments a
        where a.project_id = ${who.projectId} and a.item_id = d.item_id and a.stage = 'annotate'
        order by a.assignment_id limit 1), '{}'::jsonb),
      ${o.now}::timestamptz, ${o.leaseExpiresAt}::timestamptz, (
        select w.annotation_id from annotations w
        where w.project_id = ${who.projectId} and w.item_id = d.item_id and w.state = 'withdrawn'
          and w.stage = 'adjudicate' and ${o.stage} = 'adjudicate'
        order by w.updated_at desc limit 1)
    from numbered d
    returning assignment_id`
