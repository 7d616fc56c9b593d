/** Connections: every statement of the program passes the project guard here. */
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { guard } from './guard/index.ts'
import type { Tables } from './tables.ts'

type Query = typeof pg.Client.prototype.query

/** What `query` was given: text, `{ text }`, or something submittable that carries its text (COPY, cursor). */
function textOf(what: unknown): string {
  if (typeof what === 'string') return what
  if (typeof what === 'object' && what !== null) {
    if ('text' in what && typeof what.text === 'string') return what.text
    if ('cursor' in what) return textOf(what.cursor)
  }
  throw new Error('a statement without readable text is refused')
}

class GuardedClient extends pg.Client {
  override query = ((...args: [unknown]) => {
    guard(textOf(args[0]))
    return Reflect.apply(pg.Client.prototype.query, this, args)
  }) as Query
}

const { builtins } = pg.types
const asNumber = (text: string) => Number(text)
const asText = (text: string) => text
const parsers: ReadonlyMap<number, (text: string) => unknown> = new Map<
  number,
  (text: string) => unknown
>([
  // Our counters stay far below 2^53.
  [builtins.INT8, asNumber],
  // A day has no time zone: '2026-01-31'.
  [builtins.DATE, asText],
])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    (format !== 'binary' ? parsers.get(oid) : undefined) ??
    pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

/** A pool whose every statement is guarded. int8 is read as number, date as text. */
export function createPool(connection: pg.ClientConfig, max: number): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max,
    types,
    Client: GuardedClient,
    application_name: 'kasauti',
    idleTimeoutMillis: 60_000,
  })
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => {})
  // The same for one in use: its statement is rejected, that is enough.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

/** The query builder over a pool. */
export const createDb = (pool: pg.Pool): Kysely<Tables> =>
  new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
