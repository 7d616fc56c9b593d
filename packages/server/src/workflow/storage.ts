import type { Workflow } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'

export async function findWorkflow(
  db: Db,
  at: { projectId: string; version: number },
): Promise<unknown> {
  const { rows } = await sql<{ workflow: unknown }>`
    select w.workflow from workflows w
    where w.project_id = ${at.projectId} and w.version = ${at.version}`.execute(db)
  return rows[0]?.workflow
}

export async function findWorkflowVersion(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ workflow_version: number }>`
    select p.workflow_version from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.workflow_version
}

export async function insertWorkflow(
  db: Db,
  w: {
    projectId: string
    version: number
    workflow: Workflow
    note: string
    createdBy: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into workflows (project_id, version, workflow, note, created_by, created_at)
    values (${w.projectId}, ${w.version}, ${json(w.workflow)}::jsonb, ${storableText(w.note)},
      ${w.createdBy}, ${w.now})`.execute(db)
}
