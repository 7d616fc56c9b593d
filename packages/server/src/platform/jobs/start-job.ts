import { KasautiError } from '@kasauti/core'
import type { App, Db } from '../app.ts'
import type { JobProgress } from './job.ts'
import { enqueue, insertJob, type JobKey, markCancelled } from './storage.ts'

export type NewJob = {
  readonly projectId: string
  /** `kind` of a JobKind. */
  readonly kind: string
  /** What a person reads in the list of jobs. */
  readonly title: string
  readonly createdBy: string
  readonly jobId?: string
  readonly unit?: JobProgress['unit']
  readonly total?: number
}

/** Record a job and queue it, both in the caller's transaction. Gives its id. */
export async function startJob(db: Db, app: App, job: NewJob): Promise<string> {
  const jobId = job.jobId ?? app.newId()
  const key = { projectId: job.projectId, jobId, kind: job.kind }
  const progress = {
    done: 0,
    unit: job.unit ?? 'steps',
    ...(job.total === undefined ? {} : { total: job.total }),
  }
  await insertJob(db, {
    ...key,
    title: job.title,
    createdBy: job.createdBy,
    at: app.now(),
    progress,
  })
  await enqueue(db, key)
  return jobId
}

/** Ask a job to stop. Throws `job/not-running` when it has ended already. */
export async function cancelJob(db: Db, app: App, key: JobKey): Promise<void> {
  if (!(await markCancelled(db, key, app.now()))) {
    throw new KasautiError('job/not-running', 'This job has ended already.')
  }
  app.announce({ kind: 'job.changed', projectId: key.projectId, payload: { jobId: key.jobId } })
}
