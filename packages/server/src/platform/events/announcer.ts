/**
 * Writes events to the outbox, at most one a second for the same kind, project and receiver. What came
 * in between is told at the end of that second; of payloads that differ only what they agree on is kept.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../db/tables.ts'
import type { Announcement } from './event.ts'
import { insertEvent } from './storage.ts'

type Slot = { waiting: Announcement | undefined; timer: NodeJS.Timeout }

export type Announcer = {
  readonly announce: (event: Announcement) => void
  /** Writes what still waits. */
  close(): Promise<void>
}

const quietMs = 1000

export function createAnnouncer(o: {
  db: Kysely<Tables>
  log: Logger
  now: () => Date
}): Announcer {
  const slots = new Map<string, Slot>()
  const writing = new Set<Promise<void>>()
  const write = (event: Announcement) => {
    const written = insertEvent(o.db, event, o.now())
      .catch((error: unknown) =>
        o.log.error({ err: error, kind: event.kind }, 'an event was not written'),
      )
      .finally(() => writing.delete(written))
    writing.add(written)
  }
  const open = (key: string) => {
    const timer = setTimeout(() => {
      const waiting = slots.get(key)?.waiting
      slots.delete(key)
      if (waiting === undefined) return
      write(waiting)
      open(key)
    }, quietMs)
    slots.set(key, { waiting: undefined, timer })
  }
  return {
    announce: (event) => {
      const key = `${event.kind}\n${event.projectId ?? ''}\n${event.toUserId ?? ''}`
      const slot = slots.get(key)
      if (slot !== undefined) {
        slot.waiting = slot.waiting === undefined ? event : merge(slot.waiting, event)
        return
      }
      write(event)
      open(key)
    },
    close: async () => {
      for (const slot of slots.values()) {
        clearTimeout(slot.timer)
        if (slot.waiting !== undefined) write(slot.waiting)
      }
      slots.clear()
      await Promise.all(writing)
    },
  }
}

function merge(a: Announcement, b: Announcement): Announcement {
  const agreed = Object.entries(b.payload ?? {}).filter(
    ([name, value]) => a.payload?.[name] === value,
  )
  return { ...b, payload: Object.fromEntries(agreed) }
}
