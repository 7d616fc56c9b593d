/** What can be said of a database from outside the server. */
import pg from 'pg'
import { readCatalog } from './db/catalog.ts'
import { appliedMigrations, ownMigrations } from './db/migrate.ts'
import { tableScope } from './db/registry.ts'

export type Finding = {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly advice?: string
}

/** Version, migrations, table registry and clock of a reachable database. Rejects when it cannot be reached. */
export async function inspectDatabase(
  connection: pg.ClientConfig,
  now: () => Date,
): Promise<readonly Finding[]> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 })
  await client.connect()
  try {
    const { rows } = await client.query<{ version: string; major: number; at: Date }>(
      "select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major, clock_timestamp() as at",
    )
    const { version = '', major = 0, at = now() } = rows[0] ?? {}
    const driftMs = Math.abs(at.getTime() - now().getTime())
    return [
      finding(
        'PostgreSQL',
        major >= 15 && major <= 18,
        `version ${version}`,
        'Versions 15 to 18 are supported.',
      ),
      await migrationsOf(client),
      await registryOf(client),
      finding(
        'clock',
        driftMs < 5000,
        `${driftMs} ms between the server and its database`,
        'Let both machines keep their time by NTP.',
      ),
    ]
  } finally {
    await client.end()
  }
}

async function migrationsOf(client: pg.Client): Promise<Finding> {
  const had = await appliedMigrations(client)
  const own = ownMigrations()
  const changed = own.find((m) => had.has(m.name) && had.get(m.name) !== m.checksum)
  if (changed)
    return finding(
      'migrations',
      false,
      `${changed.name} was changed after this database had it`,
      'Install the version the database was made with.',
    )
  const newer = [...had.keys()].find((name) => !own.some((m) => m.name === name))
  if (newer)
    return finding(
      'migrations',
      false,
      `the database has had ${newer}, which this version does not know`,
      'Start the newer version of Kasauti.',
    )
  const missing = own.filter((m) => !had.has(m.name)).length
  return finding(
    'migrations',
    true,
    missing === 0 ? `all ${own.length} applied` : `${missing} to be applied at the next start`,
  )
}

async function registryOf(client: pg.Client): Promise<Finding> {
  const unknown = (await readCatalog(client))
    .map((t) => t.name)
    .filter((n) => tableScope(n) === undefined)
  return finding(
    'tables',
    unknown.length === 0,
    unknown.length === 0 ? 'all known' : `unknown: ${unknown.join(', ')}`,
    'Give Kasauti a database of its own.',
  )
}

const finding = (name: string, ok: boolean, detail: string, advice?: string): Finding => ({
  name,
  ok,
  detail,
  ...(ok || advice === undefined ? {} : { advice }),
})
