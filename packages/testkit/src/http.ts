import type { App } from '@kasauti/server'
import { createHttp, type Handlers, listen } from '@kasauti/server'

export type Sent = {
  /** A person's session secret (`seedPerson`), sent as the browser would from our own page. */
  readonly cookie?: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is. */
  readonly raw?: string | Uint8Array
}
export type Received = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the answer; undefined if it is none. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly json: any
}
export type TestHttp = {
  readonly url: string
  /** @param path below `/api/v1` */
  send(method: string, path: string, sent?: Sent): Promise<Received>
  close(): Promise<void>
}

/** The app behind real HTTP on a free port of the loopback. Close it before the app. */
export async function testHttp(
  app: App,
  routes: Partial<Handlers>,
  options: Parameters<typeof createHttp>[2] = {},
): Promise<TestHttp> {
  const http = createHttp(app, routes, options)
  const listening = await listen(app, http, { host: '127.0.0.1', port: 0 })
  const send = async (method: string, path: string, sent: Sent = {}): Promise<Received> => {
    const headers: Record<string, string> = {}
    if (sent.cookie !== undefined) {
      headers['cookie'] = `kasauti=${sent.cookie}`
      headers['origin'] = listening.url
    }
    if (sent.token !== undefined) headers['authorization'] = `Bearer ${sent.token}`
    const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body))
    if (sent.body !== undefined) headers['content-type'] = 'application/json'
    const answer = await fetch(`${listening.url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...sent.headers },
      ...(body === undefined ? {} : { body: body as BodyInit }),
      redirect: 'manual',
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, json: parsed(text) }
  }
  return { url: listening.url, send, close: listening.close }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
