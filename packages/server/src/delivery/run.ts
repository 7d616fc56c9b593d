/**
 * Writes a delivery: every file and every count from one snapshot of the database. An attempt that ends
 * early leaves nothing; the next begins from the start.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeId, KasautiError } from '@kasauti/core'
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { json } from '../platform/db/index.ts'
import type { JobRun } from '../platform/jobs/index.ts'
import { loadSchema } from '../schema/index.ts'
import { kasautiVersion } from '../system/index.ts'
import { findSchemaVersionInForce } from '../upload/index.ts'
import { bitsOf } from './bits.ts'
import { copiedRows, type Fields } from './copy-out.ts'
import { framedLines, framings, newTally, type Tally } from './lines.ts'
import { deliveryDir, freshDir, type Whole, writeOut, writeWhole } from './out-file.ts'
import { findProjectName } from './project-storage.ts'
import { Sheet, sheetLosses } from './sheet.ts'
import {
  type Counted,
  closeSnapshot,
  copyAnnotationsSql,
  copyLinesSql,
  copyOrdinalsSql,
  countSelected,
  listAuthors,
  openSnapshot,
  type Selection,
} from './snapshot-storage.ts'
import {
  type DeliveryFormat,
  type DeliveryRow,
  findDeliveryOfJob,
  type Manifest,
  setDelivered,
} from './storage.ts'

export const fileNameOf = (format: DeliveryFormat): string => `annotations.${format}`

type Work = {
  readonly job: JobRun
  readonly delivery: DeliveryRow
  readonly client: PoolClient
  readonly selection: Selection
  readonly dir: string
  /** Items passed so far, over all files. */
  passed: number
  total: number | undefined
}

/** Counts what passes, tells progress and stops when asked. */
async function* watched(
  work: Work,
  batches: AsyncIterable<readonly Fields[]>,
): AsyncGenerator<readonly Fields[]> {
  for await (const batch of batches) {
    work.job.signal.throwIfAborted()
    yield batch
    work.passed += batch.length
    work.job.report({
      done: work.passed,
      unit: 'items',
      ...(work.total === undefined ? {} : { total: Math.max(work.total, work.passed) }),
    })
  }
}

function copied(work: Work, sql: string): AsyncIterable<readonly Fields[]> {
  const stream = work.client.query(copyTo(sql))
  return watched(work, copiedRows(stream))
}

type Written = Whole & { readonly tally: Tally }

async function writeFileOf(work: Work, format: DeliveryFormat): Promise<Written> {
  const { app, projectId } = work.job
  const path = join(work.dir, fileNameOf(format))
  const tally = newTally()
  if (format === 'csv') {
    const inForce = await findSchemaVersionInForce(app.db, projectId)
    const sheet = new Sheet(await loadSchema(app, app.db, { projectId, version: inForce }), tally)
    const rows = copied(work, copyAnnotationsSql(work.selection))
    return { ...(await writeOut(path, sheet.blocks(rows))), tally }
  }
  const authors = await listAuthors(work.client, projectId)
  const names = Object.fromEntries(authors.map((id) => [id, encodeId('usr', id)]))
  const rows = copied(work, copyLinesSql(work.selection, names))
  return { ...(await writeOut(path, framedLines(rows, framings[format], tally))), tally }
}

/** Two ways of counting the same snapshot: if they differ, something is broken and nothing is delivered. */
function mustAgree(counted: Counted, format: string, tally: Tally): void {
  const same =
    counted.items === tally.items &&
    counted.annotations === tally.annotations &&
    Object.entries(counted.byState).every(([state, n]) => tally.byState[state] === n)
  if (!same) throw new Error(`counts of ${format} differ: ${JSON.stringify([counted, tally])}`)
}

async function writeAll(work: Work): Promise<Manifest> {
  const { delivery, job } = work
  const files: Manifest['files'] = []
  const tallies: [DeliveryFormat, Tally][] = []
  for (const format of delivery.formats) {
    const { tally, bytes, sha256 } = await writeFileOf(work, format)
    tallies.push([format, tally])
    work.total ??= tally.items * delivery.formats.length
    files.push({
      name: fileNameOf(format),
      format,
      bytes,
      sha256,
      rows: tally.rows,
      losses: format === 'csv' ? [...sheetLosses] : [],
    })
  }
  const counted = await countSelected(work.client, work.selection)
  for (const [format, tally] of tallies) mustAgree(counted, format, tally)
  if (counted.items === 0)
    throw new KasautiError('delivery/empty', 'No item is in these states any more.')
  return {
    kasauti: kasautiVersion,
    project: await findProjectName(job.app.db, job.projectId),
    name: delivery.name,
    ...(delivery.batch === null ? {} : { batch: delivery.batch }),
    madeAt: delivery.created_at.toISOString(),
    madeBy: delivery.created_by,
    schemaVersions: [...counted.schemaVersions],
    states: delivery.states,
    items: counted.items,
    annotations: counted.annotations,
    itemsByState: counted.byState,
    files,
  }
}

/** The work of a delivery's job. Gives what was delivered. */
export async function runDelivery(
  job: JobRun,
): Promise<DeliveryRow & { readonly manifest: Manifest }> {
  const { app, projectId } = job
  const delivery = await findDeliveryOfJob(app.db, { projectId, jobId: job.jobId })
  if (!delivery) throw new KasautiError('delivery/not-found')
  if (delivery.manifest) return { ...delivery, manifest: delivery.manifest }
  const dir = deliveryDir(app.filesDir, { projectId, deliveryId: delivery.delivery_id })
  await freshDir(dir)
  const client = await app.pool.connect()
  let broken: unknown = new Error('a delivery ended early')
  let files: 'part' | 'whole' = 'part'
  try {
    await openSnapshot(client)
    const snapshotAt = app.now()
    const work: Work = {
      job,
      delivery,
      client,
      selection: {
        projectId,
        states: delivery.states,
        batchId: delivery.batch_id ?? undefined,
        answers: delivery.answers,
      },
      dir,
      passed: 0,
      total: undefined,
    }
    const manifest = await writeAll(work)
    const delivered = await bitsOf(
      copiedRows(client.query(copyTo(copyOrdinalsSql(work.selection)))),
    )
    if (delivered.count !== manifest.items) throw new Error(`${delivered.count} items were marked`)
    await closeSnapshot(client)
    broken = undefined
    await writeWhole(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    files = 'whole'
    await setDelivered(app.db, {
      projectId,
      deliveryId: delivery.delivery_id,
      manifest: json(manifest),
      snapshotAt,
      delivered: delivered.bits,
    })
    return { ...delivery, manifest }
  } catch (error) {
    // Whole files stay: the database may have taken the delivery before its connection broke.
    if (files === 'part') await rm(dir, { recursive: true, force: true })
    throw error
  } finally {
    // A connection in the middle of a COPY is closed, not given back.
    client.release(broken instanceof Error ? broken : undefined)
  }
}
