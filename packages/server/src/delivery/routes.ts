import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import { type Ctx, type FileAnswer, handlers, idAfter, pageById } from '../platform/http/index.ts'
import { cancelJob } from '../platform/jobs/index.ts'
import { audit } from '../system/index.ts'
import { createDelivery } from './create.ts'
import { type Ending, followFile, wholeFile } from './follow.ts'
import { deliveryDir, partOf } from './out-file.ts'
import { presentDelivery } from './presenter.ts'
import { fileNameOf } from './run.ts'
import { type DeliveryRow, findDelivery, listDeliveries } from './storage.ts'

type At = { readonly projectId: string; readonly deliveryId: string }

async function theDelivery(ctx: Ctx, at: At): Promise<DeliveryRow> {
  const found = await findDelivery(ctx.db, at)
  if (!found) throw new KasautiError('delivery/not-found')
  return found
}

const isRunning = (row: DeliveryRow): boolean => row.state === 'queued' || row.state === 'running'

const mediaTypeOf = (name: string): string => {
  const kind = format(name.slice(name.lastIndexOf('.') + 1))
  return `${kind?.mediaType ?? 'application/json'}; charset=utf-8`
}

/** For a download's name: letters and digits of any script, no separators of paths. */
const plain = (name: string): string =>
  name.replace(/[^\p{L}\p{M}\p{N}._ -]+/gu, '-').trim() || 'delivery'

function following(ctx: Ctx, at: At, path: string): AsyncIterable<Uint8Array> {
  const handle = (p: string) => open(p, 'r').catch(() => undefined)
  const ending = async (): Promise<Ending> => {
    // The rename comes before the end of the job: a file that has its name is whole.
    const named = await handle(path)
    await named?.close()
    if (named) return 'whole'
    const row = await findDelivery(ctx.app.db, at)
    return row && isRunning(row) ? 'running' : 'broken'
  }
  return followFile(async () => (await handle(partOf(path))) ?? handle(path), ending)
}

async function file(ctx: Ctx, at: At & { readonly name: string }): Promise<FileAnswer> {
  const row = await theDelivery(ctx, at)
  const { projectId, deliveryId, name } = at
  if (name !== 'manifest.json' && !row.formats.some((f) => fileNameOf(f) === name))
    throw new KasautiError('delivery/not-found', `This delivery has no file "${name}".`)
  const path = join(deliveryDir(ctx.app.filesDir, { projectId, deliveryId }), name)
  const answer = { fileName: `${plain(row.name)}-${name}`, mediaType: mediaTypeOf(name) }
  if (row.manifest) {
    const bytes = row.manifest.files.find((f) => f.name === name)?.bytes
    return { ...answer, ...(bytes === undefined ? {} : { bytes }), body: wholeFile(path) }
  }
  if (!isRunning(row) || name === 'manifest.json')
    throw new KasautiError('delivery/not-ready', 'This delivery is not finished.')
  return { ...answer, body: following(ctx, at, path) }
}

export const routes = handlers({
  'delivery.create': async (ctx, { params: { projectId }, body }) => {
    const deliveryId = await createDelivery(ctx, { projectId, ...body })
    return presentDelivery(await theDelivery(ctx, { projectId, deliveryId }))
  },
  'delivery.list': async (ctx, { params: { projectId }, query }) => {
    const before = idAfter(query.after)
    const found = await listDeliveries(ctx.db, { projectId, before, limit: query.limit + 1 })
    const { shown, next } = pageById(found, query.limit, (row) => row.delivery_id)
    return {
      rows: shown.map(presentDelivery),
      next,
    }
  },
  'delivery.get': async (ctx, { params }) => presentDelivery(await theDelivery(ctx, params)),
  'delivery.file': async (ctx, { params }) => {
    const answer = await file(ctx, params)
    const { deliveryId, name } = params
    await audit(ctx.db, ctx, 'delivery.downloaded', { deliveryId, file: name })
    return answer
  },
  'delivery.cancel': async (ctx, { params }) => {
    const row = await theDelivery(ctx, params)
    await cancelJob(ctx.db, ctx.app, { projectId: params.projectId, jobId: row.job_id })
    await audit(ctx.db, ctx, 'delivery.cancelled', { deliveryId: params.deliveryId })
    return presentDelivery(await theDelivery(ctx, params))
  },
})
