import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '../app.ts'
import { json } from '../db/json.ts'
import type { Announcement, StreamEvent } from './event.ts'

/** Append one event to the outbox. */
export async function insertEvent(db: Db, event: Announcement, at: Date): Promise<void> {
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

/** The id before everything that is not yet certain to be over. */
export async function nowInOutbox(db: Db): Promise<string> {
  const { rows } = await sql<{
    xmin: string
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`.execute(db)
  return `${rows[0]?.xmin ?? '0'}-0`
}

const position = /^(\d{1,20})-(\d{1,18})$/
const Payload = z.record(z.string(), z.string())

/**
 * Events after an id, oldest first, whose order is settled.
 * @param after an `id` of a StreamEvent; anything else gives no events
 */
export async function findEventsAfter(
  db: Db,
  after: string,
  limit: number,
): Promise<readonly StreamEvent[]> {
  const [, txid, eventId] = position.exec(after) ?? []
  if (txid === undefined || eventId === undefined) return []
  const rows = await db
    .selectFrom('events')
    .select(['event_id', 'txid', 'kind', 'on_project_id', 'to_user_id', 'payload', 'at'])
    .where(sql<boolean>`(txid, event_id) > (${txid}::text::xid8, ${eventId}::bigint)`)
    .where(sql<boolean>`txid < pg_snapshot_xmin(pg_current_snapshot())`)
    .orderBy('txid')
    .orderBy('event_id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: `${row.txid}-${row.event_id}`,
    kind: row.kind,
    projectId: row.on_project_id ?? undefined,
    toUserId: row.to_user_id ?? undefined,
    payload: Payload.parse(row.payload),
    at: row.at,
  }))
}

/** Readers that were away longer than this fetch everything anew. */
export async function deleteEventsBefore(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('events').where('at', '<', before).execute()
}
