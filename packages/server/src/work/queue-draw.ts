/**
 * Places taken out of a batch. Two ways lead to every free place, so that nobody is passed by and none
 * is lost: places given back are listed by the time they were freed; all others lie ahead of a person's
 * position, before which everything was theirs already or had no free place when they passed.
 */
import { type RawBuilder, sql } from 'kysely'
import { setPlace } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { plannedAnew } from '../platform/db/index.ts'

export type Who = { readonly projectId: string; readonly userId: string }
export type PickedItem = {
  readonly item_id: string
  readonly batch_id: string
  readonly ordinal: number
  readonly key: string
  readonly inputs: Record<string, unknown>
  readonly nth: number
  /** Where it stood when it was picked. */
  readonly stood: number
  /** Returned answers of somebody else to start from. */
  readonly from_annotation_id: string | null
  readonly from_answers: Record<string, unknown> | null
}
/** What a look through a part of the batch came to. */
export type Draw = {
  readonly picked: readonly PickedItem[]
  /** How many rows were looked at, and the last of them. */
  readonly seen: number
  readonly last:
    | { readonly rank: number; readonly freedAt: string | null; readonly itemId: string }
    | undefined
  /** Free places others were at just then: the first one's rank, and up to 20 of them. */
  readonly passed: number | undefined
  readonly passedIds: readonly string[]
}
/** Where to look: at places given back, ahead of a position, or at certain items, waiting for them. */
type Look =
  | { readonly at: 'freed'; readonly after: { freedAt: string | null; itemId: string } | undefined }
  | { readonly at: 'ahead'; readonly after: number }
  | { readonly at: 'these'; readonly itemIds: readonly string[] }

type Ask = {
  readonly batchId: string
  readonly count: number
  readonly window: number
  readonly look: Look
  /** Taken in this transaction already; their leases are not to be seen yet. */
  readonly inHand?: readonly string[]
}

/** As in `Who`, or the project as a column. */
export type WhoIn = { readonly projectId: string | RawBuilder<unknown>; readonly userId: string }

/** The one condition under which an item is nothing for this person: they have or had it. */
export const hadBy = (who: WhoIn, itemId: string) => sql`exists (
  select 1 from assignments a
  where a.project_id = ${who.projectId} and a.user_id = ${who.userId} and a.item_id = ${sql.ref(itemId)}
    and a.stage = 'annotate'
    and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped')
  offset 0)`

function range(who: Who, o: Ask) {
  const { inHand = [] } = o
  const unless = inHand.length > 0 ? sql`and i.item_id <> all(${inHand}::uuid[])` : sql``
  const free = sql`select i.item_id, i.rank, i.freed_at from items i
    where i.project_id = ${who.projectId} and i.batch_id = ${o.batchId} and i.slots > 0 ${unless}`
  switch (o.look.at) {
    case 'freed': {
      const { after } = o.look
      const on = after
        ? sql`and i.freed_at >= ${after.freedAt}::timestamptz
            and (i.freed_at, i.item_id) > (${after.freedAt}::timestamptz, ${after.itemId}::uuid)`
        : sql``
      return sql`${free} and i.freed_at is not null ${on} order by i.freed_at, i.item_id limit ${sql.lit(o.window)}`
    }
    case 'ahead':
      return sql`${free} and i.rank > ${o.look.after} order by i.rank limit ${sql.lit(o.window)}`
    case 'these':
      return sql`${free} and i.item_id = any(${o.look.itemIds}::uuid[]) order by i.rank`
  }
}

type Row = Omit<PickedItem, 'item_id'> & {
  readonly item_id: string | null
  readonly seen: number
  readonly last_rank: number | null
  readonly last_freed_at: string | null
  readonly last_id: string | null
  readonly passed: number | null
  readonly passed_ids: readonly string[]
}

/**
 * Take up to `count` free places this person never had, looking at no more than `window` rows. What
 * others are taking at this moment is passed over and told, unless it is what is waited for. Rows are
 * looked at one after the other until there are enough, each locked only when it fits.
 */
