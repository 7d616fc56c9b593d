/**
 * Hands the outbox's events to this process, in the order of their transactions. Rows of transactions
 * that may still be running, or older than one that is, wait: what has been handed out never gets a
 * predecessor afterwards.
 */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../db/tables.ts'
import type { StreamEvent } from './event.ts'
import { findEventsAfter, nowInOutbox } from './storage.ts'

type Listener = (event: StreamEvent) => void
export type Tail = {
  /** Resolves once nothing that is written afterwards can be missed. Gives the way to stop listening. */
  subscribe(listener: Listener): Promise<() => void>
  close(): Promise<void>
}

const tickMs = 250
const pageSize = 500

/** Reads only while somebody listens. */
export function createTail(o: { db: Kysely<Tables>; log: Logger }): Tail {
  const listeners = new Set<Listener>()
  let position: Promise<string> | undefined
  let timer: NodeJS.Timeout | undefined
  let reading: Promise<void> = Promise.resolve()
  let closed = false

  const tell = (event: StreamEvent) => {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        o.log.error({ err: error }, 'a listener of the event stream failed')
      }
    }
  }
  const read = async () => {
    const from = await position
    if (from === undefined) return
    for (let at = from; !closed; ) {
      const events = await findEventsAfter(o.db, at, pageSize)
      for (const event of events) tell(event)
      const last = events.at(-1)
      if (last !== undefined) {
        at = last.id
        position = Promise.resolve(at)
      }
      if (events.length < pageSize) return
    }
  }
  const tick = () => {
    reading = read()
      .catch((error: unknown) => o.log.warn({ err: error }, 'the event stream could not be read'))
      .finally(() => {
        if (!closed && listeners.size > 0) timer = setTimeout(tick, tickMs)
        else position = undefined
      })
  }
  return {
    subscribe: async (listener) => {
      const first = position === undefined
      position ??= nowInOutbox(o.db)
      listeners.add(listener)
      try {
        await position
      } catch (error) {
        position = undefined
        listeners.delete(listener)
        throw error
      }
      if (first && !closed) timer = setTimeout(tick, tickMs)
      return () => {
        listeners.delete(listener)
      }
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await reading
    },
  }
}
