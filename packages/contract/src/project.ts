import { LocalText, ProjectRole, projectRoles } from '@kasauti/core'
import { z } from 'zod'
import { Instant, ProjectId, UserId } from './ids.ts'
import { operations } from './operation.ts'

export const anyRole = projectRoles
export const P = z.object({ projectId: ProjectId })
export const SkipReason = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: LocalText,
  /** `me-later`: comes back to its person; `others`: somebody else gets it; `out`: out of the work. */
  consequence: z.enum(['me-later', 'others', 'out']).default('others'),
})
/** How a project hands out its items, and how much to one person. */
export const QueueSettings = z.object({
  order: z.enum(['sequential', 'random', 'uncertainty', 'least-labelled']),
  /** Items one person may hand in on a day, and hold at once. */
  dailyCap: z.number().int().min(1).max(10_000).optional(),
  heldCap: z.number().int().min(1).max(100).optional(),
})
/** Hidden gold: shares of a person's new items, and when they are told how it went. */
export const GoldSettings = z.object({
  hidden: z.boolean(),
  least: z.number().min(0).max(0.5),
  most: z.number().min(0).max(0.5),
  /** `daily`: on the day after. */
  feedback: z.enum(['daily', 'never']),
  /** Agreement from which a field counts as right, 0..1; 0: not judged. */
  tolerances: z.record(z.string().max(40), z.number().min(0).max(1)).default({}),
})
export const ProjectSettings = z.object({
  queue: QueueSettings,
  skipReasons: z.array(SkipReason).max(20),
  instructions: z.object({ en: z.string().max(50_000), hi: z.string().max(50_000) }),
  /** Left out: no hidden gold. */
  gold: GoldSettings.optional(),
})
/** Maintained counts, never counted on request. */
export const ProjectCounts = z.object({
  items: z.number().int(),
  open: z.number().int(),
  annotated: z.number().int(),
  returned: z.number().int(),
  accepted: z.number().int(),
  skipped: z.number().int(),
  annotations: z.number().int(),
  reviews: z.number().int(),
  /** Annotations asked for in all; items through the whole workflow. */
  wanted: z.number().int(),
  done: z.number().int(),
})
export const Project = z.object({
  projectId: ProjectId,
  name: z.string(),
  summary: z.string(),
  template: z.string().optional(),
  archived: z.boolean(),
  /** Hands out nothing until resumed. */
  paused: z.object({ at: Instant, reason: z.string() }).optional(),
  createdAt: Instant,
  createdBy: z.string(),
  schemaVersion: z.number().int(),
  settings: ProjectSettings,
  /** Left out for associates where gold stands hidden in the work: counts would give it away. */
  counts: ProjectCounts.optional(),
  myRoles: z.array(ProjectRole),
  etag: z.string(),
})
const ProjectName = z.string().trim().min(1).max(120)
const PersonProgress = z.object({
  userId: UserId,
  name: z.string(),
  submitted: z.number().int(),
  accepted: z.number().int(),
  returned: z.number().int(),
  skipped: z.number().int(),
  reviewed: z.number().int(),
  lastAt: Instant.optional(),
})
const DayCount = z.object({
  day: z.iso.date(),
  submitted: z.number().int(),
  reviewed: z.number().int(),
})

export const projectOperations = operations('project', {
  list: {
    method: 'GET',
    path: '/projects',
    summary: 'Projects I can see',
    may: 'signed-in',
    query: z.object({ archived: z.stringbool().optional() }),
    output: z.object({ rows: z.array(Project) }),
  },
  create: {
    method: 'POST',
    path: '/projects',
    summary: 'Make a project from a template or from a task schema',
    may: 'creator',
    body: z.object({
      name: ProjectName,
      summary: z.string().max(1000).default(''),
      template: z.string().max(80).optional(),
      sampleItems: z.boolean().default(false),
      schema: z.unknown().optional(),
    }),
    output: Project,
    errors: ['schema/invalid', 'request/invalid'],
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId',
    summary: 'One project with its counts',
    may: anyRole,
    params: P,
    output: Project,
    errors: ['project/not-found'],
  },
  update: {
    method: 'PATCH',
    path: '/projects/:projectId',
    summary: 'Rename, change settings, archive or restore',
    may: ['lead', 'manager'],
    params: P,
    body: z.object({
      name: ProjectName.optional(),
      summary: z.string().max(1000).optional(),
      settings: ProjectSettings.partial().optional(),
      archived: z.boolean().optional(),
    }),
    output: Project,
    errors: ['request/precondition-failed'],
  },
  pause: {
    method: 'POST',
    path: '/projects/:projectId/pause',
    summary: 'Hand out nothing for now; what people have on the screen they may finish',
    may: ['lead', 'manager'],
    params: P,
    body: z.object({ reason: z.string().trim().max(500).default('') }),
    output: Project,
    errors: ['project/not-found'],
  },
  resume: {
    method: 'POST',
    path: '/projects/:projectId/resume',
    summary: 'Hand out work again',
    may: ['lead', 'manager'],
    params: P,
    output: Project,
    errors: ['project/not-found'],
  },
  progress: {
    method: 'GET',
    path: '/projects/:projectId/progress',
    summary: 'Counts, people and days',
    may: ['lead', 'manager', 'engineer', 'reviewer', 'stakeholder'],
    params: P,
    output: z.object({
      counts: ProjectCounts,
      people: z.array(PersonProgress),
      days: z.array(DayCount),
    }),
  },
})
