import { type GoldStanding, newStanding } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { inOneGo } from '../platform/db/index.ts'

/** A gold as the queue hands it out: the shape of an item just taken, and whose gold it is. */
export type PickedGold = {
  readonly gold_id: string
  readonly item_id: string
  readonly batch_id: string
  readonly ordinal: number
  readonly key: string
  readonly inputs: Record<string, unknown>
  readonly nth: number
}
type Use = 'hidden' | 'training' | 'exam'
type Who = { readonly projectId: string; readonly userId: string }
export type Drawing = {
  readonly use: Use
  readonly count: number
  /** 0..1: where in the shuffled order to begin. */
  readonly from: number
}

/** Active gold of a use that a person never had, in a part of the shuffled order. */
const unmet = (who: Who, use: Use, o: { part: RawBuilder<unknown>; count: number }) => sql`
  (select g.gold_id, g.item_id, g.answered, g.shuffle from golds g
   where g.project_id = ${who.projectId} and g.use = ${use} and g.active and ${o.part}
     and not exists (
       select 1 from assignments a
       where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.item_id = g.item_id
         and a.stage = 'annotate'
         and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped')
       offset 0)
     and exists (
       select 1 from items i where i.project_id = ${who.projectId} and i.item_id = g.item_id
         and i.removed_at is null
       offset 0)
   order by g.shuffle limit ${o.count})`

const golds = (who: Who, o: Drawing) => sql<PickedGold>`
  select x.gold_id, x.item_id, i.batch_id, i.ordinal, i.key, n.inputs, x.answered as nth
  from (
    select * from (
      select y.*, 0 as part from
        ${unmet(who, o.use, { part: sql`g.shuffle >= ${o.from}`, count: o.count })} y
      union all
      select y.*, 1 as part from
        ${unmet(who, o.use, { part: sql`g.shuffle < ${o.from}`, count: o.count })} y) z
    order by z.part, z.shuffle limit ${o.count}) x
  join items i on i.project_id = ${who.projectId} and i.item_id = x.item_id
  join item_inputs n on n.project_id = ${who.projectId} and n.item_id = x.item_id
  order by x.part, x.shuffle`

const standing = (who: Who) => sql<GoldStanding>`
  select s.answered, s.correct, s.cusum from gold_standings s
  where s.project_id = ${who.projectId} and s.user_id = ${who.userId}`

/** What is known of a person, and as many golds as there are places. */
export async function findDraw(
  db: Db,
  who: Who,
  o: Drawing,
): Promise<{ readonly standing: GoldStanding; readonly golds: readonly PickedGold[] }> {
  const [[known], found] = await inOneGo(db, standing(who), golds(who, o))
  return { standing: known ?? newStanding, golds: found }
}

export async function findGolds(db: Db, who: Who, o: Drawing): Promise<PickedGold[]> {
  const { rows } = await golds(who, o).execute(db)
  return rows
}

/** How many golds of a use a person has not met. */
export async function countUnmet(db: Db, who: Who, use: Use): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${unmet(who, use, { part: sql`true`, count: 10_000 })} x`.execute(db)
  return rows[0]?.n ?? 0
}
