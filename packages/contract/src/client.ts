/**
 * The typed client of the HTTP contract. Imports types only, so that a page that calls the API
 * carries neither zod nor the contract: the caller brings the routes (`contract` itself will do).
 * Runs wherever there are `fetch` and `crypto.getRandomValues`.
 */
import type { ErrorCode, Problem } from '@kasauti/core'
import type { Operation } from './operation.ts'
import type { Contract, OperationName } from './registry.ts'
import type { WireBody, WireOutput, WireParams, WireQuery } from './types.ts'

/** What the client must know of an operation. */
export type ClientRoute = Pick<Operation, 'method' | 'path' | 'transport'>
export type ClientRoutes = { readonly [N in OperationName]: ClientRoute }

type Signal = {
  readonly aborted: boolean
  readonly reason?: unknown
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void
  removeEventListener(type: 'abort', listener: () => void): void
}
type Answer = {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}
type Init = {
  readonly method: string
  readonly headers: Record<string, string>
  readonly credentials: 'same-origin'
  readonly body?: string
  readonly signal?: Signal
}
export type Fetch = (url: string, init: Init) => Promise<Answer>

type Part<K extends string, V> =
  Record<never, never> extends V ? { readonly [P in K]?: V } : { readonly [P in K]: V }
export type CallInput<N extends OperationName> = Part<'params', WireParams<N>> &
  Part<'query', WireQuery<N>> &
  (Contract[N]['method'] extends 'GET' ? unknown : Part<'body', WireBody<N>>)
export type CallOptions = {
  readonly signal?: Signal
  /** The ETag the caller saw: the server refuses if things moved on. */
  readonly ifMatch?: string
  /** Made by the client when absent; hand in your own to repeat a call across reloads. */
  readonly idempotencyKey?: string
}
type Args<N extends OperationName> =
  Record<never, never> extends CallInput<N>
    ? [input?: CallInput<N> & CallOptions]
    : [input: CallInput<N> & CallOptions]

export type Client = {
  /**
   * Call an operation. Network failures and 502/503/504 are retried with a growing pause; a mutation
   * keeps its idempotency key over all its tries, so that it happens once.
   * @throws ApiError for every answer that is not 2xx, and (status 0) when nothing answered
   */
  call<N extends OperationName>(name: N, ...args: Args<N>): Promise<WireOutput<N>>
  /** The address of an operation, for downloads and event streams. */
  url<N extends OperationName>(name: N, ...args: Args<N>): string
}
export type ClientOptions = {
  readonly routes: ClientRoutes
  /** Origin (and prefix) of the server, without `/api/v1`; empty for the page's own. */
  readonly baseUrl?: string
  /** A personal access token; the page uses its cookie. */
  readonly token?: string
  readonly fetch?: Fetch
  /** Pauses between tries, in milliseconds; their number is the number of retries. */
  readonly pausesMs?: readonly number[]
}

/** `network/unreachable` is the client's own: nothing answered. */
export type ApiErrorCode = ErrorCode | 'network/unreachable'

/** An answer that is no success, read from problem+json. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ApiErrorCode
  readonly detail: string
  readonly problems: readonly Problem[]
  readonly requestId: string | undefined
  /** All members of the problem document, extensions too. */
  readonly document: Readonly<Record<string, unknown>>
  constructor(status: number, document: Readonly<Record<string, unknown>>) {
    const text = (key: string) => (typeof document[key] === 'string' ? document[key] : undefined)
    const code = (text('code') ??
      (status === 404 ? 'route/not-found' : 'server/bug')) as ApiErrorCode
    super(text('detail') ?? text('title') ?? code)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.detail = this.message
    this.problems = Array.isArray(document['problems']) ? (document['problems'] as Problem[]) : []
    this.requestId = text('requestId')
    this.document = document
  }
}

type Host = {
  readonly fetch: Fetch
  readonly crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(timer: unknown): void
}
const host = globalThis as unknown as Host
const passing = new Set([502, 503, 504])

