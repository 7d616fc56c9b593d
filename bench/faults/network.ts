/** A network that fails on demand: a TCP proxy before the server, one for each person. */
import { request } from 'node:http'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Fetch } from '@kasauti/contract/client'

/**
 * What happens to the next connection: nothing; it is cut before the request, in the middle of it, when
 * the server has answered but nobody has heard it; or the network swallows it and it is cut later.
 */
export type Cut = 'before' | 'request' | 'answer' | 'swallowed'
export type Network = {
  readonly url: string
  /** Cuts for the connections to come, one each. */
  cutNext(cut: Cut): void
  /** Nothing gets through while it is down. */
  set(state: 'up' | 'down'): void
  /** Connections that met their cut. */
  cuts(): number
  close(): Promise<void>
}

const swallowedMs = 150

export async function openNetwork(target: () => number): Promise<Network> {
  const waiting: Cut[] = []
  const open = new Set<Socket>()
  let state: 'up' | 'down' = 'up'
  let met = 0
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => undefined)
    client.on('close', () => open.delete(client))
    if (state === 'down') return client.destroy()
    const cut = waiting.shift()
    if (cut !== undefined) met += 1
    if (cut === 'before') return client.destroy()
    if (cut === 'swallowed') {
      setTimeout(() => client.destroy(), swallowedMs)
      return undefined
    }
    pass(client, { port: target(), cut, open })
    return undefined
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    cutNext: (cut) => void waiting.push(cut),
    set: (next) => {
      state = next
      if (next === 'down') for (const socket of open) socket.destroy()
    },
    cuts: () => met,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function pass(
  client: Socket,
  o: { readonly port: number; readonly cut: Cut | undefined; readonly open: Set<Socket> },
): void {
  const upstream = connect(o.port, '127.0.0.1')
  o.open.add(upstream)
  const end = () => {
    client.destroy()
    upstream.destroy()
  }
  upstream.on('error', end)
  upstream.on('close', () => {
    o.open.delete(upstream)
    client.end()
  })
  client.on('close', () => upstream.destroy())
  client.on('data', (bytes: Buffer) => {
    if (o.cut !== 'request') return void upstream.write(bytes)
    // Half of it arrives.
    upstream.write(bytes.subarray(0, Math.floor(bytes.length / 2)), end)
  })
  upstream.on('data', (bytes: Buffer) => {
    if (o.cut === 'answer') end()
    else client.write(bytes)
  })
}

/** One connection for each request, as a cut wants it; with a session's cookie, as a page sends it. */
export const fetchOver =
  (cookie: () => string, origin: string): Fetch =>
  (url, init) =>
    new Promise((resolve, reject) => {
      const sent = request(url, {
        method: init.method,
        agent: false,
        headers: {
          ...init.headers,
          cookie: `kasauti=${cookie()}`,
          origin,
          'sec-fetch-site': 'same-origin',
          ...(init.body === undefined ? {} : { 'content-length': Buffer.byteLength(init.body) }),
        },
      })
      const abort = () => sent.destroy(new Error('given up'))
      init.signal?.addEventListener('abort', abort, { once: true })
      sent.on('error', reject)
      sent.on('response', (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('aborted', () => reject(new Error('cut short')))
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: {
              get: (name) => {
                const value = answer.headers[name.toLowerCase()]
                return typeof value === 'string' ? value : null
              },
            },
            text: async () => Buffer.concat(chunks).toString(),
          }),
        )
      })
      sent.end(init.body)
    })
