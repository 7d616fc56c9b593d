/** What lives as long as the server: passed to handlers and jobs, never imported as a global. */
import type { Kysely, Transaction } from 'kysely'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Tables } from './db/tables.ts'
import type { Announcement, StreamEvent } from './events/event.ts'

export type Db = Kysely<Tables> | Transaction<Tables>

export type App = {
  readonly config: Config
  readonly log: Logger
  /** Every statement through it passes the project guard. */
  readonly db: Kysely<Tables>
  /** The same guarded connections, for COPY and cursors. */
  readonly pool: Pool
  now(): Date
  /** A new UUIDv7. */
  newId(): string
  /** A random number in [0, 1): what chance decides is passed down from here. */
  chance(): number
  /** Where files live: uploads, deliveries. */
  readonly filesDir: string
  /** Tell pages that something changed; coalesced per project and kind, at most one a second. */
  announce(event: Announcement): void
  /** Hear every event of the installation, in order, from when it resolves; call the answer to stop. */
  subscribe(listener: (event: StreamEvent) => void): Promise<() => void>
}
