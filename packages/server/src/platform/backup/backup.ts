/** A backup: every table as one moment saw it, and the files of the data directory, with their sums. */
import { existsSync } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { z } from 'zod'
import { readCatalog } from '../db/catalog.ts'
import { appliedMigrations } from '../db/migrate.ts'
import { writeArchive } from './archive.ts'

const Sum = z.object({ bytes: z.number().int(), sha256: z.string() })
export const Manifest = z.object({
  madeAt: z.string(),
  postgres: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.record(
    z.string(),
    Sum.extend({ columns: z.array(z.string()), rows: z.number().int() }),
  ),
  files: z.record(z.string(), Sum),
})
export type Manifest = z.infer<typeof Manifest>

/** What passes: of no meaning to another installation. */
const passing = ['migrations', 'events', 'rate_limits']
const notFiles = ['postgres', 'postgres.new', 'postgres.log', 'server.json']

export type BackupSource = {
  readonly connection: pg.ClientConfig
  readonly dataDir: string
  readonly now: Date
  readonly progress?: (what: string) => void
}

/** Write a backup of a running or resting installation. */
export async function writeBackup(path: string, source: BackupSource): Promise<Manifest> {
  const client = new pg.Client(source.connection)
  await client.connect()
  const archive = writeArchive(path)
  try {
    await client.query('begin isolation level repeatable read read only')
    const tables = (await readCatalog(client)).filter((t) => !passing.includes(t.name))
    const migrations = [...(await appliedMigrations(client))].map(([name, checksum]) => ({
      name,
      checksum,
    }))
    const version = await client.query<{ server_version: string }>('show server_version')
    const manifest: Manifest = {
      madeAt: source.now.toISOString(),
      postgres: version.rows[0]?.server_version ?? '',
      migrations,
      tables: {},
      files: {},
    }
    for (const table of tables) {
      source.progress?.(`table ${table.name}`)
      const columns = table.columns.map((c) => c.name)
      const copy = client.query(copyTo(`copy ${target(table.name, columns)} to stdout`))
      const sum = await archive.add(`tables/${table.name}`, copy)
      manifest.tables[table.name] = { ...sum, columns, rows: copy.rowCount }
    }
    await client.query('commit')
    for (const file of await filesBelow(source.dataDir, resolve(path))) {
      const handle = await openIfThere(join(source.dataDir, file))
      if (handle === undefined) continue
      source.progress?.(`file ${file}`)
      manifest.files[file] = await archive.add(`files/${file}`, handle.createReadStream())
    }
    await archive.add('manifest.json', [Buffer.from(JSON.stringify(manifest))])
    await archive.close()
    return manifest
  } catch (error) {
    await archive.abandon()
    throw error
  } finally {
    await client.end()
  }
}

/** A table and its columns as COPY wants them. */
export const target = (table: string, columns: readonly string[]): string =>
  `${pg.escapeIdentifier(table)} (${columns.map((c) => pg.escapeIdentifier(c)).join(', ')})`

/** Of a running installation files may go while others are read: an upload that was given up. */
async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Paths relative to the data directory, `/` between, without the database, the archive itself and what is half written. */
async function filesBelow(dataDir: string, archive: string): Promise<string[]> {
  if (!existsSync(dataDir)) return []
  const found: string[] = []
  for (const top of await readdir(dataDir, { withFileTypes: true })) {
    if (notFiles.includes(top.name) || /^restore-|\.partial$/.test(top.name)) continue
    if (top.isFile()) found.push(top.name)
    if (!top.isDirectory()) continue
    for (const below of await readdir(join(dataDir, top.name), {
      withFileTypes: true,
      recursive: true,
    })) {
      if (below.isFile()) found.push(relative(dataDir, join(below.parentPath, below.name)))
    }
  }
  return found
    .filter((f) => !f.endsWith('.part'))
    .filter((f) => resolve(dataDir, f) !== archive && resolve(dataDir, f) !== `${archive}.partial`)
    .sort()
}
