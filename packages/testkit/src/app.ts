import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, type Config, createApp, createLog } from '@kasauti/server'
import type { ClientConfig } from 'pg'
import { testDatabase } from './database.ts'

export type TestApp = App & {
  /** For connections beside the guarded ones. */
  readonly connection: ClientConfig
  /** Connections closed, database and files removed. */
  close(): Promise<void>
}

/** A whole App on its own database and directory, log silent. Close it in `afterAll`. */
export async function testApp(
  o: {
    readonly now?: () => Date
    readonly chance?: () => number
    readonly config?: Partial<Config>
  } = {},
): Promise<TestApp> {
  const database = await testDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'kasauti-app-'))
  const config: Config = {
    dataDir,
    filesDir: dataDir,
    port: 0,
    host: '127.0.0.1',
    publicUrl: undefined,
    databaseUrl: undefined,
    logLevel: 'silent',
    trustProxy: false,
    uploadLimitBytes: 8 * 1024 ** 3,
    ...o.config,
  }
  const { app, close } = createApp({
    config,
    log: createLog(config.logLevel),
    connection: database.connection,
    maxConnections: 12,
    ...(o.now === undefined ? {} : { now: o.now }),
    ...(o.chance === undefined ? {} : { chance: o.chance }),
  })
  return {
    ...app,
    connection: database.connection,
    close: async () => {
      await close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
