import type { App, Db } from '../app.ts'
import { json } from '../db/json.ts'

/** Append one event to the outbox. */
export async function insertEvent(
  db: Db,
  event: Parameters<App['announce']>[0],
  at: Date,
): Promise<void> {
  await db
    .insertInto('events')
    .values({
      kind: event.kind,
      on_project_id: event.projectId ?? null,
      to_user_id: event.toUserId ?? null,
      payload: json(event.payload ?? {}),
      at,
    })
    .execute()
}
