import { z } from 'zod'
import { Instant, JobId } from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

export const Progress = z.object({
  done: z.number(),
  total: z.number().optional(),
  unit: z.enum(['bytes', 'items', 'steps']),
  ratePerSecond: z.number().optional(),
  secondsLeft: z.number().optional(),
})
export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])
export const Job = z.object({
  jobId: JobId,
  kind: z.string(),
  state: JobState,
  title: z.string(),
  progress: Progress,
  error: z.string().optional(),
  createdAt: Instant,
  finishedAt: Instant.optional(),
})

export const jobOperations = operations('job', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/jobs',
    summary: 'Background jobs of the project, newest first',
    may: ['lead', 'manager', 'engineer'],
    params: P,
    output: z.object({ rows: z.array(Job) }),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/jobs/:jobId',
    summary: 'One job',
    may: ['lead', 'manager', 'engineer'],
    params: P.extend({ jobId: JobId }),
    output: Job,
    errors: ['job/not-found'],
  },
})
