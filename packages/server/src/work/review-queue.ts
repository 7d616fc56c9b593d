import { sql } from 'kysely'
import { hiddenGold } from '../gold/index.ts'
import type { WhoIn } from './queue-draw.ts'

/**
 * Annotations `o` that this person may review: never one's own, never one they skipped or whose latest
 * answers they judged already, none of a removed item; where gold stands hidden, none that may still be
 * reopened.
 */
export const reviewable = (who: WhoIn, reopenFrom: Date) => sql`(
  o.project_id = ${who.projectId} and o.due and o.review_assignment_id is null and o.author_id <> ${who.userId}
  and (o.submitted_at < ${reopenFrom} or not exists (
    select 1 from projects p where p.project_id = ${who.projectId} and ${hiddenGold}))
  and not exists (
    select 1 from assignments a
    where a.project_id = ${who.projectId} and a.item_id = o.item_id and a.user_id = ${who.userId}
      and a.stage = 'review' and a.state = 'skipped' and a.annotation_id = o.annotation_id
    offset 0)
  and not exists (
    select 1 from reviews r
    where r.project_id = ${who.projectId} and r.annotation_id = o.annotation_id
      and r.reviewer_id = ${who.userId} and r.revision = o.revision
    offset 0)
  and exists (
    select 1 from items i
    where i.project_id = ${who.projectId} and i.item_id = o.item_id and i.removed_at is null
    offset 0))`

/**
 * Lease the annotations that wait longest for a review, as many as there are ids, shown in the order the
 * author saw.
 * @returns ids of the assignments made
 */
export const takeReviews = (
  who: { projectId: string; userId: string },
  o: {
    batchId: string
    assignmentIds: readonly string[]
    now: Date
    leaseExpiresAt: Date
    reopenFrom: Date
  },
) => sql<{ assignment_id: string }>`
    with pick as materialized (
      select o.annotation_id from annotations o
      where o.project_id = ${who.projectId} and o.batch_id = ${o.batchId} and ${reviewable(who, o.reopenFrom)}
      order by o.submitted_at, o.annotation_id limit ${o.assignmentIds.length}
      for no key update of o skip locked
    ), marked as (
      update annotations o set review_assignment_id = g.assignment_id
      from (select pick.annotation_id, row_number() over () as n from pick) p
      join unnest(${o.assignmentIds}::uuid[]) with ordinality as g (assignment_id, n) on g.n = p.n
      where o.project_id = ${who.projectId} and o.annotation_id = p.annotation_id
      returning o.annotation_id, o.item_id, o.batch_id, o.schema_version, o.assignment_id as made_in, g.assignment_id
    )
    insert into assignments (project_id, assignment_id, item_id, batch_id, stage, user_id, state, annotation_id,
      schema_version, presentation, started_at, lease_expires_at)
    select ${who.projectId}::uuid, m.assignment_id, m.item_id, m.batch_id, 'review', ${who.userId}::uuid, 'leased',
      m.annotation_id, m.schema_version, a.presentation, ${o.now}::timestamptz, ${o.leaseExpiresAt}::timestamptz
    from marked m
    join assignments a on a.project_id = ${who.projectId} and a.assignment_id = m.made_in
    returning assignment_id`
