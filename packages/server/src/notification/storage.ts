import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export async function insertNotification(
  db: Db,
  n: {
    readonly notificationId: string
    readonly userId: string
    readonly kind: string
    readonly projectId: string | null
    readonly params: string
    readonly href: string
    readonly now: Date
  },
): Promise<void> {
  await sql`
    insert into notifications (notification_id, user_id, kind, on_project_id, params, href, created_at)
    values (${n.notificationId}, ${n.userId}, ${n.kind}, ${n.projectId}, ${n.params}, ${n.href}, ${n.now})`.execute(
    db,
  )
}

export type NotificationRow = {
  readonly notification_id: string
  readonly kind: string
  readonly on_project_id: string | null
  readonly project_name: string | null
  readonly params: Readonly<Record<string, string>>
  readonly href: string
  readonly created_at: Date
  readonly read_at: Date | null
}

/** Newest first; `before` is the last row's id of the page before. */
export async function listNotifications(
  db: Db,
  userId: string,
  page: { readonly before: string | null; readonly limit: number },
): Promise<NotificationRow[]> {
  const found = await sql<NotificationRow>`
    ${unscoped('the names of the projects of my own notifications')}
    select n.notification_id, n.kind, n.on_project_id, p.name as project_name, n.params, n.href, n.created_at, n.read_at
    from notifications n left join projects p on p.project_id = n.on_project_id
    where n.user_id = ${userId} and (${page.before}::uuid is null or n.notification_id < ${page.before}::uuid)
    order by n.notification_id desc limit ${page.limit}`.execute(db)
  return found.rows
}

export async function countUnread(db: Db, userId: string): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*) as n from notifications where user_id = ${userId} and read_at is null`.execute(
    db,
  )
  return found.rows[0]?.n ?? 0
}

export async function markRead(
  db: Db,
  userId: string,
  which: { readonly ids: readonly string[] | undefined; readonly now: Date },
): Promise<void> {
  const ids = which.ids ? [...which.ids] : null
  await sql`
    update notifications set read_at = ${which.now}
    where user_id = ${userId} and read_at is null
      and (${ids}::uuid[] is null or notification_id = any(${ids}::uuid[]))`.execute(db)
}
