/** Connections: every statement of the program passes the project guard here. */
import { Kysely } from 'kysely'
import pg from 'pg'
import { FewJourneysDialect } from './driver.ts'
import { guard } from './guard/index.ts'
import { PreparedNames } from './prepared.ts'
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

const prepared = { atOnce: 200, ageMs: 60_000, now: () => performance.now() }

/** What the driver's types leave out: whether statements wait for one another, what is prepared. */
type Insides = {
  pipeline: boolean
  readonly connection: {
    readonly stream: { cork(): void; uncork(): void }
    readonly parsedStatements: Record<string, string>
    readonly submittedNamedStatements: Record<string, string>
  }
}
const insides = (client: pg.ClientBase): Insides => client as unknown as Insides

class GuardedClient extends pg.Client {
  readonly #prepared = new PreparedNames({
    ...prepared,
    forget: (name) => void this.#deallocate(name),
  })

  #corked = false

  override query = ((...args: unknown[]) => {
    guard(textOf(args[0]))
    this.#cork()
    return this.#send(this.#named(args))
  }) as Query

  /** What is sent at the same moment goes out in one write: each wakes the database. */
  #cork(): void {
    if (this.#corked) return
    const { stream } = insides(this).connection
    this.#corked = true
    stream.cork()
    process.nextTick(() => {
      this.#corked = false
      stream.uncork()
    })
  }

  #send(args: readonly unknown[]): unknown {
    return Reflect.apply(pg.Client.prototype.query, this, args)
  }

  #named(args: readonly unknown[]): readonly unknown[] {
    const [text, values] = args
    if (args.length !== 2 || typeof text !== 'string' || !Array.isArray(values)) return args
    const name = values.length > 0 ? this.#prepared.nameFor(text, values) : undefined
    return name === undefined ? args : [{ name, text, values }]
  }

  async #deallocate(name: string): Promise<void> {
    const { parsedStatements, submittedNamedStatements } = insides(this).connection
    // One that was never made would fail, and with it the transaction.
    if (parsedStatements[name] === undefined) return
    try {
      await this.#send([`deallocate ${name}`])
      delete parsedStatements[name]
      delete submittedNamedStatements[name]
    } catch {
      // The transaction had failed before: the connection keeps one statement more.
    }
  }
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

/** The query builder over a pool: its statements do not wait to be sent, all others do. */
export function createDb(pool: pg.Pool): Kysely<Tables> {
  pool.on('release', (_error, client) => {
    insides(client).pipeline = false
  })
  const connect = async () => {
    const client = await pool.connect()
    insides(client).pipeline = true
    return client
  }
  const eager = { options: pool.options, connect, end: () => pool.end() }
  return new Kysely<Tables>({ dialect: new FewJourneysDialect({ pool: eager }) })
}