/** 128 random bits in hex. `crypto.randomUUID` is missing on plain-http pages of a local network. */
export function newIdempotencyKey(): string {
  const bytes = host.crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

const queryText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)

/** `/projects/:projectId` with its parameters and query filled in and escaped. */
export function fillPath(
  path: string,
  params: Readonly<Record<string, unknown>> = {},
  query: Readonly<Record<string, unknown>> = {},
): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined || value === '') throw new Error(`no parameter ${name} for ${path}`)
    return encodeURIComponent(String(value))
  })
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(queryText(value))}`)
  return pairs.length > 0 ? `${filled}?${pairs.join('&')}` : filled
}

function pause(ms: number, signal: Signal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      host.clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      resolve()
    }
    const timer = host.setTimeout(done, ms)
    signal?.addEventListener('abort', done, { once: true })
  })
}

async function readAnswer(answer: Answer): Promise<unknown> {
  const text = await answer.text()
  const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '')
  let document: unknown = {}
  try {
    if (text !== '' && isJson) document = JSON.parse(text)
  } catch {
    document = { detail: 'the answer is not JSON' }
  }
  if (answer.status >= 200 && answer.status < 300) return document
  const problem = typeof document === 'object' && document !== null ? document : {}
  const requestId = answer.headers.get('x-request-id')
  throw new ApiError(answer.status, { ...(requestId ? { requestId } : {}), ...problem })
}

type AnyInput = CallOptions & {
  readonly params?: Record<string, unknown>
  readonly query?: Record<string, unknown>
  readonly body?: unknown
}

function requestInit(route: ClientRoute, input: AnyInput, token: string | undefined): Init {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (token) headers['authorization'] = `Bearer ${token}`
  if (input.ifMatch) headers['if-match'] = input.ifMatch
  const mutates = route.method !== 'GET'
  if (mutates) headers['idempotency-key'] = input.idempotencyKey ?? newIdempotencyKey()
  const hasBody = mutates && input.body !== undefined
  if (hasBody) headers['content-type'] = 'application/json'
  return {
    method: route.method,
    headers,
    credentials: 'same-origin',
    ...(hasBody ? { body: JSON.stringify(input.body) } : {}),
    ...(input.signal ? { signal: input.signal } : {}),
  }
}

/** Make a client; see `Client` and `ClientOptions`. */
export function createClient(options: ClientOptions): Client {
  const base = `${(options.baseUrl ?? '').replace(/\/$/, '')}/api/v1`
  const fetcher: Fetch = options.fetch ?? ((url, init) => host.fetch(url, init))
  const pauses = options.pausesMs ?? [300, 1000, 3000]
  const address = (name: OperationName, input: AnyInput): string =>
    base + fillPath(options.routes[name].path, input.params, input.query)

  async function attempt(url: string, init: Init): Promise<Answer | undefined> {
    try {
      return await fetcher(url, init)
    } catch (thrown) {
      if (init.signal?.aborted) throw init.signal.reason ?? thrown
      return undefined
    }
  }
  async function send(url: string, init: Init): Promise<unknown> {
    for (const ms of [...pauses, undefined]) {
      const answer = await attempt(url, init)
      if (answer && (ms === undefined || !passing.has(answer.status))) return readAnswer(answer)
      if (ms === undefined) break
      await pause(ms * (0.75 + Math.random() / 2), init.signal)
      if (init.signal?.aborted) throw init.signal.reason ?? new Error('aborted')
    }
    throw new ApiError(0, {
      code: 'network/unreachable',
      detail: 'The server could not be reached.',
    })
  }
  return {
    call: async (name, ...args) => {
      const input = (args[0] ?? {}) as AnyInput
      const init = requestInit(options.routes[name], input, options.token)
      return (await send(address(name, input), init)) as WireOutput<typeof name>
    },
    url: (name, ...args) => address(name, (args[0] ?? {}) as AnyInput),
  }
}
