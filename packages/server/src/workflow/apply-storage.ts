/** Statements that walk through a project's items and bring them under a workflow. */
import { itemState } from '@kasauti/core'
import { sql } from 'kysely'
import {
  annotationsOf,
  type ItemColumns,
  itemColumns,
  setPlace,
  slotsOf,
  stepOf,
  type Tally,
  toLockedItem,
} from '../item/index.ts'
import type { Db } from '../platform/app.ts'

export type ChunkRow = {
  readonly itemId: string
  readonly ordinal: number
  readonly batchId: string
  /** Has annotations. */
  readonly annotated: boolean
  readonly tally: Tally
}

const rowsOf = (rows: readonly ItemColumns[]): readonly ChunkRow[] =>
  rows.map((row) => {
    const { itemId, ordinal, batchId, tally } = toLockedItem(row)
    return { itemId, ordinal, batchId, annotated: annotationsOf(tally) > 0, tally }
  })

/**
 * The next items after an ordinal, in order; those of batches that were handed over are not in flight, gold
 * goes its own way. `untouched`: only what nobody was ever given.
 */
export async function listChunk(
  db: Db,
  at: { projectId: string; after: number; limit: number; which: 'all' | 'untouched' },
): Promise<readonly ChunkRow[]> {
  const untouched =
    at.which === 'untouched'
      ? sql`and not exists (select 1 from item_events e where e.project_id = ${at.projectId}
          and e.item_id = i.item_id and e.kind in ('leased', 'assigned'))`
      : sql``
  const { rows } = await sql<ItemColumns>`
    select ${itemColumns} from items i
    where i.project_id = ${at.projectId} and i.ordinal > ${at.after} and not i.gold
      and exists (select 1 from batches b where b.project_id = ${at.projectId} and b.batch_id = i.batch_id
        and b.state not in ('delivered', 'accepted'))
      ${untouched}
    order by i.ordinal limit ${sql.lit(at.limit)}`.execute(db)
  return rowsOf(rows)
}

/** These items of a batch as they are now, under lock. */
export async function lockChunk(
  db: Db,
  at: { projectId: string; batchId: string; itemIds: readonly string[] },
): Promise<readonly ChunkRow[]> {
  const { rows } = await sql<ItemColumns>`
    select ${itemColumns} from items i
    where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[])
      and i.batch_id = ${at.batchId} and not i.gold
    order by i.ordinal for no key update of i`.execute(db)
  return rowsOf(rows)
}

/** Those of the items that have a free place, under lock. */
export async function lockFree(
  db: Db,
  at: { projectId: string; itemIds: readonly string[] },
): Promise<readonly ChunkRow[]> {
  const { rows } = await sql<ItemColumns>`
    select ${itemColumns} from items i
    where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[]) and i.slots > 0
      and not i.gold
    order by i.item_id for no key update of i`.execute(db)
  return rowsOf(rows)
}

export async function findChunkInputs(
  db: Db,
  of: { projectId: string; itemIds: readonly string[] },
): Promise<
  ReadonlyMap<string, { readonly inputs: Record<string, unknown>; readonly schemaVersion: number }>
> {
  if (of.itemIds.length === 0) return new Map()
  const { rows } = await sql<{
    item_id: string
    inputs: Record<string, unknown>
    schema_version: number
  }>`
    select n.item_id, n.inputs, (select max(o.schema_version) from annotations o
      where o.project_id = ${of.projectId} and o.item_id = n.item_id) as schema_version
    from item_inputs n where n.project_id = ${of.projectId} and n.item_id = any(${of.itemIds}::uuid[])`.execute(
    db,
  )
  return new Map(
    rows.map((row) => [row.item_id, { inputs: row.inputs, schemaVersion: row.schema_version }]),
  )
}

/** Items under lock, brought to where they are to be. */
export async function changeItems(
  db: Db,
  at: { projectId: string; now: Date; items: readonly { itemId: string; tally: Tally }[] },
): Promise<void> {
  const of = <T>(read: (t: Tally) => T): T[] => at.items.map((item) => read(item.tally))
  await sql`
    update items i set wanted = g.wanted, due = g.due, step = g.step, submitted = g.submitted,
      accepted = g.accepted, state = g.state, slots = g.slots, updated_at = ${at.now},
      ${setPlace({ slots: sql`g.slots`, people: sql`(i.leased + i.annotations)` })}
    from unnest(${at.items.map((item) => item.itemId)}::uuid[], ${of((t) => t.wanted)}::smallint[],
      ${of((t) => t.due)}::smallint[], ${of(stepOf)}::text[], ${of((t) => t.submitted)}::smallint[],
      ${of((t) => t.accepted)}::smallint[], ${of(itemState)}::text[], ${of(slotsOf)}::smallint[])
      as g (item_id, wanted, due, step, submitted, accepted, state, slots)
    where i.project_id = ${at.projectId} and i.item_id = g.item_id`.execute(db)
}

/** One line each in the history of these items. */
export async function tellChanged(
  db: Db,
  at: {
    projectId: string
    itemIds: readonly string[]
    eventIds: readonly string[]
    by: string
    note: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into item_events (project_id, item_id, event_id, kind, user_id, note, at)
    select ${at.projectId}::uuid, g.item_id, g.event_id, 'workflow-changed', ${at.by}::uuid, ${at.note},
      ${at.now}::timestamptz
    from unnest(${at.itemIds}::uuid[], ${at.eventIds}::uuid[]) as g (item_id, event_id)`.execute(db)
}

export type ProjectRow = {
  readonly seed: number
  readonly workflow_version: number
  readonly items: number
}
export async function findProject(db: Db, projectId: string): Promise<ProjectRow | undefined> {
  const { rows } = await sql<ProjectRow>`
    select p.seed, p.workflow_version, (select coalesce(sum(c.items), 0)::bigint from project_counts c
      where c.project_id = p.project_id) as items
    from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]
}

/** The version in force, and who published it with what note. */
export async function findPublished(
  db: Db,
  projectId: string,
): Promise<
  | {
      readonly version: number
      readonly seed: number
      readonly created_by: string
      readonly note: string
    }
  | undefined
> {
  const { rows } = await sql<{ version: number; seed: number; created_by: string; note: string }>`
    select w.version, p.seed, w.created_by, w.note from projects p
    join workflows w on w.project_id = p.project_id and w.version = p.workflow_version
    where p.project_id = ${projectId}`.execute(db)
  return rows[0]
}

export type Applying = {
  readonly version: number
  readonly in_flight: 'follow' | 'keep'
  readonly applied_to: number
  readonly applied_at: Date | null
  readonly created_by: string
  readonly created_at: Date
  readonly note: string
}
/** The version a job brings items under. */
export async function findApplying(
  db: Db,
  at: { projectId: string; jobId: string },
): Promise<Applying | undefined> {
  const { rows } = await sql<Applying>`
    select w.version, w.in_flight, w.applied_to, w.applied_at, w.created_by, w.created_at, w.note from workflows w
    where w.project_id = ${at.projectId} and w.job_id = ${at.jobId}`.execute(db)
  return rows[0]
}

/** Imports that began before: they bring items by the workflow of then. */
export async function hasOlderImports(
  db: Db,
  at: { projectId: string; before: Date },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select 1 from jobs j where j.project_id = ${at.projectId} and j.kind = 'import'
      and j.finished_at is null and j.created_at < ${at.before}) as found`.execute(db)
  return rows[0]?.found ?? false
}
