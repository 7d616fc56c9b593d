/**
 * Pages of the items table. Three ways, by what the filter needs:
 * 1. State, order and time of change alone lie in indexes: the states' ranges are merged.
 * 2. Else the order is walked, each row asked for the rest, but only so far: `walkOf` rows. What only
 *    annotated items can fit walks those alone; by ordinal it walks what fits itself, which is kept
 *    in that order.
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
  readonly batchId?: string | undefined
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

/** Only items that somebody annotated can fit. */
const needsAnnotation = ({ filter: { author, verdict, answers = [] } }: TableQuery): boolean =>
  author !== undefined || verdict !== undefined || answers.length > 0

/** Ids and sort keys of one page, in order. */
export async function findPage(db: Db, q: TableQuery): Promise<TablePlace[]> {
  const own = [
    ...(q.sort === 'updatedAt' ? [] : updatedIn(q, 'w')),
    ...importIs(q, 'w'),
    ...(byBatch(q) ? [] : batchIs(q, 'w')),
  ]
  const asks = [...own, ...probes(q)]
  if (asks.length === 0) return (await walk(q, merged(q, q.limit), []).execute(db)).rows
  const [lead, ...others] = annotationSets(q)
  const page =
    q.sort === 'ordinal' && lead
      ? walk(q, led(q, lead), [...own, ...others.map(probe), ...searchProbes(q)])
      : walk(q, merged(q, walkOf(q)), asks)
  const { rows } = await page.execute(db)
  if (rows.length === q.limit) return rows
  return (await collect(q).execute(db)).rows
}

/** All that fits a filter, by ordinal after one: for work that goes through it in chunks. */
export const findPlaces = (
  db: Db,
  of: {
    projectId: string
    filter: TableFilter
    after: number | undefined
    limit: number
  },
): Promise<TablePlace[]> =>
  findPage(db, {
    ...of,
    sort: 'ordinal',
    direction: 'asc',
    after: of.after === undefined ? undefined : { key: of.after, ordinal: of.after },
  })

const columns = sql`i.item_id, i.ordinal, i.key, i.updated_at, i.annotations, i.active_ms, i.import_id, i.batch_id`

/** Rows `from` somewhere in order, of which the page is what fits. */
const walk = (q: TableQuery, from: RawBuilder<unknown>, asks: RawBuilder<unknown>[]) =>
  sql<TablePlace>`${plannedAnew}
  select w.item_id, w.ordinal, w.key, w.updated_at, w.annotations, w.active_ms
  from (${from}) w where ${sql.join([sql`true`, ...asks], sql` and `)}
  order by ${order(q, 'w')} limit ${q.limit}`

/** The order, from the cursor on, of `range` rows at most. */
const merged = (q: TableQuery, range: number) => sql`
  select b.* from (${sql.join(branches(q, range), sql` union all `)}) b
  order by ${order(q, 'b')} limit ${range}`

/** The items of a set of ordinals, by ordinal from the cursor on. */
const led = (q: TableQuery, { from, ordinal }: OrdinalSet) => sql`
  select i.item_id, d.ordinal, i.key, i.updated_at, i.annotations, i.active_ms, i.import_id, i.batch_id from (
    select distinct ${ordinal} as ordinal from ${from}
      ${q.after ? sql`and ${ordinal} ${than(q)} ${q.after.ordinal}::bigint` : sql``}
    order by 1 ${direction(q)} limit ${walkOf(q)}) d
  cross join lateral (
    select ${columns} from items i
    where i.project_id = ${q.projectId} and i.ordinal = d.ordinal and i.removed_at is null
      and ${stateIs(q)} offset 0) i`

const stateIs = (q: TableQuery) =>
  q.filter.state ? sql`i.state = any(${[...q.filter.state]}::text[])` : sql`true`

/**
 * Everything that fits, then sorted; what only the time of change picks comes from both its indexes.
 * The cursor is applied last: inside, it would tempt the planner to walk the order after all.
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
    ...batchIs(q, 'i'),
    ...(first ? [sql`i.ordinal in (select among.ordinal from among)`] : []),
  ]
  const from = sql`
      select ${columns} from items i
      where i.project_id = ${q.projectId} and i.removed_at is null and ${sql.join(fits, sql` and `)}`
  const annotated = sql`${from} and i.annotations > 0`
  const found = needsAnnotation(q)
    ? annotated
    : first || updatedIn(q, 'i').length === 0
      ? from
      : sql`${annotated} union all ${from} and i.annotations = 0`
  return sql<TablePlace>`${plannedAnew}
    with ${among} found as materialized (${found})
    select w.item_id, w.ordinal, w.key, w.updated_at, w.annotations, w.active_ms
    from found w where ${sql.join([sql`true`, ...beyond(q, 'w')], sql` and `)}
    order by ${order(q, 'w')} limit ${q.limit}`
}

/** States of items that nobody may have annotated yet. */
const emptyStates: readonly ItemState[] = ['open', 'skipped']

/**
 * One ordered index range per state; all states at once where an index of all holds the order. Each
 * has its own order and limit: without them the planner sorts the union instead of merging ranges.
 */
