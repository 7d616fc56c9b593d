import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'

export async function findProjectName(db: Db, projectId: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select p.name from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.name ?? ''
}
