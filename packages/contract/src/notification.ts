import { z } from 'zod'
import { Instant, NotificationId, ProjectId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'

export const Notification = z.object({
  notificationId: NotificationId,
  kind: z.enum([
    'work-returned',
    'import-done',
    'import-failed',
    'delivery-done',
    'delivery-failed',
    'member-added',
    'certificate-granted',
    'certificate-revoked',
    'certificate-expiring',
    'gold-corrected',
    'nobody-left',
    'work-assigned',
    'work-passed-on',
    'returned-often',
    'appeal-made',
    'appeal-upheld',
    'appeal-dismissed',
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
    repeat: 'safe',
    summary: 'Mark as read: the named ones, or all',
    may: 'signed-in',
    body: z.object({ ids: z.array(NotificationId).max(200).optional() }),
  },
})