function branches(q: TableQuery, limit: number): RawBuilder<unknown>[] {
  const range = (of: RawBuilder<unknown>[]) => sql`
    (select ${columns} from items i
    where i.project_id = ${q.projectId} and i.removed_at is null
      and ${sql.join([...of, ...beyond(q, 'i')], sql` and `)}
    order by ${order(q, 'i')} limit ${limit})`
  if (byBatch(q)) return [range([...batchIs(q, 'i'), stateIs(q)])]
  if (!q.filter.state && (q.sort === 'ordinal' || q.sort === 'key')) return [range([sql`true`])]
  const states = [...new Set(q.filter.state ?? itemStates)]
  const is = (state: ItemState) => sql`i.state = ${state}`
  const annotated = sql`i.annotations > 0`
  if (q.sort === 'ordinal' || q.sort === 'key') return states.map((state) => range([is(state)]))
  if (q.sort === 'annotations')
    return states.map((state) => range([is(state), ...(needsAnnotation(q) ? [annotated] : [])]))
  // Items with and without annotations lie in indexes of their own.
  const more = q.sort === 'updatedAt' ? updatedIn(q, 'i') : []
  const withThem = states.map((state) => range([is(state), annotated, ...more]))
  if (needsAnnotation(q)) return withThem
  const empty = states.filter((state) => emptyStates.includes(state))
  if (q.sort === 'activeMs')
    return [...withThem, ...empty.flatMap((state) => idle(q, state, limit))]
  return [...withThem, ...empty.map((state) => range([is(state), sql`i.annotations = 0`, ...more]))]
}

/** Items of a state without annotations, in the order of active time: they have none. */
function idle(q: TableQuery, state: ItemState, limit: number): RawBuilder<unknown>[] {
  const { after } = q
  const atZero = after !== undefined && Number(after.key) === 0
  if (after && !atZero && q.direction === 'asc') return []
  const from = atZero ? sql`and i.ordinal ${than(q)} ${after.ordinal}::bigint` : sql``
  return [
    sql`
    (select ${columns} from items i
    where i.project_id = ${q.projectId} and i.removed_at is null and i.state = ${state}
      and i.annotations = 0 ${from}
    order by i.ordinal ${direction(q)} limit ${limit})`,
  ]
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

const direction = (q: TableQuery) => (q.direction === 'asc' ? sql`asc` : sql`desc`)
const than = (q: TableQuery) => (q.direction === 'asc' ? sql`>` : sql`<`)

function order(q: TableQuery, of: string): RawBuilder<unknown> {
  const ordinal = sql`${sql.ref(`${of}.ordinal`)} ${direction(q)}`
  if (q.sort === 'ordinal') return ordinal
  const column = sql.ref(`${of}.${sortColumns[q.sort]}`)
  if (q.sort === 'key') return sql`${column} collate "C" ${direction(q)}`
  return sql`${column} ${direction(q)}, ${ordinal}`
}

/** Rows after the cursor. */
function beyond(q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] {
  if (!q.after) return []
  const column = sql.ref(`${of}.${sortColumns[q.sort]}`)
  const ordinal = sql.ref(`${of}.ordinal`)
  if (q.sort === 'ordinal') return [sql`${ordinal} ${than(q)} ${q.after.ordinal}::bigint`]
  if (q.sort === 'key') return [sql`${column} collate "C" ${than(q)} ${q.after.key}::text`]
  return [
    sql`(${column}, ${ordinal}) ${than(q)} (${q.after.key}::${casts[q.sort]}, ${q.after.ordinal}::bigint)`,
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

/** A batch in the order of ordinals lies in an index of its own. */
const byBatch = (q: TableQuery): boolean =>
  q.sort === 'ordinal' && q.filter.batchId !== undefined && annotationSets(q).length === 0

const batchIs = (q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] =>
  q.filter.batchId ? [sql`${sql.ref(`${of}.batch_id`)} = ${q.filter.batchId}`] : []

const importIs = (q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] =>
  q.filter.importId ? [sql`${sql.ref(`${of}.import_id`)} = ${q.filter.importId}`] : []

/** Rows of a table that hold ordinals, with what the filter asks of them. */
type OrdinalSet = { readonly from: RawBuilder<unknown>; readonly ordinal: RawBuilder<unknown> }

/** What the filter asks of annotations; each lies in an index by ordinal. */
const annotationSets = ({ projectId, filter }: TableQuery): OrdinalSet[] => [
  ...(filter.author === undefined
    ? []
    : [
        {
          from: sql`annotations o
            where o.project_id = ${projectId} and o.author_id = ${filter.author}`,
          ordinal: sql`o.ordinal`,
        },
      ]),
  ...(filter.answers ?? []).map(({ field, value }) => ({
    from: sql`annotation_facets f
      where f.project_id = ${projectId} and f.field_id = ${field} and f.value = ${value}`,
    ordinal: sql`f.ordinal`,
  })),
  ...(filter.verdict === undefined
    ? []
    : [
        {
          from: sql`reviews v where v.project_id = ${projectId} and v.verdict = ${filter.verdict}`,
          ordinal: sql`v.ordinal`,
        },
      ]),
]
const searchSets = ({ projectId, filter: { search } }: TableQuery) =>
  search
    ? [sql`item_words t where t.project_id = ${projectId} and t.words @@ ${search}::tsquery`]
    : []

/** What the filter asks beyond an item's own columns, each as a set of ordinals. */
const sets = (q: TableQuery): RawBuilder<unknown>[] => [
  ...annotationSets(q).map(({ from, ordinal }) => sql`select ${ordinal} from ${from}`),
  ...searchSets(q).map((set) => sql`select t.ordinal from ${set}`),
]

/** The same as tests of one row, which the planner cannot turn into joins (`offset 0`): walking stops when the page is full. */
const probes = (q: TableQuery): RawBuilder<unknown>[] => [
  ...annotationSets(q).map(probe),
  ...searchProbes(q),
]
const has = (rows: RawBuilder<unknown>) => sql`exists (select 1 from ${rows} offset 0)`
const probe = ({ from, ordinal }: OrdinalSet) => has(sql`${from} and ${ordinal} = w.ordinal`)
const searchProbes = (q: TableQuery) =>
  searchSets(q).map((set) => has(sql`${set} and t.item_id = w.item_id`))
