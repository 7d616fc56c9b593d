import type { Output } from '@kasauti/contract'

export type JobState = Output<'job.get'>['state']
export type StoredProgress = Output<'job.get'>['progress']
export type JobColumns = {
  readonly job_id: string
  readonly kind: string
  readonly state: JobState
  readonly title: string
  readonly progress: StoredProgress
  readonly error: string | null
  readonly created_at: Date
  readonly finished_at: Date | null
}

/** What an import and a delivery show of their job. */
export const presentRun = (
  row: Pick<JobColumns, 'state' | 'progress' | 'error' | 'finished_at'>,
) => ({
  state: row.state,
  progress: row.progress,
  ...(row.error === null ? {} : { error: row.error }),
  ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
})

export const presentJob = (row: JobColumns): Output<'job.get'> => ({
  jobId: row.job_id,
  kind: row.kind,
  title: row.title,
  createdAt: row.created_at,
  ...presentRun(row),
})
