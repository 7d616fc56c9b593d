import { sql } from 'kysely'
import type pg from 'pg'
import type { Db } from '../app.ts'
import { json } from '../db/json.ts'
import type { StoredProgress } from './progress.ts'

export type JobKey = { readonly projectId: string; readonly jobId: string }
export type JobStanding = {
  readonly state: string
  readonly title: string
  readonly cancelRequested: boolean
  readonly progress: unknown
}

export async function insertJob(
  db: Db,
  job: JobKey & {
    kind: string
    title: string
    createdBy: string
    at: Date
    progress: StoredProgress
  },
): Promise<void> {
  await db
    .insertInto('jobs')
    .values({
      project_id: job.projectId,
      job_id: job.jobId,
      kind: job.kind,
      title: job.title,
      state: 'queued',
      progress: json(job.progress),
      created_by: job.createdBy,
      created_at: job.at,
    })
    .execute()
}

/** Hand it to the workers; takes effect when the transaction commits. */
export async function enqueue(db: Db, job: JobKey & { kind: string }): Promise<void> {
  const payload = json({ projectId: job.projectId, jobId: job.jobId })
  await sql`select graphile_worker.add_job(${job.kind}::text, ${payload}::json, job_key => ${job.jobId}::text)`.execute(
    db,
  )
}

export async function findJobStanding(db: Db, key: JobKey): Promise<JobStanding | undefined> {
  const row = await db
    .selectFrom('jobs')
    .select(['state', 'title', 'cancel_requested', 'progress'])
    .where('project_id', '=', key.projectId)
    .where('job_id', '=', key.jobId)
    .executeTakeFirst()
  return (
    row && {
      state: row.state,
      title: row.title,
      cancelRequested: row.cancel_requested,
      progress: row.progress,
    }
  )
}

export async function setRunning(db: Db, key: JobKey, at: Date): Promise<void> {
  await db
    .updateTable('jobs')
    .set((eb) => ({ state: 'running', started_at: eb.fn.coalesce('started_at', eb.val(at)) }))
    .where('project_id', '=', key.projectId)
    .where('job_id', '=', key.jobId)
    .execute()
}

/** Stores how far it is and says whether somebody wants it stopped. */
export async function setProgress(db: Db, key: JobKey, progress: StoredProgress): Promise<boolean> {
  const row = await db
    .updateTable('jobs')
    .set({ progress: json(progress) })
    .where('project_id', '=', key.projectId)
    .where('job_id', '=', key.jobId)
    .returning('cancel_requested')
    .executeTakeFirst()
  return row?.cancel_requested === true
}

export async function setQueued(db: Db, key: JobKey): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: 'queued' })
    .where('project_id', '=', key.projectId)
    .where('job_id', '=', key.jobId)
    .execute()
}

export async function setFinished(
  db: Db,
  key: JobKey,
  end: { state: 'done' | 'failed' | 'cancelled'; error: string | null; at: Date },
): Promise<void> {
  await db
    .updateTable('jobs')
    .set({ state: end.state, error: end.error, finished_at: end.at })
    .where('project_id', '=', key.projectId)
    .where('job_id', '=', key.jobId)
    .execute()
}

/** A queued job ends here; a running one is told to. False when it has ended already or is not there. */
export async function markCancelled(db: Db, key: JobKey, at: Date): Promise<boolean> {
  const row = await db
    .updateTable('jobs')
    .set((eb) => ({
      cancel_requested: true,
      finished_at: eb
        .case()
        .when('state', '=', 'queued')
        .then(at)
        .else(eb.ref('finished_at'))
        .end(),
      state: eb.case().when('state', '=', 'queued').then('cancelled').else(eb.ref('state')).end(),
    }))
    .where('project_id', '=', key.projectId)
    .where('job_id', '=', key.jobId)
    .where('state', 'in', ['queued', 'running'])
    .returning('job_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Names this process's workers for as long as the connection lives. */
export async function holdWorkerName(client: pg.ClientBase, workerId: string): Promise<void> {
  await client.query('select pg_advisory_lock_shared(hashtextextended($1, 0))', [workerId])
}

/**
 * Frees jobs whose worker's connection is gone, to be run again now, and forgets failed attempts of
 * those that wait: whatever kept them from running, the server is here again.
 */
export async function freeAbandonedJobs(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ worker: string }>(
    'select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null',
  )
  const gone: string[] = []
  for (const { worker } of rows) {
    const tried = await client.query<{ gone: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as gone',
      [worker],
    )
    if (tried.rows[0]?.gone !== true) continue
    await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [worker])
    gone.push(worker)
  }
  if (gone.length > 0)
    await client.query('select graphile_worker.force_unlock_workers($1::text[])', [gone])
  return gone.length
}

/** Jobs that wait for their next attempt are due now. */
export async function rescheduleWaiting(client: pg.ClientBase): Promise<void> {
  await client.query(`
    select graphile_worker.reschedule_jobs(array_agg(id), run_at := now(), attempts := 0)
    from graphile_worker._private_jobs where locked_at is null and attempts > 0`)
}
