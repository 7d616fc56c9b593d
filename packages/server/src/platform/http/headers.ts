/** Headers that every answer carries, and the pages' content security policy. */
import type { ServerResponse } from 'node:http'

const everywhere = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()',
  'X-Frame-Options': 'DENY',
  'Content-Security-Policy':
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
} as const

export type Scheme = 'http' | 'https'

/** @param scheme what people reach the server by: https once, https always */
export function setSecurityHeaders(outgoing: ServerResponse, scheme: Scheme): void {
  if (scheme === 'https') outgoing.setHeader('Strict-Transport-Security', 'max-age=31536000')
  for (const [name, value] of Object.entries(everywhere)) outgoing.setHeader(name, value)
}

/**
 * The policy of pages. Mantine writes style elements by innerHTML from strings, so Trusted Types
 * cannot be required: script-src 'self' without inline or eval is what stops injected script.
 */
export const pagePolicy = (styleNonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${styleNonce}'`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ].join('; ')

/** Policy of our scripts: a worker lives under that of its own file. */
export const scriptPolicy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"

/** Policy of a downloaded file: whatever it is, it may do nothing. */
export const filePolicy = "default-src 'none'; sandbox"

/** `attachment` with an ASCII fallback and the real name (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  const ascii = fileName
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '_')
    .replace(/["\\%]/g, '_')
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
