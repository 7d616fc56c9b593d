import { Answers, TaskSchema, TaxonomyNode } from '@kasauti/catalog'
import { LocalText, ProjectRole, projectRoles } from '@kasauti/core'
import { z } from 'zod'
import { Instant, ProjectId, TaxonomyId, UserId } from './ids.ts'
import { operations } from './operation.ts'

const anyRole = projectRoles
export const P = z.object({ projectId: ProjectId })
export const SkipReason = z.object({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  title: LocalText,
})
export const ProjectSettings = z.object({
  overlap: z.number().int().min(1).max(9),
  review: z.enum(['none', 'all']),
  skipReasons: z.array(SkipReason).max(20),
  instructions: z.object({ en: z.string().max(50_000), hi: z.string().max(50_000) }),
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
})
export const Project = z.object({
  projectId: ProjectId,
  name: z.string(),
  summary: z.string(),
  template: z.string().optional(),
  archived: z.boolean(),
  createdAt: Instant,
  createdBy: z.string(),
  schemaVersion: z.number().int(),
  settings: ProjectSettings,
  counts: ProjectCounts,
  myRoles: z.array(ProjectRole),
  etag: z.string(),
})
export const ProjectName = z.string().trim().min(1).max(120)
export const PersonProgress = z.object({
  userId: UserId,
  name: z.string(),
  submitted: z.number().int(),
  accepted: z.number().int(),
  returned: z.number().int(),
  skipped: z.number().int(),
  reviewed: z.number().int(),
  lastAt: Instant.optional(),
})
export const DayCount = z.object({
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

export const Member = z.object({
  userId: UserId,
  name: z.string(),
  email: z.string(),
  roles: z.array(ProjectRole),
  addedAt: Instant,
  disabled: z.boolean(),
})
export const memberOperations = operations('member', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/members',
    summary: 'People of the project',
    may: ['lead', 'manager', 'engineer', 'reviewer'],
    params: P,
    output: z.object({ rows: z.array(Member) }),
  },
  set: {
    method: 'PUT',
    path: '/projects/:projectId/members/:userId',
    summary: 'Give a person roles',
    may: ['lead', 'manager'],
    params: P.extend({ userId: UserId }),
    body: z.object({ roles: z.array(ProjectRole).min(1) }),
    output: Member,
    errors: ['user/not-found', 'member/last-lead'],
  },
  remove: {
    method: 'DELETE',
    path: '/projects/:projectId/members/:userId',
    summary: 'Take a person out; their work stays',
    may: ['lead', 'manager'],
    params: P.extend({ userId: UserId }),
    errors: ['member/not-found', 'member/last-lead'],
  },
  candidates: {
    method: 'GET',
    path: '/projects/:projectId/member-candidates',
    summary: 'People who could be added',
    may: ['lead', 'manager'],
    params: P,
    query: z.object({ search: z.string().max(100).default('') }),
    output: z.object({
      rows: z.array(z.object({ userId: UserId, name: z.string(), email: z.string() })),
    }),
  },
  invite: {
    method: 'POST',
    path: '/projects/:projectId/invitations',
    summary: 'Invite somebody new to this project by a link',
    may: ['lead', 'manager'],
    params: P,
    body: z.object({
      name: z.string().trim().max(100).optional(),
      roles: z.array(ProjectRole).min(1),
    }),
    output: z.object({ link: z.string(), expiresAt: Instant }),
  },
})

export const SchemaVersion = z.object({
  version: z.number().int(),
  schema: TaskSchema,
  createdAt: Instant,
  createdBy: z.string(),
  note: z.string(),
})
export const schemaOperations = operations('schema', {
  get: {
    method: 'GET',
    path: '/projects/:projectId/schema',
    summary: 'The task schema in force, or one version of it',
    may: anyRole,
    params: P,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    output: SchemaVersion,
    errors: ['schema/not-found'],
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/schema/versions',
    summary: 'All versions, newest first',
    may: ['lead', 'manager', 'engineer', 'reviewer'],
    params: P,
    output: z.object({ rows: z.array(SchemaVersion.omit({ schema: true })) }),
  },
  publish: {
    method: 'POST',
    path: '/projects/:projectId/schema/versions',
    summary: 'Publish a new version',
    may: ['lead', 'engineer'],
    params: P,
    body: z.object({
      schema: z.unknown(),
      note: z.string().max(500).default(''),
      basedOn: z.number().int(),
    }),
    output: SchemaVersion,
    errors: ['schema/invalid', 'schema/unchanged', 'request/precondition-failed'],
  },
  check: {
    method: 'POST',
    path: '/schema/check',
    summary: 'Check a task schema, and answers against it, without storing anything',
    may: 'signed-in',
    body: z.object({
      schema: z.unknown(),
      input: z.record(z.string(), z.unknown()).optional(),
      answers: Answers.optional(),
    }),
    output: z.object({ problems: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
})

export const Taxonomy = z.object({
  taxonomyId: TaxonomyId,
  name: z.string(),
  title: LocalText,
  version: z.number().int(),
  nodes: z.number().int(),
  updatedAt: Instant,
})
const TaxonomyName = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/)
export const taxonomyOperations = operations('taxonomy', {
  list: {
    method: 'GET',
    path: '/projects/:projectId/taxonomies',
    summary: 'Taxonomies of the project',
    may: anyRole,
    params: P,
    output: z.object({ rows: z.array(Taxonomy) }),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/taxonomies/:name/versions/:version',
    summary: 'All nodes of one version (immutable, cacheable)',
    may: anyRole,
    params: P.extend({ name: TaxonomyName, version: z.coerce.number().int().min(1) }),
    output: z.object({
      name: z.string(),
      version: z.number().int(),
      title: LocalText,
      nodes: z.array(TaxonomyNode),
    }),
    errors: ['taxonomy/not-found'],
  },
  publish: {
    method: 'PUT',
    path: '/projects/:projectId/taxonomies/:name',
    summary: 'Publish a new version; nodes as JSON',
    may: ['lead', 'engineer'],
    params: P.extend({ name: TaxonomyName }),
    body: z.object({ title: LocalText, nodes: z.array(TaxonomyNode).min(1).max(50_000) }),
    output: Taxonomy,
    errors: ['taxonomy/invalid'],
  },
})

export const TemplateCard = z.object({
  name: z.string(),
  title: LocalText,
  summary: LocalText,
  languages: z.array(z.string()),
  sampleItems: z.number().int(),
  fields: z.array(z.string()),
})
export const templateOperations = operations('template', {
  list: {
    method: 'GET',
    path: '/templates',
    summary: 'Ready projects to start from',
    may: 'signed-in',
    output: z.object({ rows: z.array(TemplateCard) }),
  },
})
