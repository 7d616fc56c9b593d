/**
 * The query builder's way to PostgreSQL with fewer journeys: BEGIN travels with a transaction's first
 * statement, statements left for the end travel with COMMIT, and several at once in one go.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  PostgresDriver,
  type RawBuilder,
  type TransactionSettings,
} from 'kysely'
import type { Db } from '../app.ts'
import { guard } from './guard/index.ts'

type Commit = { readonly left: CompiledQuery[]; ended: boolean }

type Rollback = Parameters<PostgresDriver['rollbackTransaction']>[0]

/** What is left to be done at the end of the transaction that runs on a connection. */
const commits = new WeakMap<DatabaseConnection, Commit>()

class FewJourneysDriver extends PostgresDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings,
  ): Promise<void> {
    commits.set(connection, { left: [], ended: false })
    const begun = super.beginTransaction(connection, settings)
    if (settings.isolationLevel || settings.accessMode) return begun
    // Not waited for. It fails only with its connection, and then so does what follows it.
    begun.catch(() => {})
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const commit = commits.get(connection)
    const sent = (commit?.left.splice(0) ?? []).map((query) => connection.executeQuery(query))
    const ends = [...sent, super.commitTransaction(connection)]
    if (commit) commit.ended = true
    // After a failed statement PostgreSQL answers COMMIT by rolling back; the first failure is the cause.
    for (const end of await Promise.allSettled(ends))
      if (end.status === 'rejected') throw end.reason
  }

  override async rollbackTransaction(connection: Rollback): Promise<void> {
    const commit = commits.get(connection)
    commits.delete(connection)
    if (!commit?.ended) await super.rollbackTransaction(connection)
  }
}

export class FewJourneysDialect extends PostgresDialect {
  readonly #config: ConstructorParameters<typeof PostgresDialect>[0]
  constructor(config: ConstructorParameters<typeof PostgresDialect>[0]) {
    super(config)
    this.#config = config
  }
  override createDriver(): PostgresDriver {
    return new FewJourneysDriver(this.#config)
  }
}

/**
 * Leaves a statement for the end of the running transaction: sent together with COMMIT, in the order
 * they were left. For writes whose outcome nobody asks for: a failure fails the transaction, nothing
 * read before the end sees them. Outside a transaction it runs at once.
 */
export async function atCommit(db: Db, query: RawBuilder<unknown>): Promise<void> {
  if (!db.isTransaction) {
    await query.execute(db)
    return
  }
  await db.getExecutor().provideConnection(async (connection) => {
    const left = commits.get(connection)?.left
    if (!left) throw new Error('no transaction runs on this connection')
    const compiled = query.compile(db)
    // Refused here and not when it is sent: by then COMMIT is on its way.
    guard(compiled.sql)
    left.push(compiled)
  })
}

/** Does now what was left for the end of the running transaction, so that what follows sees it. */
export async function doWhatWasLeft(db: Db): Promise<void> {
  await db.getExecutor().provideConnection(async (connection) => {
    for (const query of commits.get(connection)?.left.splice(0) ?? [])
      await connection.executeQuery(query)
  })
}

type RowsOf<Q extends readonly RawBuilder<unknown>[]> = {
  readonly [N in keyof Q]: Q[N] extends RawBuilder<infer Row> ? readonly Row[] : never
}

/**
 * Statements sent one behind the other without waiting in between; each still sees what those before
 * it waited for. In a transaction only, where all use one connection.
 */
export async function inOneGo<const Q extends readonly RawBuilder<unknown>[]>(
  db: Db,
  ...queries: Q
): Promise<RowsOf<Q>> {
  return db.getExecutor().provideConnection(async (connection) => {
    const sent = queries.map((query) => connection.executeQuery(query.compile(db)))
    const answers = await Promise.allSettled(sent)
    const failed = answers.find((answer) => answer.status === 'rejected')
    if (failed) throw failed.reason
    return answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value.rows : [],
    ) as unknown as RowsOf<Q>
  })
}
