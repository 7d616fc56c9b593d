import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'

export type ViewRow = {
  readonly view_id: string
  readonly user_id: string
  readonly name: string
  readonly shared: boolean
  readonly sort: 'ordinal' | 'key' | 'updatedAt' | 'annotations' | 'activeMs'
  readonly direction: 'asc' | 'desc'
  /** As on the wire: ids and times encoded. */
  readonly filter: unknown
}
type Who = { readonly projectId: string; readonly userId: string }

/** Mine and the shared ones, by name. */
export async function listViews(db: Db, who: Who): Promise<ViewRow[]> {
  const { rows } = await sql<ViewRow>`
    select v.view_id, v.user_id, v.name, v.shared, v.sort, v.direction, v.filter from saved_views v
    where v.project_id = ${who.projectId} and (v.user_id = ${who.userId} or v.shared)
    order by v.name, v.view_id limit 500`.execute(db)
  return rows
}

/** Store a view of mine, over one of the same name. @returns its id */
export async function saveView(
  db: Db,
  who: Who,
  v: Omit<ViewRow, 'user_id'> & { readonly now: Date },
): Promise<string> {
  const { rows } = await sql<{ view_id: string }>`
    insert into saved_views (project_id, view_id, user_id, name, shared, sort, direction, filter, created_at)
    values (${who.projectId}, ${v.view_id}, ${who.userId}, ${v.name}, ${v.shared}, ${v.sort}, ${v.direction},
      ${json(v.filter)}::jsonb, ${v.now})
    on conflict (project_id, user_id, name) do update set shared = excluded.shared, sort = excluded.sort,
      direction = excluded.direction, filter = excluded.filter
    returning view_id`.execute(db)
  return rows[0]?.view_id ?? v.view_id
}

export async function deleteView(db: Db, who: Who, viewId: string): Promise<boolean> {
  const { rows } = await sql`
    delete from saved_views v
    where v.project_id = ${who.projectId} and v.view_id = ${viewId} and v.user_id = ${who.userId}
    returning 1`.execute(db)
  return rows.length > 0
}
