/** One chunk of items from their batches into another: items, what hangs on them, history and counts. */
import { sql } from 'kysely'
import { summedCounts } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { atCommit, json, storableText } from '../platform/db/index.ts'

type Target = { readonly projectId: string; readonly batchId: string }

/**
 * Locks those of the items that are elsewhere and lie in a batch that has not been handed over. In the
 * order of ids, so that two movers do not wait for each other in a circle.
 */
export async function lockMovable(
  db: Db,
  at: Target & { readonly itemIds: readonly string[] },
): Promise<readonly { readonly item_id: string; readonly batch_id: string }[]> {
  const { rows } = await sql<{ item_id: string; batch_id: string }>`
    select i.item_id, i.batch_id from items i
    where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[])
      and i.batch_id <> ${at.batchId} and i.removed_at is null
      and not exists (select from batches b where b.project_id = i.project_id and b.batch_id = i.batch_id
        and b.state in ('delivered', 'accepted'))
    order by i.item_id for no key update of i`.execute(db)
  return rows
}

/**
 * Moves locked items. Work in hand and annotations go along, what is over stays where it was done. Where
 * somebody may be on their way through the new batch already, free places are marked as freed at
 * `movedAt`: they are found whatever the person's place; in a batch nobody has been in they keep the
 * project's order.
 */
export async function moveLocked(
  db: Db,
  at: Target & {
    readonly itemIds: readonly string[]
    readonly note: string
    readonly by: string
    readonly now: Date
    readonly movedAt: Date
  },
): Promise<void> {
  await sql`
    with walked as (
      select exists (select from batches b
        where b.project_id = ${at.projectId} and b.batch_id = ${at.batchId} and b.state <> 'draft')
        or exists (select from queue_positions q
          where q.project_id = ${at.projectId} and q.batch_id = ${at.batchId}) as yes
    ), chosen as (
      select i.item_id from items i
      where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[])
    ), moved as (
      update items i set batch_id = ${at.batchId}, updated_at = ${at.now},
        freed_at = case when i.slots > 0 and (select w.yes from walked w)
          then coalesce(i.freed_at, ${at.movedAt}) else i.freed_at end
      where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[]) returning 1
    ), held as (
      update assignments a set batch_id = ${at.batchId}
      where a.project_id = ${at.projectId} and a.item_id in (select c.item_id from chosen c)
        and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted')
        and (select count(*) from moved) >= 0 returning 1
    ), answered as (
      update annotations o set batch_id = ${at.batchId}
      where o.project_id = ${at.projectId} and o.item_id in (select c.item_id from chosen c)
        and (select count(*) from held) >= 0 returning 1
    )
    insert into item_events (project_id, item_id, event_id, kind, user_id, note, at)
    select ${at.projectId}::uuid, c.item_id, gen_random_uuid(), 'moved', ${at.by}::uuid,
      ${at.note === '' ? null : storableText(at.note)}::text, ${at.now}::timestamptz
    from chosen c where (select count(*) from answered) >= 0`.execute(db)
}

const unmarkedAtOnce = 2000

/** Whether free places lie in the batch that were marked when they were moved. */
export async function hasMarked(db: Db, at: Target & { readonly movedAt: Date }): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from items i where i.project_id = ${at.projectId} and i.batch_id = ${at.batchId}
      and i.slots > 0 and i.freed_at = ${at.movedAt}) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** Takes marks of moving away, of what nobody is at. @returns whether there may be more */
export async function unmark(db: Db, at: Target & { readonly movedAt: Date }): Promise<boolean> {
  const { rows } = await sql`
    with marked as materialized (
      select i.item_id from items i
      where i.project_id = ${at.projectId} and i.batch_id = ${at.batchId} and i.slots > 0
        and i.freed_at = ${at.movedAt}
      order by i.item_id limit ${unmarkedAtOnce} for no key update skip locked
    )
    update items i set freed_at = null from marked
    where i.project_id = ${at.projectId} and i.item_id = marked.item_id
    returning 1`.execute(db)
  return rows.length === unmarkedAtOnce
}

/** Takes the items' counts out of the batches they come from and into the one they are in now. At commit: its locks are short. */
export async function moveCounts(
  db: Db,
  at: Target & {
    readonly from: readonly { readonly item_id: string; readonly batch_id: string }[]
    readonly shard: number
  },
): Promise<void> {
  const counted = sql`
    with given as (
      select g.item_id, g.batch_id from unnest(${at.from.map((i) => i.item_id)}::uuid[],
        ${at.from.map((i) => i.batch_id)}::uuid[]) as g (item_id, batch_id)
    ), each as (
      select g.batch_id as source, i.state, i.annotations, i.step,
        case when i.withdrawn or i.gold then 0 else i.wanted end as wanted,
        not i.withdrawn and not i.gold and i.step = 'done' as done,
        (select count(*) from annotations o
          join reviews v on v.project_id = ${at.projectId} and v.annotation_id = o.annotation_id
          where o.project_id = ${at.projectId} and o.item_id = i.item_id) as reviews
      from given g join items i on i.project_id = ${at.projectId} and i.item_id = g.item_id
    ), sides as (
      select e.*, s.batch_id, s.sign from each e
      cross join lateral (values (e.source, -1), (${at.batchId}::uuid, 1)) s (batch_id, sign)
    )
    insert into batch_counts as c (project_id, batch_id, shard, items, open, annotated, returned, accepted,
      skipped, annotations, reviews, wanted, done, by_review, by_adjudicate, by_audit)
    select ${at.projectId}::uuid, s.batch_id, ${at.shard}::smallint, sum(s.sign),
      coalesce(sum(s.sign) filter (where s.state = 'open'), 0),
      coalesce(sum(s.sign) filter (where s.state = 'annotated'), 0),
      coalesce(sum(s.sign) filter (where s.state = 'returned'), 0),
      coalesce(sum(s.sign) filter (where s.state = 'accepted'), 0),
      coalesce(sum(s.sign) filter (where s.state = 'skipped'), 0),
      sum(s.sign * s.annotations), sum(s.sign * s.reviews), sum(s.sign * s.wanted),
      coalesce(sum(s.sign) filter (where s.done), 0),
      coalesce(sum(s.sign) filter (where s.step = 'review'), 0),
      coalesce(sum(s.sign) filter (where s.step = 'adjudicate'), 0),
      coalesce(sum(s.sign) filter (where s.step = 'audit'), 0)
    from sides s group by s.batch_id order by s.batch_id
    on conflict (project_id, batch_id, shard) do update set ${summedCounts}`
  await atCommit(db, counted)
}

export async function insertMove(
  db: Db,
  m: Target & { readonly jobId: string; readonly selection: unknown; readonly by: string },
): Promise<void> {
  await sql`
    insert into batch_moves (project_id, job_id, batch_id, selection, created_by)
    values (${m.projectId}, ${m.jobId}, ${m.batchId}, ${json(m.selection)}::jsonb, ${m.by})`.execute(
    db,
  )
}

export type MoveRow = {
  readonly batch_id: string
  readonly selection: unknown
  readonly created_by: string
}
export async function findMove(
  db: Db,
  at: { projectId: string; jobId: string },
): Promise<MoveRow | undefined> {
  const { rows } = await sql<MoveRow>`
    select m.batch_id, m.selection, m.created_by from batch_moves m
    where m.project_id = ${at.projectId} and m.job_id = ${at.jobId}`.execute(db)
  return rows[0]
}
