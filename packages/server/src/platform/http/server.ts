/** The HTTP server: the contract's operations, the API pages, the web app. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { contract, type Operation, type OperationName } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { Hono } from 'hono'
import type { App } from '../app.ts'
import { sendProblem } from './answer.ts'
import { apiPages } from './api-pages.ts'
import type { Handlers } from './handler.ts'
import { setSecurityHeaders } from './headers.ts'
import { type AnyHandler, runOperation } from './operation.ts'
import { toKasautiError } from './problem.ts'
import { endStreams } from './streams.ts'
import { webApp } from './web-app.ts'

export type HttpListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void

type Bindings = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }

export type HttpOptions = {
  /** The built web app; without it only the API answers. */
  readonly webDir?: string
}

/**
 * Every operation that has a handler, under `/api/v1`; `/api/openapi.json` and `/api/docs`; the web app.
 * @returns a listener for `node:http`
 */
export function createHttp(
  app: App,
  routes: Partial<Handlers>,
  options: HttpOptions = {},
): HttpListener {
  const hono = new Hono<{ Bindings: HttpBindings }>()
  for (const [name, op] of Object.entries(contract) as [OperationName, Operation][]) {
    const handler = routes[name] as AnyHandler | undefined
    if (!handler) continue
    hono.on(op.method, `/api/v1${op.path}`, async (c) => {
      const { incoming, outgoing } = c.env as Bindings
      const requestId = String(outgoing.getHeader('X-Request-Id'))
      const params = c.req.param() as Record<string, string>
      const search = new URLSearchParams(searchOf(incoming.url))
      await runOperation(app, { op, handler }, { incoming, outgoing, params, search, requestId })
      return RESPONSE_ALREADY_SENT
    })
  }
  const pages = apiPages()
  const web = webApp(options.webDir)
  const fallback = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    if (await pages(incoming, outgoing)) return
    if (await web(incoming, outgoing)) return
    throw new KasautiError('route/not-found', 'There is nothing at this address.')
  }
  hono.all('*', async (c) => {
    const { incoming, outgoing } = c.env as Bindings
    await fallback(incoming, outgoing)
    return RESPONSE_ALREADY_SENT
  })
  const failed = (thrown: unknown, outgoing: ServerResponse): Response => {
    if (hungUp(thrown)) return RESPONSE_ALREADY_SENT
    const { error, cause } = toKasautiError(thrown)
    if (cause !== undefined) app.log.error({ err: cause }, error.code)
    sendProblem(outgoing, error, String(outgoing.getHeader('X-Request-Id')))
    return RESPONSE_ALREADY_SENT
  }
  hono.onError((thrown, c) => failed(thrown, c.env.outgoing as ServerResponse))
  return listener(app, hono)
}

/** The other side went away in the middle of an answer: a closed tab, a reload. Nothing failed here. */
const hungUp = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_STREAM_PREMATURE_CLOSE'

function listener(app: App, hono: Hono<{ Bindings: HttpBindings }>): HttpListener {
  const listen = getRequestListener((request, env) => hono.fetch(request, env as HttpBindings), {
    overrideGlobalObjects: false,
    errorHandler: () => new Response(null, { status: 400 }),
  })
  const scheme = app.config.publicUrl?.startsWith('https:') ? 'https' : 'http'
  return (incoming, outgoing) => {
    const requestId = app.newId()
    setSecurityHeaders(outgoing, scheme)
    outgoing.setHeader('X-Request-Id', requestId)
    outgoing.on('error', () => {})
    if (!isPlainTarget(incoming.url ?? '')) {
      sendProblem(
        outgoing,
        new KasautiError('route/not-found', 'There is nothing at this address.'),
        requestId,
      )
      return
    }
    void listen(incoming, outgoing)
  }
}

const searchOf = (target = ''): string => {
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}

/**
 * One spelling per path: no empty or dot segments, no backslash, no encoded separator, dot or
 * control character, no absolute form. Anything else is answered with 404 before it is routed.
 */
export function isPlainTarget(target: string): boolean {
  const path = target.split(/[?#]/, 1)[0] ?? ''
  if (!path.startsWith('/') || path.length > 4000) return false
  if (/\/\/|\\|\/\.{1,2}(?:\/|$)|%(?:2e|2f|5c|[01][0-9a-f]|7f)/i.test(path)) return false
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

export type Listening = {
  readonly url: string
  readonly port: number
  /** No new requests; open event streams and keep-alive connections end; waits for running requests. */
  close(): Promise<void>
}

const graceSeconds = 5

/** Serve. `port` 0: any free one. */
export async function listen(
  app: App,
  http: HttpListener,
  at: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(
    { keepAliveTimeout: 75_000, requestTimeout: 0, headersTimeout: 30_000 },
    http,
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(at.port, at.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      const force = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000)
      server.close(() => {
        clearTimeout(force)
        resolve()
      })
      server.closeIdleConnections()
      endStreams(app)
    })
  const host = at.host.includes(':') ? `[${at.host}]` : at.host
  return { url: `http://${host}:${port}`, port, close }
}
