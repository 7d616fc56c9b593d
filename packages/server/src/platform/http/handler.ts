/** The shape of an operation's handler. Mutations run in one transaction, committed before the answer leaves. */

import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { Contract, Input, OperationName, Output } from '@kasauti/contract'
import type { ProjectRole } from '@kasauti/core'
import type { App, Db } from '../app.ts'

export type Caller = {
  readonly userId: string
  readonly name: string
  readonly admin: boolean
  readonly sessionId?: string
}
export type Access = { readonly projectId: string; readonly roles: readonly ProjectRole[] }

export type Ctx = {
  readonly app: App
  /** GET, uploads and `withoutTransaction`: the pool. Otherwise the request's transaction. */
  readonly db: Db
  readonly now: Date
  /** Present unless the operation is public. */
  readonly caller: Caller
  /** The caller's membership; present on operations with `:projectId` in their path (admins: all roles). */
  readonly access: Access
  readonly ip: string
  readonly device: string
  /** Scheme and host people reach this server by, without a slash at the end: links start with it. */
  readonly origin: string
  /** Runs once the transaction is durable; not at all if it is rolled back. */
  afterCommit(run: () => void): void
  /** Headers of the answer: cookies, ETag, Cache-Control. */
  setHeader(name: string, value: string): void
  readonly ifMatch: string | undefined
}

export type FileAnswer = {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes?: number
  readonly body: AsyncIterable<Uint8Array>
}

type TransportOf<N extends OperationName> = Contract[N]['transport']
type Answer<N extends OperationName> =
  TransportOf<N> extends 'file'
    ? FileAnswer
    : TransportOf<N> extends 'events'
      ? undefined
      : Output<N>
type More<N extends OperationName> =
  TransportOf<N> extends 'upload'
    ? { readonly stream: Readable }
    : TransportOf<N> extends 'events'
      ? { readonly response: ServerResponse; readonly lastEventId: string | undefined }
      : unknown

export type Handler<N extends OperationName> = (
  ctx: Ctx,
  input: Input<N> & More<N>,
) => Promise<Answer<N>>
export type Handlers = { readonly [N in OperationName]: Handler<N> }
/** Types a feature's share of the handlers: `export const routes = handlers({ 'item.list': async (ctx, input) => ... })`. */
export const handlers = <N extends OperationName>(
  own: { readonly [K in N]: Handler<K> },
): { readonly [K in N]: Handler<K> } => own

const ownTransaction: unique symbol = Symbol('ownTransaction')

/**
 * Marks a handler that must not hold a transaction while it works (hashing passwords) or whose
 * writes must survive its own failure (rate limits): `ctx.db` is the pool, no answer is kept for
 * an idempotency key.
 */
export const withoutTransaction = <H extends (...args: never[]) => unknown>(handler: H): H =>
  Object.assign(handler, { [ownTransaction]: true })

export const hasOwnTransaction = (handler: object): boolean => ownTransaction in handler
