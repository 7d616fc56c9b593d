import { z } from 'zod'
import { Instant } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'

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
