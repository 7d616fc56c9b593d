/** The statements of a chunk's transaction, on its own connection. */
import type { PoolClient } from 'pg'
import type { Reject } from './chunk.ts'

export const copyItemsSql = `copy items
  (project_id, item_id, batch_id, ordinal, rank, key, state, wanted, slots, import_id, created_at, updated_at,
   uncertainty) from stdin`
export const copyInputsSql = 'copy item_inputs (project_id, item_id, inputs, preview) from stdin'

/** Keeps the batch from being removed until the end of the transaction. False: it is gone. */
export async function keepBatch(
  client: PoolClient,
  at: { projectId: string; batchId: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    'select b.batch_id from batches b where b.project_id = $1 and b.batch_id = $2 for key share',
    [at.projectId, at.batchId],
  )
  return rowCount === 1
}

/**
 * The first of `n` new ordinals. Holds the project's row until the end of the transaction: ordinals
 * become visible in their order, so nobody who has passed an ordinal misses one before it.
 */
export async function reserveOrdinals(
  client: PoolClient,
  at: { projectId: string; n: number },
): Promise<number> {
  const { rows } = await client.query<{ first: number }>(
    `update projects set next_ordinal = next_ordinal + $2 where project_id = $1
     returning next_ordinal - $2 as first`,
    [at.projectId, at.n],
  )
  const [row] = rows
  if (!row) throw new Error('the project is gone')
  return row.first
}

export async function findTakenKeys(
  client: PoolClient,
  at: { projectId: string; keys: readonly string[] },
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ key: string }>(
    `select i.key from items i
     where i.project_id = $1 and i.removed_at is null and i.key collate "C" = any ($2::text[])`,
    [at.projectId, at.keys],
  )
  return new Set(rows.map((r) => r.key))
}

export async function insertRejects(
  client: PoolClient,
  at: { projectId: string; importId: string; first: number; rejects: readonly Reject[] },
): Promise<void> {
  if (at.rejects.length === 0) return
  await client.query(
    `insert into import_rejects (project_id, import_id, n, place, reason, raw)
     select $1::uuid, $2::uuid, $3::bigint + r.n - 1, r.place, r.reason, r.raw
     from unnest($4::text[], $5::text[], $6::text[]) with ordinality as r (place, reason, raw, n)`,
    [
      at.projectId,
      at.importId,
      at.first,
      at.rejects.map((r) => r.place),
      at.rejects.map((r) => r.reason),
      at.rejects.map((r) => r.raw),
    ],
  )
}

/** False if the import is not where this worker left it: somebody else goes on with it, or it was undone. */
export async function addImported(
  client: PoolClient,
  add: {
    projectId: string
    importId: string
    items: number
    rejected: number
    duplicates: number
    byteOffset: number
    rowsBefore: number
    rows: number
  },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update imports set items = items + $3, rejected = rejected + $4, duplicates = duplicates + $5,
       resume_byte = $6, rows_seen = rows_seen + $8
     where project_id = $1 and import_id = $2 and rows_seen = $7 and undone_at is null`,
    [
      add.projectId,
      add.importId,
      add.items,
      add.rejected,
      add.duplicates,
      add.byteOffset,
      add.rowsBefore,
      add.rows,
    ],
  )
  return rowCount === 1
}

/** Shard 0 is the importers'. */
export async function addToCounts(
  client: PoolClient,
  add: { projectId: string; batchId: string; items: number; wanted: number },
): Promise<void> {
  await client.query(
    `with batch as (
       insert into batch_counts as c (project_id, batch_id, shard, items, open, wanted)
       values ($1, $4, 0, $2, $2, $3)
       on conflict (project_id, batch_id, shard) do update
       set items = c.items + excluded.items, open = c.open + excluded.open, wanted = c.wanted + excluded.wanted
     )
     insert into project_counts as c (project_id, shard, items, open, wanted) values ($1, 0, $2, $2, $3)
     on conflict (project_id, shard) do update
     set items = c.items + excluded.items, open = c.open + excluded.open, wanted = c.wanted + excluded.wanted`,
    [add.projectId, add.items, add.wanted, add.batchId],
  )
}
