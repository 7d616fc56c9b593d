import { Stage, Workflow } from '@kasauti/core'
import { z } from 'zod'
import { Instant, JobId } from './ids.ts'
import { operations } from './operation.ts'
import { anyRole, P } from './project.ts'

/** What a change of the workflow does to work in flight: a kind, how many, and of which stage. */
export const WorkflowEffect = z.object({
  kind: z.enum([
    /** Items that want more people than they have or were to have. */
    'more-people',
    /** Items that are complete with fewer people. */
    'fewer-people',
    /** Places people hold just now that the new overlap would not give: they may finish. */
    'held-stay',
    /** Finished annotations that will wait for a review, or no longer do. */
    'reviews-added',
    'reviews-dropped',
    'adjudications-added',
    'adjudications-dropped',
    'audits-added',
    'audits-dropped',
    /** People who may no longer take work of a stage. */
    'people-out',
  ]),
  stage: Stage,
  count: z.number().int(),
})
export const WorkflowVersion = z.object({
  version: z.number().int(),
  note: z.string(),
  by: z.string(),
  at: Instant,
})
const InForce = WorkflowVersion.extend({
  workflow: Workflow,
  /** Items at each stage now. */
  standing: z.object({
    annotate: z.number().int(),
    review: z.number().int(),
    adjudicate: z.number().int(),
    audit: z.number().int(),
    done: z.number().int(),
  }),
  versions: z.array(WorkflowVersion.extend({ workflow: Workflow })),
  /** A change that is still being carried out on work in flight. */
  jobId: JobId.optional(),
})

export const workflowOperations = operations('workflow', {
  get: {
    method: 'GET',
    path: '/projects/:projectId/workflow',
    summary: 'The stages an item goes through, and where items are now',
    may: anyRole,
    params: P,
    output: InForce,
  },
  check: {
    method: 'POST',
    path: '/projects/:projectId/workflow/check',
    repeat: 'safe',
    summary: 'What a change would do to work in flight',
    may: ['lead', 'manager'],
    params: P,
    body: z.object({ workflow: z.unknown() }),
    output: z.object({
      problems: z.array(z.object({ path: z.string(), message: z.string() })),
      effects: z.array(WorkflowEffect),
    }),
  },
  publish: {
    method: 'POST',
    path: '/projects/:projectId/workflow',
    summary: 'Change the workflow: for everything, or for what is not in flight yet',
    may: ['lead', 'manager'],
    params: P,
    body: z.object({
      workflow: z.unknown(),
      note: z.string().max(1000).default(''),
      basedOn: z.number().int(),
      inFlight: z.enum(['follow', 'keep']).default('follow'),
    }),
    output: InForce,
    errors: ['workflow/invalid', 'workflow/unchanged', 'request/precondition-failed'],
  },
})
