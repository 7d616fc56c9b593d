/** The built web app: its files, and its page for every address that a person can open. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pagePolicy } from './headers.ts'
import { listFiles, type StaticFile, sendStaticFile } from './static-file.ts'

export type Serve = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<boolean>

const noncePlaceholder = '__CSP_NONCE__'

/** False where the app has nothing to show: the caller answers 404. */
export function webApp(dir: string | undefined): Serve {
  const files = dir === undefined ? new Map<string, StaticFile>() : listFiles(dir)
  const index = files.get('/index.html')
  const page = index ? readFileSync(index.path, 'utf8') : undefined
  return async (incoming, outgoing) => {
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return false
    const path = pathOf(incoming)
    const file = path === '/index.html' ? undefined : files.get(path)
    if (file) {
      if (file.mediaType.startsWith('image/svg'))
        outgoing.setHeader(
          'Content-Security-Policy',
          "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        )
      await sendStaticFile(incoming, outgoing, file)
      return true
    }
    if (page === undefined || !isNavigation(incoming, path)) return false
    sendPage(outgoing, page)
    return true
  }
}

const pathOf = (incoming: IncomingMessage): string => {
  try {
    return decodeURIComponent((incoming.url ?? '/').split(/[?#]/, 1)[0] ?? '/')
  } catch {
    return '/'
  }
}

/** A person opens an address: not the API, not something that looks like a file, and HTML is wanted. */
function isNavigation(incoming: IncomingMessage, path: string): boolean {
  if (/^\/(?:api|assets)(?:\/|$)/.test(path) || /\.[a-z0-9]{1,8}$/i.test(path)) return false
  const mode = incoming.headers['sec-fetch-mode']
  // The service worker keeps the page for visits without a network.
  const keeps = mode === 'same-origin' && path === '/'
  if (mode !== undefined && mode !== 'navigate' && !keeps) return false
  return path === '/' || /\btext\/html\b/.test(incoming.headers.accept ?? '')
}

function sendPage(outgoing: ServerResponse, page: string): void {
  const nonce = randomBytes(18).toString('base64url')
  const body = Buffer.from(page.replaceAll(noncePlaceholder, nonce))
  outgoing.statusCode = 200
  outgoing.setHeader('Content-Type', 'text/html; charset=utf-8')
  outgoing.setHeader('Content-Security-Policy', pagePolicy(nonce))
  outgoing.setHeader('Cache-Control', 'no-store')
  outgoing.setHeader('Content-Length', body.length)
  outgoing.end(body)
}
