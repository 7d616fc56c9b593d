import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'

export type ReadOptions = {
  readonly format: string
  readonly encoding: string
  readonly delimiter?: string | undefined
  readonly header?: boolean | undefined
}
export type UploadRow = {
  readonly project_id: string
  readonly upload_id: string
  readonly file_name: string
  readonly bytes: number
  readonly sha256: string
  readonly detected: ReadOptions
  readonly confidence: number
}
export type EarlierImport = {
  readonly import_id: string
  readonly created_at: Date
  readonly items: number
}

export async function insertUpload(
  db: Db,
  row: UploadRow & { readonly created_by: string; readonly created_at: Date },
): Promise<void> {
  await sql`
    insert into uploads (project_id, upload_id, file_name, bytes, sha256, detected, confidence, created_by, created_at)
    values (${row.project_id}, ${row.upload_id}, ${row.file_name}, ${row.bytes}, ${row.sha256},
      ${json(row.detected)}::jsonb, ${row.confidence}, ${row.created_by}, ${row.created_at})`.execute(
    db,
  )
}

export async function findUpload(
  db: Db,
  at: { projectId: string; uploadId: string },
): Promise<UploadRow | undefined> {
  const { rows } = await sql<UploadRow>`
    select u.project_id, u.upload_id, u.file_name, u.bytes, u.sha256, u.detected, u.confidence
    from uploads u where u.project_id = ${at.projectId} and u.upload_id = ${at.uploadId}`.execute(
    db,
  )
  return rows[0]
}

/** The newest import of the same bytes that is running or has items in the project. */
export async function findEarlierImport(
  db: Db,
  at: { projectId: string; sha256: string },
): Promise<EarlierImport | undefined> {
  const { rows } = await sql<EarlierImport>`
    select i.import_id, i.created_at, i.items
    from imports i join jobs j on j.project_id = i.project_id and j.job_id = i.job_id
    where i.project_id = ${at.projectId} and i.sha256 = ${at.sha256} and i.undone_at is null
      and (i.items > 0 or j.state in ('queued', 'running'))
    order by i.created_at desc limit 1`.execute(db)
  return rows[0]
}

export async function findSchemaVersionInForce(db: Db, projectId: string): Promise<number> {
  const { rows } = await sql<{ schema_version: number }>`
    select p.schema_version from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.schema_version ?? 0
}

/**
 * Of these uploads, those whose files are still wanted: uploaded of late, being imported, or imported
 * of late.
 */
export async function findUploadsInUse(
  db: Db,
  of: {
    projectId: string
    uploadIds: readonly string[]
    uploadedAfter: Date
    finishedAfter: Date
  },
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ upload_id: string }>`
    select u.upload_id from uploads u
    where u.project_id = ${of.projectId} and u.upload_id = any (${of.uploadIds}::uuid[])
      and (u.created_at > ${of.uploadedAfter} or exists (
        select from imports i join jobs j on j.project_id = i.project_id and j.job_id = i.job_id
        where i.project_id = ${of.projectId} and i.upload_id = u.upload_id
          and (j.finished_at is null or j.finished_at > ${of.finishedAfter})))`.execute(db)
  return new Set(rows.map((r) => r.upload_id))
}
