/**
 * Pages of the items table. Three ways, by what the filter needs:
 * 1. State, order and time of change alone lie in indexes: the states' ranges are merged.
 * 2. Else the order is walked, each row asked for the rest, but only so far: `walkOf` rows.
 * 3. If that does not fill the page the filter is rare (or lies at the far end of the order): what it
 *    finds is collected through its own indexes and sorted.
 */
import { type ItemState, itemStates } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { plannedAnew } from '../platform/db/index.ts'
import type { Cursor } from './cursor.ts'

export type TableFilter = {
  readonly state?: readonly ItemState[] | undefined
  /** A tsquery. */
  readonly search?: string | undefined
  readonly author?: string | undefined
  readonly verdict?: string | undefined
  readonly importId?: string | undefined
  readonly answers?: readonly { readonly field: string; readonly value: string }[] | undefined
  readonly updatedFrom?: Date | undefined
  readonly updatedTo?: Date | undefined
}
export type TableQuery = {
  readonly projectId: string
  readonly sort: 'ordinal' | 'key' | 'updatedAt' | 'annotations' | 'activeMs'
  readonly direction: 'asc' | 'desc'
  readonly filter: TableFilter
  readonly after: Cursor | undefined
  readonly limit: number
}
export type TablePlace = {
  readonly item_id: string
  readonly ordinal: number
  readonly key: string
  readonly updated_at: Date
  readonly annotations: number
  readonly active_ms: number
}

/** Rows walked before the filter is taken to be rare; looking into words costs more per row. */
const walkOf = (q: TableQuery): number => (q.filter.search ? 2000 : 5000)

/** Ids and sort keys of one page, in order. */
export async function findPage(db: Db, q: TableQuery): Promise<TablePlace[]> {
  const asks = [
    ...(q.sort === 'updatedAt' ? [] : updatedIn(q, 'w')),
    ...importIs(q, 'w'),
    ...probes(q),
  ]
  if (asks.length === 0) return (await walk(q, sql``, q.limit).execute(db)).rows
  const page = await walk(q, sql`where ${sql.join(asks, sql` and `)}`, walkOf(q)).execute(db)
  if (page.rows.length === q.limit) return page.rows
  return (await collect(q).execute(db)).rows
}

const columns = sql`i.item_id, i.ordinal, i.key, i.updated_at, i.annotations, i.active_ms, i.import_id`

/** The order, from the cursor on, of `range` rows at most; then what `asks`. */
const walk = (
  q: TableQuery,
  asks: RawBuilder<unknown>,
  range: number,
) => sql<TablePlace>`${plannedAnew}
  select w.item_id, w.ordinal, w.key, w.updated_at, w.annotations, w.active_ms
  from (select b.* from (${sql.join(branches(q, range), sql` union all `)}) b
        order by ${order(q, 'b')} limit ${range}) w
  ${asks} order by ${order(q, 'w')} limit ${q.limit}`

/**
 * Everything that fits, then sorted. The cursor is applied last: inside, it would tempt the planner to
 * walk the order after all.
 */
function collect(q: TableQuery) {
  const [first, ...others] = sets(q)
  const rest = others.map((set) => sql`a.ordinal in (${set})`)
  const among = first
    ? sql`among as materialized (
        select distinct a.ordinal from (${first}) a where ${sql.join([sql`true`, ...rest], sql` and `)}),`
    : sql``
  const fits = [
    sql`i.state = any(${[...(q.filter.state ?? itemStates)]}::text[])`,
    ...updatedIn(q, 'i'),
    ...importIs(q, 'i'),
    ...(first ? [sql`i.ordinal in (select among.ordinal from among)`] : []),
  ]
  return sql<TablePlace>`${plannedAnew}
    with ${among} found as materialized (
      select ${columns} from items i
      where i.project_id = ${q.projectId} and i.removed_at is null and ${sql.join(fits, sql` and `)})
    select w.item_id, w.ordinal, w.key, w.updated_at, w.annotations, w.active_ms
    from found w where ${sql.join([sql`true`, ...beyond(q, 'w')], sql` and `)}
    order by ${order(q, 'w')} limit ${q.limit}`
}

/**
 * One ordered index range per state; all states at once where an index of all holds the order. Each
 * has its own order and limit: without them the planner sorts the union instead of merging ranges.
 */
