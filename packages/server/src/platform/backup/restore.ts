/** A backup into an empty installation: all of it or nothing. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { readCatalog, type Table } from '../db/catalog.ts'
import { migrate, ownMigrations } from '../db/migrate.ts'
import { readArchive } from './archive.ts'
import { type BackupSource, Manifest, target } from './backup.ts'

/**
 * Verify every sum, then load. Throws, with nothing changed, when the archive is damaged, of a newer
 * version, or the installation has people or projects.
 */
export async function restoreBackup(path: string, into: BackupSource): Promise<Manifest> {
  into.progress?.('checking the sums')
  const manifest = await verifyBackup(path)
  const own = ownMigrations()
  for (const [i, had] of manifest.migrations.entries()) {
    if (own[i]?.name !== had.name)
      throw new Error(`The backup is of another version of Kasauti: it has had ${had.name}.`)
    if (own[i]?.checksum !== had.checksum)
      throw new Error(`The backup has had another ${had.name} than this version.`)
  }
  await refuseUnlessEmpty(into)
  const staging = join(into.dataDir, `restore-${process.pid}`)
  await migrate(into.connection, own.slice(0, manifest.migrations.length))
  const client = new pg.Client(into.connection)
  await client.connect()
  try {
    await client.query('begin')
    await loadAll(path, { client, manifest, staging, into })
    await requeueJobs(client)
    await moveIn(staging, into.dataDir)
    await client.query('commit')
  } finally {
    await client.end()
    await rm(staging, { recursive: true, force: true })
  }
  await migrate(into.connection)
  return manifest
}

/** Read it all once. Throws when an entry is missing or not as the manifest says. */
export async function verifyBackup(path: string): Promise<Manifest> {
  const sums = new Map<string, string>()
  let manifest: Manifest | undefined
  for await (const entry of readArchive(path)) {
    const hash = createHash('sha256')
    const kept: Buffer[] = []
    for await (const chunk of entry.content) {
      hash.update(chunk)
      if (entry.name === 'manifest.json') kept.push(chunk)
    }
    if (entry.name === 'manifest.json')
      manifest = Manifest.parse(JSON.parse(Buffer.concat(kept).toString()))
    else sums.set(entry.name, hash.digest('hex'))
  }
  if (manifest === undefined) throw new Error(`${path} is not whole: its manifest is missing.`)
  const wanted = [
    ...Object.entries(manifest.tables).map(([name, t]) => [`tables/${name}`, t.sha256] as const),
    ...Object.entries(manifest.files).map(([name, f]) => [`files/${name}`, f.sha256] as const),
  ]
  for (const [name, sha256] of wanted) {
    if (sums.get(name) !== sha256)
      throw new Error(`${path} is damaged: ${name} is not what was written.`)
  }
  if (sums.size !== wanted.length) throw new Error(`${path} holds what its manifest does not name.`)
  return manifest
}

async function refuseUnlessEmpty(into: BackupSource): Promise<void> {
  const client = new pg.Client(into.connection)
  await client.connect()
  try {
    const there = await client.query<{ there: boolean }>(
      "select to_regclass('public.users') is not null as there",
    )
    if (there.rows[0]?.there !== true) return
    const full = await client.query<{ full: boolean }>(
      'select exists (select from users) or exists (select from projects) as full',
    )
    if (full.rows[0]?.full === true)
      throw new Error(
        'This installation is not empty: a backup is restored only into an empty one. Set DATA_DIR to a new directory.',
      )
  } finally {
    await client.end()
  }
}

type Load = {
  readonly client: pg.Client
  readonly manifest: Manifest
  readonly staging: string
  readonly into: BackupSource
}

/** Tables wait in the archive in the order of their names, so foreign keys are taken off and put back. */
async function loadAll(path: string, o: Load): Promise<void> {
  const tables = await readCatalog(o.client)
  const foreign = tables.flatMap((t) =>
    t.constraints.filter((k) => k.kind === 'foreign').map((k) => ({ table: t.name, ...k })),
  )
  for (const k of foreign)
    await o.client.query(`alter table ${k.table} drop constraint ${pg.escapeIdentifier(k.name)}`)
  await o.client.query('delete from one_time_links')
  for await (const entry of readArchive(path)) {
    const [kind, ...rest] = entry.name.split('/')
    const name = rest.join('/')
    o.into.progress?.(entry.name)
    if (kind === 'tables')
      await loadTable(
        o,
        tables.find((t) => t.name === name),
        entry.content,
      )
    else if (kind === 'files') await unpack(o.staging, name, entry.content)
    else for await (const _ of entry.content);
  }
  for (const k of foreign) {
    await o.client.query(
      `alter table ${k.table} add constraint ${pg.escapeIdentifier(k.name)} ${k.definition}`,
    )
  }
}

async function loadTable(
  o: Load,
  table: Table | undefined,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  if (table === undefined) throw new Error('The backup holds a table this version does not know.')
  const said = o.manifest.tables[table.name]
  const copy = o.client.query(
    copyFrom(`copy ${target(table.name, said?.columns ?? [])} from stdin`),
  )
  await pipeline(Readable.from(content), copy)
  if (copy.rowCount !== said?.rows)
    throw new Error(`The table ${table.name} did not come in whole.`)
}

async function unpack(
  staging: string,
  name: string,
  content: AsyncIterable<Buffer>,
): Promise<void> {
  const safe = normalize(name)
  if (safe !== name || safe.startsWith('..') || safe.startsWith('/') || safe.includes('\0'))
    throw new Error(`The backup names a file outside: ${name}`)
  const path = join(staging, safe)
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await pipeline(Readable.from(content), createWriteStream(path, { mode: 0o600, flush: true }))
}

/** Jobs that had not ended start anew. */
async function requeueJobs(client: pg.Client): Promise<void> {
  await client.query("update jobs set state = 'queued' where state = 'running'")
  await client.query(`
    select graphile_worker.add_job(kind, json_build_object('projectId', project_id, 'jobId', job_id), job_key => job_id::text)
    from jobs where state = 'queued'`)
}

async function moveIn(staging: string, dataDir: string): Promise<void> {
  const names = await readdir(staging).catch(() => [])
  for (const name of names) {
    await rm(join(dataDir, name), { recursive: true, force: true })
    await rename(join(staging, name), join(dataDir, name))
  }
}
