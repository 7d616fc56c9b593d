import type { QueueOrder } from '@kasauti/core'
import { sql } from 'kysely'
import type { JobState, StoredProgress } from '../job/index.ts'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'
import type { Mapping, ReadOptions } from '../upload/index.ts'

/** As stored: the keys of rows without a key column begin with `stem`. */
export type StoredMapping = Mapping & { readonly stem: string }

export type ImportRow = {
  readonly import_id: string
  readonly job_id: string
  readonly batch_id: string
  readonly batch: string
  readonly file_name: string
  readonly options: ReadOptions
  readonly mapping: StoredMapping
  readonly items: number
  readonly rejected: number
  readonly duplicates: number
  readonly created_at: Date
  readonly undone_at: Date | null
  readonly started_by: string
  readonly state: JobState
  readonly progress: StoredProgress
  readonly error: string | null
  readonly finished_at: Date | null
  readonly sample_rejects: readonly { readonly place: string; readonly reason: string }[]
}

const selected = sql`
  i.import_id, i.job_id, coalesce(i.batch_id, i.project_id) as batch_id, b.name as batch, i.file_name, i.options, i.mapping, i.items, i.rejected, i.duplicates, i.created_at,
  i.undone_at, u.name as started_by, j.state, j.progress, j.error, j.finished_at,
  coalesce((
    select json_agg(json_build_object('place', r.place, 'reason', r.reason) order by r.n) from import_rejects r
    where r.project_id = i.project_id and r.import_id = i.import_id and r.n <= 5), '[]') as sample_rejects
  from imports i
  join jobs j on j.project_id = i.project_id and j.job_id = i.job_id
  join users u on u.user_id = i.created_by
  join batches b on b.project_id = i.project_id and b.batch_id = coalesce(i.batch_id, i.project_id)`

export async function findImport(
  db: Db,
  at: { projectId: string; importId: string },
): Promise<ImportRow | undefined> {
  const { rows } = await sql<ImportRow>`
    select ${selected} where i.project_id = ${at.projectId} and i.import_id = ${at.importId}`.execute(
    db,
  )
  return rows[0]
}

/** Newest first: import ids grow with time. */
export async function listImports(
  db: Db,
  page: { projectId: string; before: string | null; limit: number },
): Promise<readonly ImportRow[]> {
  const older = page.before === null ? sql`` : sql`and i.import_id < ${page.before}::uuid`
  const { rows } = await sql<ImportRow>`
    select ${selected} where i.project_id = ${page.projectId} ${older}
    order by i.import_id desc limit ${page.limit}`.execute(db)
  return rows
}

/** Waits for whoever starts an import of the same bytes into the project. */
export async function lockFile(db: Db, at: { projectId: string; sha256: string }): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${at.projectId} ${at.sha256}`}, 0))`.execute(
    db,
  )
}

export type ProjectForImport = {
  readonly schema_version: number
  readonly archived: boolean
  readonly workflow_version: number
  readonly seed: number
  readonly queue_order: QueueOrder
}
export async function findProjectForImport(
  db: Db,
  projectId: string,
): Promise<ProjectForImport | undefined> {
  const { rows } = await sql<ProjectForImport>`
    select p.schema_version, p.archived_at is not null as archived, p.workflow_version, p.seed,
      coalesce(p.settings -> 'queue' ->> 'order', 'sequential') as queue_order
    from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]
}

/** Waits for whoever chooses a stem for made keys in the project; then those begun like this one. */
export async function lockStems(
  db: Db,
  at: { projectId: string; stem: string },
): Promise<ReadonlySet<string>> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import stems ${at.projectId}`}, 0))`.execute(
    db,
  )
  const { rows } = await sql<{ stem: string }>`
    select distinct i.mapping ->> 'stem' as stem from imports i
    where i.project_id = ${at.projectId} and starts_with(i.mapping ->> 'stem', ${at.stem})`.execute(
    db,
  )
  return new Set(rows.map((r) => r.stem))
}

export async function insertImport(
  db: Db,
  row: {
    projectId: string
    importId: string
    jobId: string
    batchId: string
    uploadId: string
    sha256: string
    fileName: string
    options: ReadOptions
    mapping: StoredMapping
    createdBy: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into imports (project_id, import_id, job_id, batch_id, upload_id, sha256, file_name, options, mapping, created_by, created_at)
    values (${row.projectId}, ${row.importId}, ${row.jobId}, ${row.batchId}, ${row.uploadId}, ${row.sha256}, ${row.fileName},
      ${json(row.options)}::jsonb, ${json(row.mapping)}::jsonb, ${row.createdBy}, ${row.now})`.execute(
    db,
  )
}

