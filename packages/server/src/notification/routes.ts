import { Notification } from '@kasauti/contract'
import { z } from 'zod'
import { decodeCursor, encodeCursor, handlers } from '../platform/http/index.ts'
import { countUnread, listNotifications, markRead, type NotificationRow } from './storage.ts'

export const routes = handlers({
  'notification.list': async (ctx, { query }) => {
    const before =
      query.after === undefined ? null : decodeCursor(z.tuple([z.uuid()]), query.after)[0]
    const rows = await listNotifications(ctx.db, ctx.caller.userId, {
      before,
      limit: query.limit + 1,
    })
    const shown = rows.slice(0, query.limit)
    const last = shown.at(-1)
    return {
      rows: shown.map(present),
      next: rows.length > query.limit && last ? encodeCursor([last.notification_id]) : undefined,
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
