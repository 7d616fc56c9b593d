/** Puts the long-lived parts together. */
import type { ClientConfig } from 'pg'
import type { Logger } from 'pino'
import type { App } from './app.ts'
import type { Config } from './config.ts'
import { createDb, createPool } from './db/pool.ts'
import { createAnnouncer } from './events/announcer.ts'
import { createTail } from './events/tail.ts'
import { changesAtOnce } from './http/gate.ts'
import { newUuid, randomShare } from './ids.ts'

export type AppParts = {
  readonly config: Config
  readonly log: Logger
  /** A migrated database. */
  readonly connection: ClientConfig
  /** Default: the machine's clock. */
  readonly now?: () => Date
  /** Default: the machine's randomness. */
  readonly chance?: () => number
  readonly maxConnections?: number
}

/** The App and how to let go of its connections. */
export function createApp(parts: AppParts): { readonly app: App; close(): Promise<void> } {
  const now = parts.now ?? (() => new Date())
  const pool = createPool(parts.connection, parts.maxConnections ?? changesAtOnce + 16)
  const db = createDb(pool)
  const announcer = createAnnouncer({ db, log: parts.log, now })
  const tail = createTail({ db, log: parts.log })
  return {
    app: {
      config: parts.config,
      log: parts.log,
      db,
      pool,
      now,
      newId: () => newUuid(now()),
      chance: parts.chance ?? randomShare,
      filesDir: parts.config.filesDir,
      announce: announcer.announce,
      subscribe: tail.subscribe,
    },
    close: async () => {
      await tail.close()
      await announcer.close()
      await db.destroy()
    },
  }
}
