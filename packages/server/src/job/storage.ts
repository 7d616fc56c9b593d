import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import type { JobColumns } from './presenter.ts'

const columns = sql`j.job_id, j.kind, j.state, j.title, j.progress, j.error, j.created_at, j.finished_at`
const shown = 100

export async function listNewestJobs(db: Db, projectId: string): Promise<readonly JobColumns[]> {
  const { rows } = await sql<JobColumns>`
    select ${columns} from jobs j where j.project_id = ${projectId}
    order by j.created_at desc, j.job_id desc limit ${shown}`.execute(db)
  return rows
}

export async function findJob(
  db: Db,
  at: { projectId: string; jobId: string },
): Promise<JobColumns | undefined> {
  const { rows } = await sql<JobColumns>`
    select ${columns} from jobs j where j.project_id = ${at.projectId} and j.job_id = ${at.jobId}`.execute(
    db,
  )
  return rows[0]
}
