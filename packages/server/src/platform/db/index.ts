export { findBinaries } from './binaries.ts'
export { readCatalog, schemaSql, type Table, tablesTs } from './catalog.ts'
export { atCommit, inOneGo } from './driver.ts'
export {
  databaseDir,
  type Embedded,
  isOurPostgres,
  runningEmbedded,
  startEmbedded,
} from './embedded.ts'
export { guard, ProjectGuardError, unscoped } from './guard/index.ts'
export { json, storable, storableText } from './json.ts'
export { appliedMigrations, migrate, ownMigrations } from './migrate.ts'
export { createDb, createPool } from './pool.ts'
export { plannedAnew } from './prepared.ts'
export { type TableScope, tableScope, tableScopes } from './registry.ts'
export type { Tables } from './tables.ts'
