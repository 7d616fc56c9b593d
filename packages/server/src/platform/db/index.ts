export { findBinaries } from './binaries.ts'
export { readCatalog, schemaSql, type Table, tablesTs } from './catalog.ts'
export {
  databaseDir,
  type Embedded,
  isOurPostgres,
  runningEmbedded,
  startEmbedded,
} from './embedded.ts'
export { guard } from './guard.ts'
export { json } from './json.ts'
export { appliedMigrations, migrate, ownMigrations } from './migrate.ts'
export { createDb, createPool } from './pool.ts'
export { type TableScope, tableScope, tableScopes } from './registry.ts'
export type { Tables } from './tables.ts'
