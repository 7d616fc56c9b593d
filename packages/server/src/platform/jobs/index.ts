export type { JobKind, JobRun, Sweep } from './job.ts'

export { cancelJob, startJob } from './start-job.ts'
