export type { JobKind, JobProgress, JobRun, Sweep } from './job.ts'
export type { StoredProgress } from './progress.ts'
export { cancelJob, type NewJob, startJob } from './start-job.ts'
