import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'

export type SchemaRow = {
  readonly version: number
  readonly schema: unknown
  readonly note: string
  readonly created_at: Date
  readonly created_by: string
}

export async function findSchema(
  db: Db,
  at: { projectId: string; version: number },
): Promise<SchemaRow | undefined> {
  const { rows } = await sql<SchemaRow>`
    select s.version, s.schema, s.note, s.created_at, u.name as created_by
    from task_schemas s join users u on u.user_id = s.created_by
    where s.project_id = ${at.projectId} and s.version = ${at.version}`.execute(db)
  return rows[0]
}

export async function listSchemaVersions(
  db: Db,
  projectId: string,
): Promise<Omit<SchemaRow, 'schema'>[]> {
  const { rows } = await sql<Omit<SchemaRow, 'schema'>>`
    select s.version, s.note, s.created_at, u.name as created_by
    from task_schemas s join users u on u.user_id = s.created_by
    where s.project_id = ${projectId} order by s.version desc`.execute(db)
  return rows
}

export async function findSchemaVersion(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ schema_version: number }>`
    select p.schema_version from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.schema_version
}

/** The version in force; publishing waits here for whoever publishes at the same moment. */
export async function lockSchemaVersion(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ schema_version: number }>`
    select p.schema_version from projects p where p.project_id = ${projectId} for no key update`.execute(
    db,
  )
  return rows[0]?.schema_version
}

export async function insertSchema(
  db: Db,
  row: {
    projectId: string
    version: number
    schema: unknown
    note: string
    createdBy: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into task_schemas (project_id, version, schema, note, created_by, created_at)
    values (${row.projectId}, ${row.version}, ${json(row.schema)}::jsonb, ${row.note}, ${row.createdBy}, ${row.now})`.execute(
    db,
  )
}

export async function setSchemaVersion(
  db: Db,
  at: { projectId: string; version: number },
): Promise<void> {
  await sql`
    update projects set schema_version = ${at.version}, revision = revision + 1
    where project_id = ${at.projectId}`.execute(db)
}

export async function hasItems(db: Db, projectId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from items i where i.project_id = ${projectId}) as found`.execute(db)
  return rows[0]?.found ?? false
}

export async function findTaxonomyNodes(
  db: Db,
  at: { projectId: string; name: string; version: number },
): Promise<unknown> {
  const { rows } = await sql<{ nodes: unknown }>`
    select t.nodes from taxonomies t
    where t.project_id = ${at.projectId} and t.name = ${at.name} and t.version = ${at.version}`.execute(
    db,
  )
  return rows[0]?.nodes
}