export type ImportWork = {
  readonly import_id: string
  /** Null: of a batch that is gone. */
  readonly batch_id: string | null
  readonly upload_id: string
  readonly file_name: string
  readonly options: ReadOptions
  readonly mapping: StoredMapping
  readonly items: number
  readonly rejected: number
  readonly duplicates: number
  readonly rows_seen: number
  readonly bytes: number
  readonly created_by: string
}
/** What a job has to import, and how far it is. */
export async function findImportWork(
  db: Db,
  at: { projectId: string; jobId: string },
): Promise<ImportWork | undefined> {
  const { rows } = await sql<ImportWork>`
    select i.import_id, i.batch_id, i.upload_id, i.file_name, i.options, i.mapping, i.items, i.rejected, i.duplicates,
      i.rows_seen, u.bytes, i.created_by
    from imports i join uploads u on u.project_id = i.project_id and u.upload_id = i.upload_id
    where i.project_id = ${at.projectId} and i.job_id = ${at.jobId}`.execute(db)
  return rows[0]
}

export type RejectRow = {
  readonly n: number
  readonly place: string
  readonly reason: string
  readonly raw: string
}
export async function listRejects(
  db: Db,
  page: { projectId: string; importId: string; after: number; limit: number },
): Promise<readonly RejectRow[]> {
  const { rows } = await sql<RejectRow>`
    select r.n, r.place, r.reason, r.raw from import_rejects r
    where r.project_id = ${page.projectId} and r.import_id = ${page.importId} and r.n > ${page.after}
    order by r.n limit ${page.limit}`.execute(db)
  return rows
}

export async function markUndone(
  db: Db,
  at: { projectId: string; importId: string; now: Date },
): Promise<void> {
  await sql`
    update imports set undone_at = ${at.now}
    where project_id = ${at.projectId} and import_id = ${at.importId} and undone_at is null`.execute(
    db,
  )
}

/**
 * Takes out the items of an import nobody has worked on, in the next stretch of ordinals. History says
 * so, counts follow. Returns how many, and the last ordinal looked at (undefined at the end).
 */
export async function removeUntouched(
  db: Db,
  at: { projectId: string; importId: string; by: string; now: Date; after: number; limit: number },
): Promise<{ removed: number; last: number | undefined }> {
  const { rows } = await sql<{ removed: number; last: number | null }>`
    with page as (
      select i.item_id, i.ordinal from items i
      where i.project_id = ${at.projectId} and i.import_id = ${at.importId} and i.ordinal > ${at.after}
      order by i.ordinal limit ${at.limit}
    ), gone as (
      update items i set removed_at = ${at.now}, updated_at = ${at.now}, slots = 0
      from page
      where i.project_id = ${at.projectId} and i.item_id = page.item_id and i.removed_at is null
        and i.state = 'open' and i.annotations = 0 and i.leased = 0 and not i.withdrawn
      returning i.project_id, i.item_id, i.batch_id, i.wanted
    ), told as (
      insert into item_events (project_id, item_id, event_id, kind, user_id, note, at)
      select gone.project_id, gone.item_id, gen_random_uuid(), 'removed', ${at.by}::uuid, null, ${at.now}::timestamptz
      from gone returning 1
    ), batches_counted as (
      insert into batch_counts as c (project_id, batch_id, shard, items, open, wanted)
      select ${at.projectId}::uuid, g.batch_id, 0, -count(*), -count(*), -sum(g.wanted) from gone g
      group by g.batch_id order by g.batch_id
      on conflict (project_id, batch_id, shard) do update
      set items = c.items + excluded.items, open = c.open + excluded.open, wanted = c.wanted + excluded.wanted
      returning 1
    ), counted as (
      insert into project_counts as c (project_id, shard, items, open, wanted)
      select ${at.projectId}::uuid, 0, -n, -n, -wanted
      from (select count(*) as n, coalesce(sum(wanted), 0) as wanted from gone) as g
      where (select count(*) from batches_counted) >= 0
      on conflict (project_id, shard) do update
      set items = c.items + excluded.items, open = c.open + excluded.open, wanted = c.wanted + excluded.wanted
      returning 1
    )
    select (select count(*) from gone) as removed, (select max(ordinal) from page) as last,
      (select count(*) from told) + (select count(*) from counted) as side`.execute(db)
  const [row] = rows
  return { removed: row?.removed ?? 0, last: row?.last ?? undefined }
}

/** Items of an import that are still in. */
export async function countKept(
  db: Db,
  at: { projectId: string; importId: string },
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from items i
    where i.project_id = ${at.projectId} and i.import_id = ${at.importId} and i.removed_at is null`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}
