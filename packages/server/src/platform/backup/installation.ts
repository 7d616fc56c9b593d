/** The database of an installation for a command beside the server: the running one, or one started for it. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import type { Config } from '../config.ts'
import { lockDataDir, lockHolder } from '../data-lock.ts'
import { runningEmbedded, startEmbedded } from '../db/embedded.ts'

/** Runs `use` with a connection, the server running or not. */
export async function withDatabase<T>(
  config: Config,
  use: (connection: ClientConfig) => Promise<T>,
): Promise<T> {
  if (config.databaseUrl !== undefined) return use({ connectionString: config.databaseUrl })
  if (lockHolder(config.dataDir) !== undefined) {
    for (let tries = 0; tries < 100; tries++) {
      const running = runningEmbedded(config.dataDir)
      if (running !== undefined) return use(running)
      await sleep(100)
    }
    throw new Error('The server is starting or its database is down: try again.')
  }
  return withOwnDatabase(config, use)
}

/** Runs `use` while no server can run. Throws when one does. */
export async function withOwnDatabase<T>(
  config: Config,
  use: (connection: ClientConfig) => Promise<T>,
): Promise<T> {
  const lock = lockDataDir(config.dataDir)
  try {
    if (config.databaseUrl !== undefined) return await use({ connectionString: config.databaseUrl })
    const embedded = await startEmbedded({
      dataDir: config.dataDir,
      durability: 'durable',
      database: 'kasauti',
    })
    try {
      return await use(embedded.connection)
    } finally {
      await embedded.stop()
    }
  } finally {
    lock.release()
  }
}
