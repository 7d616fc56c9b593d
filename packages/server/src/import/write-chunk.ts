/** One chunk into the database, whole or not at all, together with where a restart goes on. */
import { KasautiError } from '@kasauti/core'
import pg from 'pg'
import type { App } from '../platform/app.ts'
import type { Chunk, ChunkItem } from './chunk.ts'
import { blocksOf, copyIn } from './copy-in.ts'
import { copyText } from './copy-text.ts'
import {
  addImported,
  addToCounts,
  copyInputsSql,
  copyItemsSql,
  findTakenKeys,
  insertRejects,
  keepBatch,
  reserveOrdinals,
} from './write-storage.ts'

export type Target = {
  readonly projectId: string
  readonly importId: string
  readonly batchId: string
  /** People wanted by the item of an ordinal. */
  wanted(ordinal: number): number
  /** The item's place in the project's order. */
  rank(ordinal: number, uncertainty: number | undefined): number
  /** Rejects with a number above it are counted and not kept. */
  readonly rejectsKept: number
}
export type Sofar = { readonly rowsSeen: number; readonly rejected: number }
export type Written = { readonly items: number; readonly duplicates: number }

/** `trusting`: keys are thought to be new, the unique index is the judge. `careful`: asked first. */
export type Caution = 'trusting' | 'careful'

/** Another worker has gone on with this import: this one must stop. */
class Overtaken extends Error {}

function* itemLines(
  items: readonly ChunkItem[],
  target: Target,
  at: { readonly ordinal: number; readonly now: Date },
): Generator<string> {
  const time = at.now.toISOString()
  const { projectId, importId, batchId } = target
  let { ordinal } = at
  for (const { itemId, key, uncertainty } of items) {
    const wanted = target.wanted(ordinal)
    yield `${projectId}\t${itemId}\t${batchId}\t${ordinal}\t${target.rank(ordinal, uncertainty)}\t${copyText(key)}\topen\t${wanted}\t${wanted}\t${importId}\t${time}\t${time}\t${uncertainty ?? '\\N'}\n`
    ordinal++
  }
}

const blockBytes = 128 * 1024

/** The input lines of some of a chunk's items; neighbours go together. */
function* inputBlocks(chunk: Chunk, items: readonly ChunkItem[]): Generator<Buffer> {
  for (let i = 0; i < items.length; ) {
    const start = items[i]?.start ?? 0
    let end = items[i]?.end ?? 0
    for (i++; end - start < blockBytes && items[i]?.start === end; i++) end = items[i]?.end ?? end
    yield chunk.bytes(start, end)
  }
}

/** Those whose key nobody has. */
async function newOnes(
  client: pg.PoolClient,
  items: readonly ChunkItem[],
  projectId: string,
): Promise<readonly ChunkItem[]> {
  const taken = await findTakenKeys(client, {
    projectId,
    keys: items.map((i) => i.key),
  })
  return taken.size === 0 ? items : items.filter((i) => !taken.has(i.key))
}

async function transaction(
  client: pg.PoolClient,
  write: { app: App; chunk: Chunk; target: Target; sofar: Sofar; caution: Caution },
): Promise<Written> {
  const { chunk, target, sofar } = write
  const { projectId, importId } = target
  await client.query('begin')
  if (!(await keepBatch(client, target))) throw new KasautiError('batch/not-found')
  const ordinal = await reserveOrdinals(client, { projectId, n: chunk.items.length })
  const items =
    write.caution === 'careful' ? await newOnes(client, chunk.items, projectId) : chunk.items
  if (items.length > 0) {
    const at = { ordinal, now: write.app.now() }
    await copyIn(client, copyItemsSql, blocksOf(itemLines(items, target, at)))
    await copyIn(client, copyInputsSql, inputBlocks(chunk, items))
  }
  const keep = Math.max(0, target.rejectsKept - sofar.rejected)
  await insertRejects(client, {
    projectId,
    importId,
    first: sofar.rejected + 1,
    rejects: chunk.rejects.slice(0, keep),
  })
  const duplicates = chunk.duplicates + chunk.items.length - items.length
  const ours = await addImported(client, {
    projectId,
    importId,
    items: items.length,
    rejected: chunk.rejects.length,
    duplicates,
    byteOffset: chunk.byteOffset,
    rowsBefore: sofar.rowsSeen,
    rows: chunk.rows,
  })
  if (!ours) throw new Overtaken('another worker goes on with this import')
  await addToCounts(client, {
    projectId,
    batchId: target.batchId,
    items: items.length,
    wanted: items.reduce((n, _, i) => n + target.wanted(ordinal + i), 0),
  })
  await client.query('commit')
  return { items: items.length, duplicates }
}

const isKeyTaken = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === '23505' && error.constraint === 'items_key'

/**
 * Write a chunk. A key somebody else has makes the transaction fail once; then, and for the rest of the
 * import, keys are asked for first. Returns what was written and how cautious to be from now on.
 */
export async function writeChunk(write: {
  readonly app: App
  readonly chunk: Chunk
  readonly target: Target
  readonly sofar: Sofar
  readonly caution: Caution
}): Promise<{ readonly written: Written; readonly caution: Caution }> {
  let { caution } = write
  for (let attempt = 1; ; attempt++) {
    const client = await write.app.pool.connect()
    let broken: Error | undefined
    try {
      return { written: await transaction(client, { ...write, caution }), caution }
    } catch (error) {
      await client.query('rollback').catch((e: unknown) => {
        broken = e instanceof Error ? e : new Error(String(e))
      })
      if (!isKeyTaken(error) || attempt > 5) throw error
      caution = 'careful'
    } finally {
      client.release(broken)
    }
  }
}
