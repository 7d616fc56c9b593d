/** A page of the items table: ids from narrow tables first, then what is shown of those rows alone. */
import type { Input } from '@kasauti/contract'
import { KasautiError, ordinalOf } from '@kasauti/core'
import { storableText } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { presentAnswers } from './presenter.ts'
import { namesNobody, sightOf } from './sight.ts'
import {
  findAnswers,
  findByOrdinal,
  findLocale,
  findRows,
  findSchemaInForce,
  findSeed,
} from './storage.ts'
import { findPage, type TableFilter, type TablePlace } from './table-storage.ts'
import { searchQuery } from './words.ts'

type ListInput = Pick<Input<'item.list'>, 'params' | 'query'>

export async function listItems(ctx: Ctx, { params, query }: ListInput) {
  const { projectId } = params
  const { sort, direction, limit } = query
  await refuseUnblinding(ctx, projectId, query.filter)
  const filter = readFilter(query.filter)
  if (filter === 'nothing') return { rows: [] }
  const named = await itemOfReference(ctx, projectId, query.filter?.search)
  if (named) return { rows: await presentPlaces(ctx, projectId, [named]) }
  const after = query.after === undefined ? undefined : readCursor(sort, query.after)
  const page = { projectId, sort, direction, filter, after, limit: limit + 1 }
  const places = await findPage(ctx.db, page)
  const shown = places.slice(0, limit)
  const last = places.length > limit ? shown.at(-1) : undefined
  const rows = await presentPlaces(ctx, projectId, shown)
  return last ? { rows, next: writeCursor(sort, cursorAt(sort, last)) } : { rows }
}

/** The first items of the table, by number, that fit a filter. Throws `item/filter-invalid`. */
export async function findItemIds(
  ctx: Ctx,
  o: { projectId: string; filter: ListInput['query']['filter']; count: number },
): Promise<string[]> {
  await refuseUnblinding(ctx, o.projectId, o.filter)
  const filter = readFilter(o.filter)
  if (filter === 'nothing') return []
  const page = { sort: 'ordinal', direction: 'asc', after: undefined, limit: o.count } as const
  const places = await findPage(ctx.db, { ...page, projectId: o.projectId, filter })
  return places.map((place) => place.item_id)
}

/** The item that associates know by a reference, if this is one. */
async function itemOfReference(ctx: Ctx, projectId: string, search: string | undefined) {
  if (search === undefined || !/^\s*[0-9a-z]{3}[-\s]?[0-9a-z]{4}\s*$/i.test(search))
    return undefined
  const seed = await findSeed(ctx.db, projectId)
  const ordinal = seed === undefined ? undefined : ordinalOf(search, seed)
  return ordinal === undefined ? undefined : findByOrdinal(ctx.db, { projectId, ordinal })
}

/** Who judges blind may not find out by asking who annotated an item, or which candidate was better. */
async function refuseUnblinding(
  ctx: Ctx,
  projectId: string,
  filter: ListInput['query']['filter'],
): Promise<void> {
  if (!filter || sightOf(ctx.access.roles) === 'named') return
  const refused = (path: string) =>
    new KasautiError('item/filter-invalid', undefined, {
      problems: [{ path, message: 'is not told to who judges blind' }],
    })
  if (filter.author !== undefined) throw refused('filter.author')
  const asked = filter.answers ?? []
  if (asked.length === 0) return
  const version = await findSchemaInForce(ctx.db, projectId)
  const { schema } = await loadSchema(ctx.app, ctx.db, { projectId, version })
  const n = asked.findIndex((answer) => !namesNobody(schema, answer))
  if (n >= 0) throw refused(`filter.answers.${n}`)
}

/** `nothing`: no item can fit. Throws `item/filter-invalid`. */
export function readFilter(filter: ListInput['query']['filter']): TableFilter | 'nothing' {
  if (!filter) return {}
  const { search, ...rest } = filter
  if (rest.updatedFrom && rest.updatedTo && rest.updatedFrom > rest.updatedTo)
    throw new KasautiError('item/filter-invalid', undefined, {
      problems: [{ path: 'filter.updatedTo', message: 'lies before updatedFrom' }],
    })
  if (rest.state?.length === 0) return 'nothing'
  const words = search === undefined || search.trim() === '' ? '' : searchQuery(search)
  if (words === undefined) return 'nothing'
  const answers = rest.answers?.map(({ field, value }) => ({
    field: storableText(field),
    value: storableText(value),
  }))
  return { ...rest, answers, search: words === '' ? undefined : words }
}

function cursorAt(sort: ListInput['query']['sort'], row: TablePlace) {
  const keys = {
    ordinal: row.ordinal,
    key: row.key,
    updatedAt: row.updated_at.toISOString(),
    annotations: row.annotations,
    activeMs: row.active_ms,
  }
  return { key: keys[sort], ordinal: row.ordinal }
}

async function presentPlaces(
  ctx: Ctx,
  projectId: string,
  places: readonly Pick<TablePlace, 'item_id'>[],
) {
  if (places.length === 0) return []
  const itemIds = places.map((place) => place.item_id)
  const [rows, answers, locale] = await Promise.all([
    findRows(ctx.db, { projectId, itemIds }),
    findAnswers(ctx.db, { projectId, itemIds }),
    findLocale(ctx.db, ctx.caller.userId),
  ])
  const sight = sightOf(ctx.access.roles)
  const byId = new Map(rows.map((row) => [row.item_id, row]))
  const loaded = await Promise.all(
    answers.map(async (row) => ({
      ...row,
      loaded: await loadSchema(ctx.app, ctx.db, { projectId, version: row.schema_version }),
    })),
  )
  const ofItem = Map.groupBy(loaded, (row) => row.item_id)
  return itemIds.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    return [
      {
        itemId: id,
        ordinal: row.ordinal,
        key: row.key,
        batchId: row.batch_id,
        batch: row.batch,
        preview: row.preview,
        state: row.state,
        annotations: row.annotations,
        activeMs: row.active_ms,
        updatedAt: row.updated_at,
        ...presentAnswers(ofItem.get(id) ?? [], { locale, sight }),
      },
    ]
  })
}
