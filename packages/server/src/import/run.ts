/**
 * The import itself: rows are read, checked and encoded here while the database takes in the chunk
 * before; at most two chunks are in memory. Where a restart goes on is committed with each chunk.
 */
import { previewInputs, type ReadRow, readInputs, type TaskSchema } from '@kasauti/catalog'
import { KasautiError, ok, type Problem, rankOf, stageOf, wantedOf } from '@kasauti/core'
import type { JobRun } from '../platform/jobs/job.ts'
import { loadSchema } from '../schema/index.ts'
import { findUpload, pathOf, readUpload } from '../upload/index.ts'
import { rewindQueues } from '../work/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import { Chunk } from './chunk.ts'
import { feeder, keyIn, uncertaintyIn } from './feed.ts'
import { findImportWork, findProjectForImport, type ImportWork } from './storage.ts'
import { type Caution, type Target, writeChunk } from './write-chunk.ts'

const previewLength = 200
/** Rejected rows kept for the list of rejects; the rest are only counted. */
export const rejectsKept = 100_000

export type Imported = {
  readonly importId: string
  readonly fileName: string
  readonly items: number
  readonly rejected: number
  readonly duplicates: number
  readonly createdBy: string
}

type Reading = {
  readonly job: JobRun
  readonly work: ImportWork
  readonly schema: TaskSchema
  readonly feed: (row: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>
}

const inWords = (problems: readonly Problem[]): string =>
  problems
    .slice(0, 5)
    .map((p) => (p.path === '' ? p.message : `${p.path}: ${p.message}`))
    .join('; ')

const rawOf = (row: unknown): string => JSON.stringify(row).slice(0, 4000)

type Made = {
  readonly itemId: string
  readonly key: string
  readonly inputs: string
  readonly preview: string
  readonly uncertainty: number | undefined
}

/** An item of a row, or the reason why there is none. */
function itemOf(
  reading: Reading,
  place: string,
  row: Readonly<Record<string, unknown>>,
): Made | string {
  const { work, schema, job } = reading
  const key =
    work.mapping.key === undefined
      ? ok(`${work.mapping.stem}-${place.replace(/^\D+/, '')}`)
      : keyIn(row, work.mapping.key)
  if (!key.ok) return key.error
  const uncertainty = uncertaintyIn(row, work.mapping.uncertainty)
  if (!uncertainty.ok) return uncertainty.error
  const inputs = readInputs(schema, reading.feed(row))
  if (!inputs.ok) return inWords(inputs.error)
  return {
    itemId: job.app.newId(),
    key: key.value,
    inputs: JSON.stringify(inputs.value),
    preview: previewInputs(schema, inputs.value, previewLength),
    uncertainty: uncertainty.value,
  }
}

function addRow(chunk: Chunk, reading: Reading, read: ReadRow): void {
  chunk.rows++
  chunk.byteOffset = read.byteOffset
  const made = 'problem' in read ? read.problem : itemOf(reading, read.place, read.row)
  if (typeof made !== 'string') chunk.add(made)
  else chunk.reject(read.place, made, 'problem' in read ? read.raw : rawOf(read.row))
}

/** Writes chunks one after the other, in the background of the reading. */
class Writer {
  private running: Promise<void> = Promise.resolve()
  private spare: Chunk
  private caution: Caution = 'trusting'
  private readonly job: JobRun
  private readonly target: Target
  private readonly total: number
  rowsSeen: number
  items: number
  rejected: number
  duplicates: number

  constructor(job: JobRun, work: ImportWork, target: Target) {
    this.job = job
    this.target = target
    this.spare = new Chunk(target.projectId)
    this.total = work.bytes
    this.rowsSeen = work.rows_seen
    this.items = work.items
    this.rejected = work.rejected
    this.duplicates = work.duplicates
  }

  /** Waits until the chunk before is in, then lets this one go in. Gives that one back, empty. */
  async hand(chunk: Chunk): Promise<Chunk> {
    await this.running
    const free = this.spare
    this.spare = chunk
    this.running = this.write(chunk)
    // Its failure is met at the next hand() or end(); until then it must not count as unhandled.
    this.running.catch(() => {})
    free.clear()
    return free
  }

  end(): Promise<void> {
    return this.running
  }

  private async write(chunk: Chunk): Promise<void> {
    const { app } = this.job
    const sofar = { rowsSeen: this.rowsSeen, rejected: this.rejected }
    const done = await writeChunk({ app, chunk, target: this.target, sofar, caution: this.caution })
    this.caution = done.caution
    this.rowsSeen += chunk.rows
    this.items += done.written.items
    this.rejected += chunk.rejects.length
    this.duplicates += done.written.duplicates
    this.job.report({
      done: Math.min(chunk.byteOffset, this.total),
      total: this.total,
      unit: 'bytes',
    })
    app.announce({ kind: 'import.changed', projectId: this.job.projectId })
  }
}

async function readAll(reading: Reading, writer: Writer, path: string): Promise<void> {
  const { job, work } = reading
  let chunk = new Chunk(job.projectId)
  let passed = 0
  for await (const batch of readUpload(path, work.options, job.signal)) {
    for (const row of batch) {
      if (passed < work.rows_seen) {
        passed++
        continue
      }
      addRow(chunk, reading, row)
      if (!chunk.full) continue
      chunk = await writer.hand(chunk)
      job.signal.throwIfAborted()
    }
  }
  if (chunk.rows > 0) await writer.hand(chunk)
}

/** Runs or goes on with the import of a job. What is in when it is stopped stays in. */
export async function runImport(job: JobRun): Promise<Imported> {
  const { app, projectId } = job
  const work = await findImportWork(app.db, { projectId, jobId: job.jobId })
  const project = await findProjectForImport(app.db, projectId)
  if (!work || !project) throw new KasautiError('import/not-found')
  const upload = await findUpload(app.db, { projectId, uploadId: work.upload_id })
  if (!upload) throw new KasautiError('upload/not-found')
  const { schema } = await loadSchema(app, app.db, { projectId, version: project.schema_version })
  const workflow = await loadWorkflow(app, app.db, { projectId, version: project.workflow_version })
  const annotate = stageOf(workflow, 'annotate')
  if (!annotate) throw new Error('a workflow begins with annotating')
  const target: Target = {
    projectId,
    importId: work.import_id,
    batchId: work.batch_id ?? projectId,
    wanted: (ordinal) => wantedOf(annotate, { seed: project.seed, ordinal }),
    rank: (ordinal, uncertainty) =>
      rankOf(project.queue_order, { seed: project.seed, ordinal, uncertainty }),
    rejectsKept,
  }
  const writer = new Writer(job, work, target)
  try {
    const reading: Reading = { job, work, schema, feed: feeder(work.mapping) }
    await readAll(reading, writer, pathOf(app.filesDir, upload))
  } finally {
    await writer.end()
    // Ranks of the sequential order lie at the end; of others, anywhere. The order may have changed meanwhile.
    const order = (await findProjectForImport(app.db, projectId))?.queue_order
    const atTheEnd = project.queue_order === 'sequential' && order === 'sequential'
    if (!atTheEnd && writer.items > work.items)
      await rewindQueues(app, { projectId, batchId: target.batchId })
  }
  return {
    importId: work.import_id,
    fileName: work.file_name,
    items: writer.items,
    rejected: writer.rejected,
    duplicates: writer.duplicates,
    createdBy: work.created_by,
  }
}
