/** How much lies in a part of somebody's queue. */
import type { Stage } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'
import { hadBy, type Who } from './queue-draw.ts'
import type { Part } from './queue-plan.ts'

export type HeldCount = {
  readonly kind: 'returned' | 'assigned' | 'held' | 'deferred'
  readonly project_id: string
  readonly project_name: string
  readonly batch_id: string
  readonly batch_name: string
  readonly due_at: Date | null
  readonly priority: number
  readonly stage: Stage
  readonly n: number
}

/** What waits for this person alone, by project, batch and stage, the oldest first. */
export async function countHeld(db: Db, userId: string): Promise<readonly HeldCount[]> {
  const { rows } = await sql<HeldCount>`
    ${unscoped("one person's own work over all their projects")}
    select k.kind, a.project_id, p.name as project_name, a.batch_id, b.name as batch_name, b.due_at, b.priority,
      a.stage, count(*) as n
    from assignments a
    join members m on m.project_id = a.project_id and m.user_id = a.user_id
    join projects p on p.project_id = a.project_id and p.archived_at is null
    join batches b on b.project_id = a.project_id and b.batch_id = a.batch_id
      and b.state in ('open', 'paused', 'checking')
    join items i on i.project_id = a.project_id and i.item_id = a.item_id and i.removed_at is null
    cross join lateral (select case
      when a.state = 'returned' or (a.stage = 'annotate' and a.annotation_id is not null and a.purpose = 'work')
        then 'returned' when a.state = 'leased' then 'held' else a.state end as kind) k
    where a.user_id = ${userId} and a.state in ('leased', 'assigned', 'deferred', 'returned')
      and a.purpose in ('work', 'gold')
    group by k.kind, a.project_id, p.name, a.batch_id, b.name, b.due_at, b.priority, a.stage
    order by min(a.started_at)`.execute(db)
  return rows
}

/** New work of a part this person may be given, counted up to a limit. */
export async function countPart(
  db: Db,
  userId: string,
  { part, upTo }: { part: Part; upTo: number },
): Promise<number> {
  const who = { projectId: part.row.project_id, userId }
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (${lying(who, part)} limit ${upTo}) x`.execute(db)
  return rows[0]?.n ?? 0
}

function lying(who: Who, { row, stage }: Part): RawBuilder<unknown> {
  const { batch_id: batchId, position } = row
  if (stage === 'review')
    return sql`select 1 from annotations o
      where o.project_id = ${who.projectId} and o.batch_id = ${batchId} and o.due
        and o.review_assignment_id is null and o.author_id <> ${who.userId}`
  if (stage === 'annotate')
    return sql`select 1 from items i
      where i.project_id = ${who.projectId} and i.batch_id = ${batchId} and i.slots > 0
        and (i.rank > ${position} or i.freed_at is not null) and not ${hadBy(who, 'i.item_id')}`
  return sql`select 1 from items i
    where i.project_id = ${who.projectId} and i.batch_id = ${batchId} and i.step = ${stage}
      and i.step in ('adjudicate', 'audit') and i.held_by is null and i.removed_at is null
      and not exists (select 1 from annotations o where o.project_id = ${who.projectId}
        and o.item_id = i.item_id and o.author_id = ${who.userId} and o.state <> 'withdrawn')`
}
