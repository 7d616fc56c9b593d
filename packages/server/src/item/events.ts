import type { ItemEvent } from '@kasauti/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../platform/app.ts'
import { storableText } from '../platform/db/index.ts'

export type EventKind = z.output<typeof ItemEvent>['kind']

/** One line of an item's history. */
export type NewEvent = {
  readonly projectId: string
  readonly itemId: string
  readonly eventId: string
  readonly kind: EventKind
  readonly userId: string | undefined
  readonly note?: string | undefined
  readonly at: Date
}

export const eventInsert = (e: NewEvent) => sql`
  insert into item_events (project_id, item_id, event_id, kind, user_id, note, at)
  values (${e.projectId}, ${e.itemId}, ${e.eventId}, ${e.kind}, ${e.userId ?? null},
    ${e.note ? storableText(e.note) : null}, ${e.at})`

export async function insertEvent(db: Db, event: NewEvent): Promise<void> {
  await eventInsert(event).execute(db)
}
