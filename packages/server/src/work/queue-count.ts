/** How much lies in a part of somebody's queue. */
import type { Stage } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'
import { hadBy } from './queue-draw.ts'
import { decidable } from './queue-later.ts'
import type { Part } from './queue-plan.ts'
import { reviewable } from './review-queue.ts'

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

/** In a part: what this person may be given, up to a limit, and about how much there is for anybody. */
export type PartCount = { readonly n: number; readonly about: number }
type Asked = {
  readonly userId: string
  readonly parts: readonly Part[]
  readonly upTo: number
  /** See `reopenFrom` of the policy. */
  readonly reopenFrom: Date
}

/** So many places are looked at for as many as are counted; what lies behind them counts as one. */
const lookedAt = (upTo: number) => upTo * 10

/** New work of each of the parts, in their order, whatever gates are before it. */
export async function countParts(db: Db, o: Asked): Promise<readonly PartCount[]> {
  if (o.parts.length === 0) return []
  const kept = (kind: 'open' | 'by_review' | 'by_adjudicate' | 'by_audit') => sql`(
    select coalesce(sum(c.${sql.ref(kind)}), 0)::bigint from batch_counts c
    where c.project_id = g.project_id and c.batch_id = g.batch_id)`
  const stages: Readonly<Record<Stage, readonly [RawBuilder<unknown>, RawBuilder<unknown>]>> = {
    annotate: [placesLeft(o), kept('open')],
    review: [reviewsLeft(o), kept('by_review')],
    adjudicate: [decisionsLeft(o, 'adjudicate'), kept('by_adjudicate')],
    audit: [decisionsLeft(o, 'audit'), kept('by_audit')],
  }
  const asked = new Set(o.parts.map(({ stage }) => stage))
  const counts = [...asked].map((stage) => {
    const [left, about] = stages[stage]
    return sql`select g.nth, x.n, ${about} as about from given g
      cross join lateral (select count(*) as n from (${left}) y) x where g.stage = ${stage}`
  })
  const { rows } = await sql<PartCount>`
    ${unscoped("one person's own queue over all their projects")}
    with given as materialized (
      select * from unnest(${o.parts.map(({ row }) => row.project_id)}::uuid[], ${o.parts.map(({ row }) => row.batch_id)}::uuid[],
        ${o.parts.map(({ stage }) => stage)}::text[], ${o.parts.map(({ row }) => row.position)}::bigint[])
        with ordinality as g (project_id, batch_id, stage, position, nth)
    )
    select z.n, z.about from (${sql.join(counts, sql` union all `)}) z order by z.nth`.execute(db)
  return rows
}

const givenProject = sql.ref('g.project_id')

function placesLeft({ userId, upTo }: Asked): RawBuilder<unknown> {
  const who = { projectId: givenProject, userId }
  const window = sql.lit(lookedAt(upTo))
  const side = (where: RawBuilder<unknown>, order: RawBuilder<unknown>) => sql`(
    select 1 from (
      select i.item_id, row_number() over (order by ${order}) as nth from items i
      where i.project_id = g.project_id and i.batch_id = g.batch_id and i.slots > 0 and ${where}
      order by ${order} limit ${window}) s
    where s.nth = ${window} or not ${hadBy(who, 's.item_id')} limit ${sql.lit(upTo)})`
  return sql`
    ${side(sql`i.rank > g.position`, sql`i.rank`)} union all
    ${side(sql`i.freed_at is not null and i.rank <= g.position`, sql`i.freed_at`)}
    limit ${sql.lit(upTo)}`
}

const reviewsLeft = ({ userId, upTo, reopenFrom }: Asked): RawBuilder<unknown> => sql`
  select 1 from annotations o
  where o.batch_id = g.batch_id and ${reviewable({ projectId: givenProject, userId }, reopenFrom)}
  limit ${sql.lit(upTo)}`

const decisionsLeft = ({ userId, upTo }: Asked, stage: 'adjudicate' | 'audit') => sql`
  select 1 from items i
  where i.batch_id = g.batch_id and ${decidable({ projectId: givenProject, userId }, stage)}
  limit ${sql.lit(upTo)}`
