/** A job that brings a project's items under its new workflow, chunk by chunk under the usual locks. */
import { stageOf, wantedOf } from '@kasauti/core'
import { changeAnnotations } from '../annotation/index.ts'
import { addCounts, addDeltas, countDelta, type DayGain } from '../item/index.ts'
import type { App, Db } from '../platform/app.ts'
import type { JobKind, JobRun } from '../platform/jobs/job.ts'
import {
  type Applying,
  type ChunkRow,
  changeItems,
  findApplying,
  findProject,
  findPublished,
  hasOlderImports,
  listChunk,
  lockChunk,
  lockFree,
  tellChanged,
} from './apply-storage.ts'
import { type LoadedWorkflow, loadWorkflow } from './loaded.ts'
import { type SortedItem, sortOut } from './sort-out.ts'
import { listAnnotations } from './standing-storage.ts'
import { setApplied } from './storage.ts'

const atOnce = 200
/** How often it is looked whether an import that began before has ended. */
const importEveryMs = 1000

/** Goes on where a run before ended: an item brought under the workflow twice changes once. */
export const applyWorkflow: JobKind = {
  kind: 'workflow.apply',
  async run(job) {
    const { app, projectId, signal } = job
    for (;;) {
      const applying = await findApplying(app.db, job)
      const project = await findProject(app.db, projectId)
      if (!applying || applying.applied_at || !project) return
      const superseded = project.workflow_version !== applying.version
      const rows = superseded ? [] : await nextChunk(job, applying)
      signal.throwIfAborted()
      const last = rows.at(-1)
      if (!last) {
        const older = { projectId, before: applying.created_at }
        if (!superseded && (await hasOlderImports(app.db, older))) {
          await new Promise((resolve) => setTimeout(resolve, importEveryMs))
          continue
        }
        await setApplied(app.db, {
          ...at(job, applying),
          appliedTo: applying.applied_to,
          appliedAt: app.now(),
        })
        break
      }
      for (const [batchId, own] of Map.groupBy(rows, (row) => row.batchId))
        await applyTo(job, applying, { batchId, rows: own, seed: project.seed })
      await setApplied(app.db, { ...at(job, applying), appliedTo: last.ordinal, appliedAt: null })
      job.report({
        done: Math.min(last.ordinal, project.items),
        total: project.items,
        unit: 'items',
      })
    }
    app.announce({ kind: 'item.changed', projectId })
    app.announce({ kind: 'project.changed', projectId })
  },
}

const at = (job: JobRun, { version }: Applying) => ({ projectId: job.projectId, version })

const nextChunk = (job: JobRun, applying: Applying) =>
  listChunk(job.app.db, {
    projectId: job.projectId,
    after: applying.applied_to,
    limit: atOnce,
    which: applying.in_flight === 'keep' ? 'untouched' : 'all',
  })

/** Items of one batch: what several batches count is locked in one order only by itself. */
async function applyTo(
  job: JobRun,
  applying: Applying,
  o: { batchId: string; rows: readonly ChunkRow[]; seed: number },
): Promise<void> {
  const { app, projectId } = job
  const workflow = await loadWorkflow(app, app.db, at(job, applying))
  await app.db.transaction().execute(async (trx) => {
    const itemIds = o.rows.map((row) => row.itemId)
    const rows = await lockChunk(trx, { projectId, batchId: o.batchId, itemIds })
    const still = applying.in_flight === 'keep' ? rows.filter((row) => isUntouched(row)) : rows
    const { created_by: by, note, version } = applying
    const told = { by, note: note || `${version}` }
    const at = { projectId, batchId: o.batchId, seed: o.seed, workflow }
    await bringUnder(app, trx, { ...at, rows: still, told, by })
  })
}

type Bringing = {
  readonly projectId: string
  readonly batchId: string
  readonly seed: number
  readonly workflow: LoadedWorkflow
  /** Under lock. */
  readonly rows: readonly ChunkRow[]
  /** What the items' histories say, and whose counts it goes among. */
  readonly told: { readonly by: string; readonly note: string }
  readonly by: string
}

/** Brings items of one batch, under lock, to where the workflow wants them. */
async function bringUnder(app: App, db: Db, o: Bringing): Promise<void> {
  const { projectId, batchId } = o
  const changed = (await sortOut(app, db, o)).filter((item) => item.changed)
  if (changed.length === 0) return
  const now = app.now()
  await changeItems(db, {
    projectId,
    now,
    items: changed.map(({ row, tally }) => ({ itemId: row.itemId, tally })),
  })
  await changeAnnotations(db, { projectId, now, changes: changed.flatMap(changesIn) })
  await tellChanged(db, {
    projectId,
    itemIds: changed.map(({ row }) => row.itemId),
    eventIds: changed.map(() => app.newId()),
    ...o.told,
    now,
  })
  await addCounts(db, {
    projectId,
    batchId,
    by: o.by,
    now,
    delta: changed.map((i) => countDelta(i.row.tally, i.tally)).reduce(addDeltas),
    days: await daysOf({ db, projectId }, changed),
  })
}

/**
 * Places given back that people only kept because they held them when fewer were wanted: nobody is given
 * them again. Within the transaction that gave them back; `by`: whose counts it goes among.
 */
export async function dropPlaces(
  app: App,
  db: Db,
  o: { projectId: string; itemIds: readonly string[]; by: string },
): Promise<void> {
  const { projectId } = o
  const published = await findPublished(db, projectId)
  if (!published || published.version === 1 || o.itemIds.length === 0) return
  const workflow = await loadWorkflow(app, db, { projectId, version: published.version })
  const annotate = stageOf(workflow, 'annotate')
  // What was begun before goes by the workflow before, which took no place from it.
  if (!annotate || workflow.inFlight === 'keep') return
  const { seed } = published
  const free = (await lockFree(db, o)).filter(
    ({ ordinal, tally }) => tally.wanted > wantedOf(annotate, { seed, ordinal }),
  )
  const told = { by: published.created_by, note: published.note || `${published.version}` }
  for (const [batchId, rows] of Map.groupBy(free, (row) => row.batchId))
    await bringUnder(app, db, { projectId, batchId, seed, workflow, rows, told, by: o.by })
}

/** Nobody took it up since it was looked at. */
const isUntouched = ({ tally }: ChunkRow): boolean =>
  tally.leased + tally.submitted + tally.returned + tally.accepted === 0

const changesIn = ({ before, after }: SortedItem) =>
  after.annotations
    .filter((a, n) => {
      const b = before.annotations[n]
      return b?.due !== a.due || b.state !== a.state
    })
    .map(({ id, state, due, returns }) => ({ annotationId: id, state, due, returns }))

/** Whose annotations are accepted because fewer reviewers have to agree. */
async function daysOf(
  at: { db: Parameters<typeof listAnnotations>[0]; projectId: string },
  changed: readonly SortedItem[],
): Promise<DayGain[]> {
  const accepted = changed.flatMap(({ before, after }) =>
    after.annotations
      .filter((a, n) => a.state === 'accepted' && before.annotations[n]?.state === 'submitted')
      .map((a) => a.id),
  )
  if (accepted.length === 0) return []
  const rows = await listAnnotations(at.db, {
    projectId: at.projectId,
    itemIds: changed.map(({ row }) => row.itemId),
    answers: 'without',
  })
  const ids = new Set(accepted)
  return rows
    .filter((row) => ids.has(row.annotation_id))
    .map((row) => ({ userId: row.author_id, accepted: 1 }))
}
