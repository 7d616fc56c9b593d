export type { App, Db } from './platform/app.ts'
export { type Config, ConfigError, loadConfig } from './platform/config.ts'
export { createApp } from './platform/create-app.ts'
export { runningEmbedded, startEmbedded } from './platform/db/embedded.ts'
export { json } from './platform/db/json.ts'
export { migrate } from './platform/db/migrate.ts'
export type { Tables } from './platform/db/tables.ts'
export { createHttp, type Handlers, type HttpOptions, listen } from './platform/http/index.ts'
export { hashSecret, newSecret, newUuid } from './platform/ids.ts'
export { createLog } from './platform/log.ts'
export type { Server, ServerOptions } from './start.ts'

import type { Config } from './platform/config.ts'
import type { Server, ServerOptions } from './start.ts'

/** Start a server. The features are loaded only here: tests of one part need not load them all. */
export async function createServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  const start = await import('./start.ts')
  return start.createServer(config, options)
}
export {
  restoreBackup,
  verifyBackup,
  withDatabase,
  withOwnDatabase,
  writeBackup,
} from './platform/backup/index.ts'
export { lockHolder } from './platform/data-lock.ts'
export { findBinaries } from './platform/db/binaries.ts'
export { type Finding, inspectDatabase } from './platform/inspect.ts'
