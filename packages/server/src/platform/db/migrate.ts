/** Numbered SQL files, each applied once in its own transaction, never changed afterwards. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runMigrations } from 'graphile-worker'
import pg from 'pg'

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

const folder = new URL('../../../migrations/', import.meta.url)
const lockKey = 7_274_382_615

/** The migrations that come with this version, in order. Throws if two have the same number. */
export function ownMigrations(): readonly Migration[] {
  const names = readdirSync(fileURLToPath(folder))
    .filter((n) => /^\d{4}-[a-z0-9-]+\.sql$/.test(n))
    .sort()
  const seen = new Set<string>()
  return names.map((name) => {
    const number = name.slice(0, 4)
    if (seen.has(number)) throw new Error(`two migrations have the number ${number}`)
    seen.add(number)
    const sql = readFileSync(fileURLToPath(new URL(name, folder)), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

/** Bring the database up to this version. Servers that start together wait for one another. */
export async function migrate(
  connection: pg.ClientConfig,
  migrations = ownMigrations(),
): Promise<readonly string[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
    const applied = await applyMissing(client, migrations)
    await migrateJobs(connection)
    return applied
  } finally {
    await client.end()
  }
}

/** graphile-worker keeps its own schema and its own record of it. */
async function migrateJobs(connection: pg.ClientConfig): Promise<void> {
  const pgPool = new pg.Pool({ ...connection, max: 2 })
  pgPool.on('error', () => {})
  pgPool.on('connect', (client) => client.on('error', () => {}))
  try {
    await runMigrations({ pgPool })
  } finally {
    await pgPool.end()
  }
}

/** What the database has had. Empty before the first start. */
export async function appliedMigrations(
  client: pg.ClientBase,
): Promise<ReadonlyMap<string, string>> {
  const there = await client.query<{ there: boolean }>(
    "select to_regclass('public.migrations') is not null as there",
  )
  if (there.rows[0]?.there !== true) return new Map()
  const rows = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migrations order by name',
  )
  return new Map(rows.rows.map((r) => [r.name, r.checksum]))
}

async function applyMissing(
  client: pg.Client,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await client.query(
    'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  )
  const had = await appliedMigrations(client)
  const known = new Set(migrations.map((m) => m.name))
  const newer = [...had.keys()].find((name) => !known.has(name))
  if (newer !== undefined) {
    throw new Error(
      `The database is of a newer version of Kasauti (it has had ${newer}). Start that version, or a newer one.`,
    )
  }
  const done: string[] = []
  for (const migration of migrations) {
    const checksum = had.get(migration.name)
    if (checksum === migration.checksum) continue
    if (checksum !== undefined)
      throw new Error(`The migration ${migration.name} was changed after this database had it.`)
    await applyOne(client, migration)
    done.push(migration.name)
  }
  return done
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [
      migration.name,
      migration.checksum,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The migration ${migration.name} failed: ${String(error)}`, { cause: error })
  }
}
