/**
 * One item under lock. Whoever changes an item, its annotations or its assignments locks the item
 * first; a key-share lock (foreign keys) does not wait for it.
 */
import { itemState, rankPerPerson } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { annotationsOf, type Step, slotsOf, stepOf, type Tally } from './tally.ts'

export type LockedItem = {
  readonly itemId: string
  readonly ordinal: number
  readonly key: string
  readonly batchId: string
  /** The adjudicator's or auditor's assignment. */
  readonly heldBy: string | null
  readonly tally: Tally
}
/** Columns of `items i` that `toLockedItem` reads. */
export const itemColumns = sql`i.item_id, i.ordinal, i.key, i.wanted, i.leased, i.submitted, i.returned,
  i.accepted, i.withdrawn, i.removed_at, i.active_ms as item_active_ms, i.batch_id, i.due, i.step, i.held_by,
  i.gold, i.decided`
export type ItemColumns = {
  readonly item_id: string
  readonly ordinal: number
  readonly key: string
  readonly wanted: number
  readonly leased: number
  readonly submitted: number
  readonly returned: number
  readonly accepted: number
  readonly withdrawn: boolean
  readonly removed_at: Date | null
  readonly item_active_ms: number
  readonly batch_id: string
  readonly due: number
  readonly step: Step
  readonly held_by: string | null
  readonly gold: boolean
  readonly decided: boolean
}

export const toLockedItem = (row: ItemColumns): LockedItem => ({
  itemId: row.item_id,
  ordinal: row.ordinal,
  key: row.key,
  batchId: row.batch_id,
  heldBy: row.held_by,
  tally: {
    wanted: row.wanted,
    leased: row.leased,
    submitted: row.submitted,
    returned: row.returned,
    accepted: row.accepted,
    withdrawn: row.withdrawn,
    removed: row.removed_at !== null,
    gold: row.gold,
    due: row.due,
    pending: row.step === 'adjudicate' || row.step === 'audit' ? row.step : 'nothing',
    decided: row.decided,
    activeMs: row.item_active_ms,
  },
})

export async function lockItem(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<LockedItem | undefined> {
  const { rows } = await sql<ItemColumns>`
    select ${itemColumns} from items i
    where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}
    for no key update`.execute(db)
  return rows[0] && toLockedItem(rows[0])
}

/**
 * Assignments of an item's tally, to stand after `update items i set`: state, slots and the place in
 * the queue follow. `touched` moves the item's time of change; leases and their ends do not count as one.
 */
export const setTally = (t: Tally, touched?: Date) => sql`
  wanted = ${t.wanted}, leased = ${t.leased}, submitted = ${t.submitted}, returned = ${t.returned}, accepted = ${t.accepted},
  withdrawn = ${t.withdrawn}, annotations = ${annotationsOf(t)}, active_ms = ${t.activeMs},
  slots = ${slotsOf(t)}, state = ${itemState(t)}, due = ${t.due}, step = ${stepOf(t)}, gold = ${t.gold},
  decided = ${t.decided}, ${setPlace({ slots: sql`${slotsOf(t)}::smallint`, people: sql`${t.leased + annotationsOf(t)}::smallint` })},
  updated_at = coalesce(${touched ?? null}::timestamptz, updated_at)`

/**
 * Keeps the item's place in the queue right when `slots` or `people` (leased and annotations) change: a
 * place that became free is marked, to be found by those whose way through the batch has passed it;
 * under `least-labelled` the rank moves with the people. Stands after `update items i set`.
 */
export const setPlace = (to: { slots: RawBuilder<unknown>; people: RawBuilder<unknown> }) => sql`
  freed_at = case when ${to.slots} > i.slots then clock_timestamp() when ${to.slots} = 0 then null else i.freed_at end,
  rank = case when ${to.people} = i.leased + i.annotations then i.rank
    else i.rank + (${to.people} - i.leased - i.annotations) * (
      select case when p.settings->'queue'->>'order' = 'least-labelled' then ${sql.lit(rankPerPerson)} else 0 end::bigint
      from projects p where p.project_id = i.project_id) end`

export async function writeTally(
  db: Db,
  at: { projectId: string; itemId: string; tally: Tally; touched?: Date },
): Promise<void> {
  await sql`
    update items i set ${setTally(at.tally, at.touched)}
    where i.project_id = ${at.projectId} and i.item_id = ${at.itemId}`.execute(db)
}