export async function drawPlaces(db: Db, who: Who, o: Ask): Promise<Draw> {
  const lock = o.look.at === 'these' ? sql`` : sql`skip locked`
  const { rows } = await sql<Row>`${o.window > 200 ? plannedAnew : sql``}
    with seen as materialized (${range(who, o)}),
    picked as materialized (
      select x.item_id, s.rank
      from seen s cross join lateral (
        select i.item_id from items i
        where i.project_id = ${who.projectId} and i.item_id = s.item_id and i.batch_id = ${o.batchId}
          and i.slots > 0
        for no key update ${lock}) x
      where not ${hadBy(who, 's.item_id')}
      limit ${sql.lit(o.count)}
    ), passed as materialized (
      select s.item_id, s.rank from seen s
      where not exists (select 1 from picked k where k.item_id = s.item_id)
        and ((select count(*) from picked) < ${sql.lit(o.count)} or s.rank < (select max(k.rank) from picked k))
        and not ${hadBy(who, 's.item_id')}
    ), taken as (
      update items i set slots = i.slots - 1, leased = i.leased + 1,
        ${setPlace({ slots: sql`(i.slots - 1)`, people: sql`(i.leased + i.annotations + 1)` })}
      from picked where i.project_id = ${who.projectId} and i.item_id = picked.item_id
      returning i.item_id, i.batch_id, i.ordinal, i.key, picked.rank as stood
    ), shown as (
      select t.item_id, t.batch_id, t.ordinal, t.key, t.stood, n.inputs,
        (select count(*) from assignments a
         where a.project_id = ${who.projectId} and a.item_id = t.item_id and a.stage = 'annotate') as nth
      from taken t
      join item_inputs n on n.project_id = ${who.projectId} and n.item_id = t.item_id
    )
    select m.*, shown.*, w.annotation_id as from_annotation_id, w.answers as from_answers
    from (
      select (select count(*) from seen) as seen, (select min(p.rank) from passed p) as passed,
        array(select p.item_id from passed p order by p.rank limit 20) as passed_ids,
        l.rank as last_rank, l.freed_at::text as last_freed_at, l.item_id as last_id
      from (select 1) one left join lateral (
        select s.rank, s.freed_at, s.item_id from seen s
        order by ${o.look.at === 'freed' ? sql`s.freed_at desc, s.item_id desc` : sql`s.rank desc`} limit 1) l on true
    ) m
    left join shown on true
    left join lateral (
      select o.annotation_id, o.answers from annotations o
      where o.project_id = ${who.projectId} and o.item_id = shown.item_id and o.state = 'withdrawn' and o.returns > 0
        and o.author_id <> ${who.userId}
        and not exists (select 1 from assignments f where f.project_id = ${who.projectId}
          and f.item_id = shown.item_id and f.from_annotation_id = o.annotation_id
          and f.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped'))
      order by o.updated_at desc limit 1) w on true
    order by shown.stood`.execute(db)
  const first = rows[0]
  if (!first) throw new Error('a draw answers at least one row')
  return {
    picked: rows.flatMap((row) => (row.item_id === null ? [] : [{ ...row, item_id: row.item_id }])),
    seen: first.seen,
    last:
      first.last_id === null || first.last_rank === null
        ? undefined
        : { rank: first.last_rank, freedAt: first.last_freed_at, itemId: first.last_id },
    passed: first.passed ?? undefined,
    passedIds: first.passed_ids,
  }
}

/** Whether there is a free place this person never had: where gold stands alone, work must wait behind it. */
export async function hasPlace(
  db: Db,
  who: Who,
  o: { batchId: string; position: number },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from items i
      where i.project_id = ${who.projectId} and i.batch_id = ${o.batchId} and i.slots > 0
        and (i.rank > ${o.position} or i.freed_at is not null) and not ${hadBy(who, 'i.item_id')}) as found`.execute(
    db,
  )
  return rows[0]?.found ?? false
}

/** In how many rows the first look for places given back, and the first look ahead, are done. */
const freedAtOnce = 100
const aheadAtOnce = 11
/** Where many rows were this person's already. */
const farAtOnce = 1000

export type Harvest = {
  readonly picked: readonly PickedItem[]
  /** Up to where the person has looked now. */
  readonly position: number
  /** Others were at these: to be waited for when there is nothing else. */
  readonly passedIds: readonly string[]
}

/** Up to `count` places of a batch: given back ones first, then from the person's position on. */
export async function harvest(
  db: Db,
  who: Who,
  o: { batchId: string; count: number; position: number; freed: boolean; ahead: boolean },
): Promise<Harvest> {
  const picked: PickedItem[] = []
  const passedIds: string[] = []
  const ask = async (window: number, look: Look) => {
    const drawn = await drawPlaces(db, who, {
      batchId: o.batchId,
      count: o.count - picked.length,
      window,
      look,
      inHand: picked.map((item) => item.item_id),
    })
    picked.push(...drawn.picked)
    passedIds.push(...drawn.passedIds)
    return drawn
  }
  const enough = () => picked.length >= o.count
  const given = o.freed ? await ask(freedAtOnce, { at: 'freed', after: undefined }) : undefined
  const position = o.ahead && !enough() ? await lookAhead(o.position, { ask, enough }) : o.position
  let more = given
  while (more?.last && !enough() && more.seen >= freedAtOnce)
    more = await ask(farAtOnce, { at: 'freed', after: more.last })
  return { picked, position, passedIds }
}

async function lookAhead(
  from: number,
  o: { ask(window: number, look: Look): Promise<Draw>; enough(): boolean },
): Promise<number> {
  let after = from
  let passed: number | undefined
  for (let window = aheadAtOnce; ; window = farAtOnce) {
    const drawn = await o.ask(window, { at: 'ahead', after })
    passed ??= drawn.passed
    const reached = o.enough() ? drawn.picked.at(-1)?.stood : drawn.last?.rank
    after = Math.max(after, reached ?? after)
    if (o.enough() || drawn.seen < window) return passed === undefined ? after : passed - 1
  }
}
