import { presentInputs } from '@kasauti/catalog'
import { KasautiError } from '@kasauti/core'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { listItems } from './list.ts'
import { presentAnnotations, presentEvent, presentNamed } from './presenter.ts'
import { removeItem, restoreItem } from './remove.ts'
import { blindOrder, sightOf } from './sight.ts'
import { findHistory, findItem, findReviews, findRevisions } from './storage.ts'

export const routes = handlers({
  'item.list': (ctx, input) => listItems(ctx, input),
  'item.get': (ctx, { params }) => getItem(ctx, params),
  'item.remove': async (ctx, { params }) => {
    await removeItem(ctx, params)
    return {}
  },
  'item.restore': async (ctx, { params }) => {
    await restoreItem(ctx, params)
    return {}
  },
})

async function getItem(ctx: Ctx, at: { projectId: string; itemId: string }) {
  const { projectId } = at
  const item = await findItem(ctx.db, at)
  if (!item) throw new KasautiError('item/not-found')
  const [revisions, history] = await Promise.all([
    findRevisions(ctx.db, at),
    findHistory(ctx.db, at),
  ])
  const annotationIds = [...new Set(revisions.map((row) => row.annotation_id))]
  const reviews = await findReviews(ctx.db, { projectId, annotationIds })
  const versions = new Set([item.schema_version, ...revisions.map((row) => row.schema_version)])
  const schemas = new Map(
    await Promise.all(
      [...versions].map(
        async (version) =>
          [version, (await loadSchema(ctx.app, ctx.db, { projectId, version })).schema] as const,
      ),
    ),
  )
  const schemaOf = (version: number) => {
    const schema = schemas.get(version)
    if (!schema) throw new Error(`schema ${version} was not loaded`)
    return schema
  }
  const sight = sightOf(ctx.access.roles)
  const schema = schemaOf(item.schema_version)
  const order = { first: revisions[0]?.presentation, place: item }
  const blind = sight === 'blind' ? blindOrder(schema, item.inputs, order) : undefined
  return {
    itemId: item.item_id,
    ordinal: item.ordinal,
    key: item.key,
    batchId: item.batch_id,
    batch: item.batch,
    state: item.state,
    schemaVersion: item.schema_version,
    inputs: blind ? presentInputs(schema, item.inputs, blind) : presentNamed(schema, item.inputs),
    annotations: presentAnnotations(revisions, reviews, { schemaOf, blind }),
    history: history.map((row) => presentEvent(row, sight)),
  }
}
