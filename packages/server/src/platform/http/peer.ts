/** Who is at the other end of a connection, and under which address they reach us. */
import type { IncomingMessage } from 'node:http'
import { KasautiError } from '@kasauti/core'

export type PeerConfig = { readonly publicUrl?: string | undefined; readonly trustProxy: boolean }

const first = (header: string | string[] | undefined): string =>
  (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',')[0]?.trim() ?? ''
const last = (header: string | string[] | undefined): string =>
  (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').at(-1)?.trim() ?? ''

/** The client's address; behind a trusted proxy the one that the proxy itself saw. */
export function ipOf(incoming: IncomingMessage, config: PeerConfig): string {
  const direct = incoming.socket.remoteAddress ?? ''
  const seen = config.trustProxy ? last(incoming.headers['x-forwarded-for']) || direct : direct
  return seen.replace(/^::ffff:(?=\d+\.)/, '').slice(0, 60)
}

export const deviceOf = (incoming: IncomingMessage): string =>
  (incoming.headers['user-agent'] ?? 'unknown').replace(/[^\x20-\x7e]/g, '').slice(0, 200)

/** Scheme and host without a slash at the end. */
export function originOf(incoming: IncomingMessage, config: PeerConfig): string {
  if (config.publicUrl) return new URL(config.publicUrl).origin
  const forwarded = config.trustProxy ? first(incoming.headers['x-forwarded-host']) : ''
  const host = forwarded || (incoming.headers.host ?? 'localhost')
  if (!/^[\w.:[\]-]{1,255}$/.test(host))
    throw new KasautiError('request/malformed', 'Strange Host header.')
  const https = config.trustProxy && first(incoming.headers['x-forwarded-proto']) === 'https'
  return `${https ? 'https' : 'http'}://${host.toLowerCase()}`
}

/**
 * Refuses what another site's page made a browser send. `cookie`: a browser's request, so one of
 * the two headers must be there and say same origin; otherwise they must only not contradict.
 */
export function refuseForeignOrigin(
  incoming: IncomingMessage,
  origin: string,
  by: 'cookie' | 'nobody',
): void {
  const site = incoming.headers['sec-fetch-site']
  const from = incoming.headers.origin
  const said = site !== undefined || from !== undefined
  const same =
    (site === undefined || site === 'same-origin') &&
    (from === undefined || sameOrigin(from, origin))
  if (said ? !same : by === 'cookie')
    throw new KasautiError('request/origin-refused', 'This request came from another page.')
}

function sameOrigin(from: string, origin: string): boolean {
  try {
    const a = new URL(from)
    const b = new URL(origin)
    return a.host === b.host && a.protocol === b.protocol
  } catch {
    return false
  }
}
