import type { Notification } from '@kasauti/contract'
import type { z } from 'zod'
import type { App, Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'
import { insertEvent } from '../platform/events/storage.ts'
import { insertNotification } from './storage.ts'

export type Note = {
  readonly userId: string
  readonly kind: z.output<typeof Notification>['kind']
  readonly projectId?: string
  /** Words of the text: names, counts. */
  readonly params?: Readonly<Record<string, string>>
  /** Where a click leads, a path of the web app. */
  readonly href: string
}

/** Tell a person something; their open pages hear of it when the transaction is durable. */
export async function notify(db: Db, app: App, note: Note): Promise<void> {
  const now = app.now()
  await insertNotification(db, {
    notificationId: app.newId(),
    userId: note.userId,
    kind: note.kind,
    projectId: note.projectId ?? null,
    params: json(note.params ?? {}),
    href: note.href,
    now,
  })
  await insertEvent(db, { kind: 'notification.new', toUserId: note.userId }, now)
}
