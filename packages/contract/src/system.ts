import { projectRoles } from '@kasauti/core'
import { z } from 'zod'
import { Job } from './data.ts'
import { Instant, JobId, NotificationId, ProjectId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'

/** What can arrive on the event stream. Ids only: the page fetches what it may see. */
export const EventKind = z.enum([
  'project.changed',
  'job.changed',
  'import.changed',
  'delivery.changed',
  'item.changed',
  'work.returned',
  'notification.new',
  'member.changed',
])
export const Notification = z.object({
  notificationId: NotificationId,
  kind: z.enum([
    'work-returned',
    'import-done',
    'import-failed',
    'delivery-done',
    'delivery-failed',
    'member-added',
  ]),
  projectId: ProjectId.optional(),
  projectName: z.string().optional(),
  params: z.record(z.string(), z.string()),
  href: z.string(),
  at: Instant,
  read: z.boolean(),
})

export const notificationOperations = operations('notification', {
  list: {
    method: 'GET',
    path: '/notifications',
    summary: 'My notifications, newest first',
    may: 'signed-in',
    query: PageQuery,
    output: pageOf(Notification).extend({ unread: z.number().int() }),
  },
  read: {
    method: 'POST',
    path: '/notifications/read',
    summary: 'Mark as read: the named ones, or all',
    may: 'signed-in',
    body: z.object({ ids: z.array(NotificationId).max(200).optional() }),
  },
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
export const Check = z.object({
  name: z.string(),
  ok: z.boolean(),
  detail: z.string(),
  advice: z.string().optional(),
})
export const systemOperations = operations('system', {
  health: {
    method: 'GET',
    path: '/health',
    summary: 'Is the server up and its database reachable?',
    may: 'public',
    output: z.object({ ok: z.boolean(), version: z.string() }),
  },
  status: {
    method: 'GET',
    path: '/system',
    summary: 'Versions, health checks, jobs',
    may: 'admin',
    output: z.object({
      version: z.string(),
      node: z.string(),
      postgres: z.string(),
      dataBytes: z.number(),
      uptimeSeconds: z.number(),
      rssBytes: z.number(),
      checks: z.array(Check),
      jobs: z.object({ waiting: z.number().int(), failed: z.number().int() }),
    }),
  },
  events: {
    method: 'GET',
    path: '/events',
    summary: 'Server-sent events of everything I may see; resumes by Last-Event-ID',
    may: 'signed-in',
    transport: 'events',
  },
  audit: {
    method: 'GET',
    path: '/audit',
    summary: 'Who did what: sign-ins, grants, exports, settings',
    may: 'admin',
    query: PageQuery,
    output: pageOf(
      z.object({
        at: Instant,
        who: z.string(),
        what: z.string(),
        projectName: z.string().optional(),
        detail: z.record(z.string(), z.string()),
      }),
    ),
  },
})
export const allRoles = projectRoles