function branches(q: TableQuery, limit: number): RawBuilder<unknown>[] {
  const more = [...(q.sort === 'updatedAt' ? updatedIn(q, 'i') : []), ...beyond(q, 'i')]
  const range = (of: RawBuilder<unknown>) => sql`
    (select ${columns} from items i
    where i.project_id = ${q.projectId} and i.removed_at is null
      and ${sql.join([of, ...more], sql` and `)}
    order by ${order(q, 'i')} limit ${limit})`
  const whole = !q.filter.state && (q.sort === 'ordinal' || q.sort === 'key')
  if (whole) return [range(sql`true`)]
  const states = [...new Set(q.filter.state ?? itemStates)]
  return states.map((state) => range(sql`i.state = ${state}`))
}

const sortColumns = {
  ordinal: 'ordinal',
  key: 'key',
  updatedAt: 'updated_at',
  annotations: 'annotations',
  activeMs: 'active_ms',
} as const
const casts = {
  ordinal: sql`bigint`,
  key: sql`text`,
  updatedAt: sql`timestamptz`,
  annotations: sql`smallint`,
  activeMs: sql`bigint`,
} as const

function order(q: TableQuery, of: string): RawBuilder<unknown> {
  const direction = q.direction === 'asc' ? sql`asc` : sql`desc`
  const ordinal = sql`${sql.ref(`${of}.ordinal`)} ${direction}`
  if (q.sort === 'ordinal') return ordinal
  const column = sql.ref(`${of}.${sortColumns[q.sort]}`)
  if (q.sort === 'key') return sql`${column} collate "C" ${direction}`
  return sql`${column} ${direction}, ${ordinal}`
}

/** Rows after the cursor. */
function beyond(q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] {
  if (!q.after) return []
  const than = q.direction === 'asc' ? sql`>` : sql`<`
  const column = sql.ref(`${of}.${sortColumns[q.sort]}`)
  const ordinal = sql.ref(`${of}.ordinal`)
  if (q.sort === 'ordinal') return [sql`${ordinal} ${than} ${q.after.ordinal}::bigint`]
  if (q.sort === 'key') return [sql`${column} collate "C" ${than} ${q.after.key}::text`]
  return [
    sql`(${column}, ${ordinal}) ${than} (${q.after.key}::${casts[q.sort]}, ${q.after.ordinal}::bigint)`,
  ]
}

function updatedIn(q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] {
  const { updatedFrom, updatedTo } = q.filter
  const at = sql.ref(`${of}.updated_at`)
  return [
    ...(updatedFrom ? [sql`${at} >= ${updatedFrom}::timestamptz`] : []),
    ...(updatedTo ? [sql`${at} < ${updatedTo}::timestamptz`] : []),
  ]
}

const importIs = (q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] =>
  q.filter.importId ? [sql`${sql.ref(`${of}.import_id`)} = ${q.filter.importId}`] : []

/** What the filter asks beyond an item's own columns, each as a set of ordinals. */
const sets = (q: TableQuery): RawBuilder<unknown>[] => [
  ...facetSets(q).map((set) => sql`select f.ordinal from ${set}`),
  ...authorSets(q).map((set) => sql`select o.ordinal from ${set}`),
  ...verdictSets(q).map((set) => sql`select v.ordinal from ${set}`),
  ...searchSets(q).map((set) => sql`select t.ordinal from ${set}`),
]

/** The same as tests of one row, which the planner cannot turn into joins (`offset 0`): walking stops when the page is full. */
const probes = (q: TableQuery): RawBuilder<unknown>[] => [
  ...facetSets(q).map((set) => has(sql`${set} and f.ordinal = w.ordinal`)),
  ...authorSets(q).map((set) => has(sql`${set} and o.ordinal = w.ordinal`)),
  ...verdictSets(q).map((set) => has(sql`${set} and v.ordinal = w.ordinal`)),
  ...searchSets(q).map((set) => has(sql`${set} and t.item_id = w.item_id`)),
]
const has = (rows: RawBuilder<unknown>) => sql`exists (select 1 from ${rows} offset 0)`

const facetSets = (q: TableQuery) =>
  (q.filter.answers ?? []).map(
    ({ field, value }) => sql`annotation_facets f
      where f.project_id = ${q.projectId} and f.field_id = ${field} and f.value = ${value}`,
  )
const authorSets = ({ projectId, filter: { author } }: TableQuery) =>
  author ? [sql`annotations o where o.project_id = ${projectId} and o.author_id = ${author}`] : []
const verdictSets = ({ projectId, filter: { verdict } }: TableQuery) =>
  verdict ? [sql`reviews v where v.project_id = ${projectId} and v.verdict = ${verdict}`] : []
const searchSets = ({ projectId, filter: { search } }: TableQuery) =>
  search
    ? [sql`item_words t where t.project_id = ${projectId} and t.words @@ ${search}::tsquery`]
    : []
