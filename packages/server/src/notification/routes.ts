import { Notification } from '@kasauti/contract'
import type { z } from 'zod'
import { handlers, idAfter, pageById } from '../platform/http/index.ts'
import { countUnread, listNotifications, markRead, type NotificationRow } from './storage.ts'

export const routes = handlers({
  'notification.list': async (ctx, { query }) => {
    const rows = await listNotifications(ctx.db, ctx.caller.userId, {
      before: idAfter(query.after),
      limit: query.limit + 1,
    })
    const { shown, next } = pageById(rows, query.limit, (row) => row.notification_id)
    return {
      rows: shown.map(present),
      next,
      unread: await countUnread(ctx.db, ctx.caller.userId),
    }
  },

  'notification.read': async (ctx, { body }) => {
    await markRead(ctx.db, ctx.caller.userId, { ids: body.ids, now: ctx.now })
    return {}
  },
})

const present = (row: NotificationRow): z.output<typeof Notification> => ({
  notificationId: row.notification_id,
  kind: Notification.shape.kind.parse(row.kind),
  projectId: row.on_project_id ?? undefined,
  projectName: row.project_name ?? undefined,
  params: row.params,
  href: row.href,
  at: row.created_at,
  read: row.read_at !== null,
})
