import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'

type LocalText = { en: string; hi?: string | undefined }
export type TaxonomyRow = {
  readonly taxonomy_id: string
  readonly name: string
  readonly title: LocalText
  readonly version: number
  readonly node_count: number
  readonly created_at: Date
}

/** The newest version of each taxonomy of the project, by name. */
export async function listTaxonomies(db: Db, projectId: string): Promise<TaxonomyRow[]> {
  const { rows } = await sql<TaxonomyRow>`
    select distinct on (t.name) t.taxonomy_id, t.name, t.title, t.version, t.node_count, t.created_at
    from taxonomies t where t.project_id = ${projectId}
    order by t.name, t.version desc`.execute(db)
  return rows
}

export async function findTaxonomy(
  db: Db,
  at: { projectId: string; name: string; version: number },
): Promise<(TaxonomyRow & { readonly nodes: unknown }) | undefined> {
  const { rows } = await sql<TaxonomyRow & { nodes: unknown }>`
    select t.taxonomy_id, t.name, t.title, t.version, t.node_count, t.created_at, t.nodes
    from taxonomies t
    where t.project_id = ${at.projectId} and t.name = ${at.name} and t.version = ${at.version}`.execute(
    db,
  )
  return rows[0]
}

/** The newest version of one taxonomy; publishing waits for whoever publishes at the same moment. */
export async function lockNewestTaxonomy(
  db: Db,
  at: { projectId: string; name: string },
): Promise<Pick<TaxonomyRow, 'taxonomy_id' | 'version'> | undefined> {
  await sql`select p.project_id from projects p where p.project_id = ${at.projectId} for no key update`.execute(
    db,
  )
  const { rows } = await sql<Pick<TaxonomyRow, 'taxonomy_id' | 'version'>>`
    select t.taxonomy_id, t.version from taxonomies t
    where t.project_id = ${at.projectId} and t.name = ${at.name}
    order by t.version desc limit 1`.execute(db)
  return rows[0]
}

export async function insertTaxonomy(
  db: Db,
  row: {
    projectId: string
    taxonomyId: string
    name: string
    version: number
    title: LocalText
    nodes: readonly unknown[]
    createdBy: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into taxonomies
      (project_id, name, version, taxonomy_id, title, nodes, node_count, created_by, created_at)
    values (${row.projectId}, ${row.name}, ${row.version}, ${row.taxonomyId}, ${json(row.title)}::jsonb,
      ${json(row.nodes)}::jsonb, ${row.nodes.length}, ${row.createdBy}, ${row.now})`.execute(db)
}
