/** Writes what is derived from the database: the kysely row types and schema.sql. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { readCatalog, schemaSql, tablesTs } from '../packages/server/src/platform/db/catalog.ts'
import { startEmbedded } from '../packages/server/src/platform/db/embedded.ts'
import { unscopedPage } from '../packages/server/src/platform/db/guard/uses.ts'
import { migrate } from '../packages/server/src/platform/db/migrate.ts'
import { writeApiReference } from './generate-api-reference.ts'
import { writeConfigurationReference } from './generate-configuration-reference.ts'
import { writeErrorsReference } from './generate-errors-reference.ts'
import { writeRolesReference } from './generate-roles-reference.ts'
import { writeRoomsReference } from './generate-rooms-reference.ts'

writeApiReference()
writeRoomsReference()
writeConfigurationReference()
writeErrorsReference()
writeRolesReference()
const server = new URL('../packages/server/', import.meta.url)
const dataDir = mkdtempSync(join(tmpdir(), 'kasauti-generate-'))
const embedded = await startEmbedded({ dataDir, durability: 'throwaway' })
try {
  const connection = { ...embedded.connection, database: 'postgres' }
  await migrate(connection)
  const client = new pg.Client(connection)
  await client.connect()
  const tables = await readCatalog(client)
  await client.end()
  writeFileSync(fileURLToPath(new URL('schema.sql', server)), schemaSql(tables))
  writeFileSync(fileURLToPath(new URL('src/platform/db/tables.ts', server)), tablesTs(tables))
  const page = new URL('../docs/reference/unscoped.md', import.meta.url)
  mkdirSync(new URL('.', page), { recursive: true })
  writeFileSync(page, unscopedPage())
} finally {
  await embedded.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
