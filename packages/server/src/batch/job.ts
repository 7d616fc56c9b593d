/** Moving many items: chunk after chunk, each committed by itself. Run again, it finds what is moved moved. */
import { batchMoveAtOnce, ItemFilter } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'
import { findByKeys, findPlaces, readFilter } from '../item/index.ts'
import type { JobKind, JobRun } from '../platform/jobs/index.ts'
import { addUp, intoOrder, type Move, moveChunk, tellMoved } from './move-items.ts'
import { findMove } from './move-storage.ts'

export const moveItemsKind = 'move-items'

/** As stored: the filter as it is on the wire. */
const StoredSelection = z.union([
  z.object({ keys: z.array(z.string()) }),
  z.object({ filter: z.unknown() }),
])

/** Ids of the chosen items, in chunks, with how far that is. */
async function* chosen(
  job: JobRun,
  selection: z.output<typeof StoredSelection>,
): AsyncGenerator<readonly string[]> {
  const { app, projectId } = job
  if ('keys' in selection) {
    for (let n = 0; n < selection.keys.length; n += batchMoveAtOnce) {
      const keys = selection.keys.slice(n, n + batchMoveAtOnce)
      yield (await findByKeys(app.db, { projectId, keys })).map((item) => item.item_id)
      job.report({ done: n + keys.length, total: selection.keys.length, unit: 'items' })
    }
    return
  }
  const filter = readFilter(ItemFilter.parse(selection.filter))
  if (filter === 'nothing') return
  let after: number | undefined
  for (let done = 0; ; ) {
    const found = await findPlaces(app.db, { projectId, filter, after, limit: batchMoveAtOnce })
    yield found.map((place) => place.item_id)
    done += found.length
    job.report({ done, unit: 'items' })
    if (found.length < batchMoveAtOnce) return
    after = found.at(-1)?.ordinal
  }
}

async function run(job: JobRun): Promise<void> {
  const { app, projectId, jobId } = job
  const work = await findMove(app.db, { projectId, jobId })
  if (!work) throw new KasautiError('job/not-found')
  const move: Move = { projectId, batchId: work.batch_id, by: work.created_by, movedAt: app.now() }
  const sources = new Map<string, number>()
  try {
    for await (const itemIds of chosen(job, StoredSelection.parse(work.selection))) {
      job.signal.throwIfAborted()
      if (itemIds.length === 0) continue
      const chunk = await app.db
        .transaction()
        .execute((db) => moveChunk(db, app, { ...move, itemIds }))
      addUp(sources, chunk)
      app.announce({ kind: 'project.changed', projectId })
    }
  } finally {
    await intoOrder(app, move)
    await app.db.transaction().execute((db) => tellMoved(db, app, { ...move, sources }))
    app.announce({ kind: 'item.changed', projectId })
    app.announce({ kind: 'project.changed', projectId })
  }
}

export const moveItemsJob: JobKind = { kind: moveItemsKind, run }
