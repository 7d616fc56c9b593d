/**
 * Pages of the items table. Three ways, by what the filter needs:
 * 1. State, order and time of change alone lie in indexes: the states' ranges are merged.
 * 2. Else the order is walked, each row asked for the rest, but only so far: `walked` rows.
 * 3. If that does not fill the page the filter is rare (or lies at the far end of the order): what it
 *    finds is collected through its own indexes and sorted.
 */
import { type ItemState, itemStates } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/app.ts'
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

const walked = 8000

/** Ids and sort keys of one page, in order. */
export async function findPage(db: Db, q: TableQuery): Promise<TablePlace[]> {
  const asks = probes(q, 'each')
  if (asks.length === 0) return (await walk(q, sql``, q.limit).execute(db)).rows
  const page = await walk(q, sql`where ${sql.join(asks, sql` and `)}`, walked).execute(db)
  if (page.rows.length === q.limit) return page.rows
  return (await collect(q).execute(db)).rows
}

const columns = sql`i.item_id, i.ordinal, i.key, i.updated_at, i.annotations, i.active_ms, i.import_id`

/** The order, from the cursor on, of `range` rows at most; then what `asks`. */
const walk = (q: TableQuery, asks: RawBuilder<unknown>, range: number) => sql<TablePlace>`
  select w.item_id, w.ordinal, w.key, w.updated_at, w.annotations, w.active_ms
  from (select b.* from (${sql.join(branches(q), sql` union all `)}) b
        order by ${order(q, 'b')} limit ${range}) w
  ${asks} order by ${order(q, 'w')} limit ${q.limit}`

const collect = (q: TableQuery) => sql<TablePlace>`
  with found as materialized (
    select ${columns} from items i
    where i.project_id = ${q.projectId} and i.removed_at is null and ${sql.join(
      [...stateIs(q), ...updatedIn(q, 'i'), ...beyond(q), ...probes(q, 'all')],
      sql` and `,
    )})
  select w.item_id, w.ordinal, w.key, w.updated_at, w.annotations, w.active_ms
  from found w order by ${order(q, 'w')} limit ${q.limit}`

/** One ordered index range per state; all states at once where an index of all holds the order. */
function branches(q: TableQuery): RawBuilder<unknown>[] {
  const more = [...(q.sort === 'updatedAt' ? updatedIn(q, 'i') : []), ...beyond(q)]
  const range = (of: RawBuilder<unknown>) => sql`
    select ${columns} from items i
    where i.project_id = ${q.projectId} and i.removed_at is null
      and ${sql.join([of, ...more], sql` and `)}`
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
function beyond(q: TableQuery): RawBuilder<unknown>[] {
  if (!q.after) return []
  const than = q.direction === 'asc' ? sql`>` : sql`<`
  if (q.sort === 'ordinal') return [sql`i.ordinal ${than} ${q.after.ordinal}::bigint`]
  if (q.sort === 'key') return [sql`i.key collate "C" ${than} ${q.after.key}::text`]
  const column = sql.ref(`i.${sortColumns[q.sort]}`)
  return [
    sql`(${column}, i.ordinal) ${than} (${q.after.key}::${casts[q.sort]}, ${q.after.ordinal}::bigint)`,
  ]
}

const stateIs = (q: TableQuery): RawBuilder<unknown>[] => [
  sql`i.state = any(${[...(q.filter.state ?? itemStates)]}::text[])`,
]

function updatedIn(q: TableQuery, of: 'i' | 'w'): RawBuilder<unknown>[] {
  const { updatedFrom, updatedTo } = q.filter
  const at = sql.ref(`${of}.updated_at`)
  return [
    ...(updatedFrom ? [sql`${at} >= ${updatedFrom}::timestamptz`] : []),
    ...(updatedTo ? [sql`${at} < ${updatedTo}::timestamptz`] : []),
  ]
}

/**
 * What else the filter asks of an item. `each`: tests of one row `w` that the planner cannot turn into
 * joins (`offset 0`), so that walking stops when the page is full. `all`: of rows `i`, as sets.
 */
function probes(q: TableQuery, how: 'each' | 'all'): RawBuilder<unknown>[] {
  const { filter: f, projectId } = q
  const of = how === 'each' ? 'w' : 'i'
  const ordinal = sql.ref(`${of}.ordinal`)
  const among = (rows: RawBuilder<unknown>, alias: 'f' | 'o' | 'v') =>
    how === 'each'
      ? sql`exists (select 1 from ${rows} and ${sql.ref(`${alias}.ordinal`)} = ${ordinal} offset 0)`
      : sql`${ordinal} in (select ${sql.ref(`${alias}.ordinal`)} from ${rows})`
  return [
    ...(how === 'each' && q.sort !== 'updatedAt' ? updatedIn(q, 'w') : []),
    ...(f.importId ? [sql`${sql.ref(`${of}.import_id`)} = ${f.importId}`] : []),
    ...(f.answers ?? []).map(({ field, value }) =>
      among(
        sql`annotation_facets f where f.project_id = ${projectId} and f.field_id = ${field} and f.value = ${value}`,
        'f',
      ),
    ),
    ...(f.author
      ? [
          among(
            sql`annotations o where o.project_id = ${projectId} and o.author_id = ${f.author}`,
            'o',
          ),
        ]
      : []),
    ...(f.verdict
      ? [among(sql`reviews v where v.project_id = ${projectId} and v.verdict = ${f.verdict}`, 'v')]
      : []),
    ...(f.search ? [matching(projectId, f.search, how)] : []),
  ]
}

const matching = (projectId: string, query: string, how: 'each' | 'all') =>
  how === 'each'
    ? sql`exists (select 1 from item_words t where t.project_id = ${projectId} and t.item_id = w.item_id
        and t.words @@ ${query}::tsquery offset 0)`
    : sql`i.item_id in (select t.item_id from item_words t where t.project_id = ${projectId}
        and t.words @@ ${query}::tsquery)`
