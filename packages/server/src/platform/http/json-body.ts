/** Strict reading of JSON request bodies. */
import type { IncomingMessage } from 'node:http'
import { KasautiError, type Problem } from '@kasauti/core'

const megabyte = 1_000_000
const readSeconds = 60
const maxDepth = 100
const jsonType = /^application\/(?:json|[a-z0-9][a-z0-9!#$&^_.+-]*\+json)$/

/** `application/json`, `application/...+json`, in any case, with at most `charset=utf-8`. */
export function isJsonType(header: string): boolean {
  const [type = '', ...parameters] = header.split(';').map((part) => part.trim().toLowerCase())
  if (!jsonType.test(type)) return false
  return (
    parameters.length === 0 ||
    (parameters.length === 1 && /^charset=(?:utf-8|"utf-8")$/.test(parameters[0] ?? ''))
  )
}

export const bodyLimit = (operation: string): number =>
  operation.startsWith('taxonomy.') ? 8 * megabyte : megabyte

/** The raw body; empty if there is none. Throws 413, 415 (a body of another kind), 400 (cut short, too slow). */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > limit) throw tooLarge(limit)
  const body = await collect(incoming, limit)
  const encoding = incoming.headers['content-encoding'] ?? 'identity'
  if (body.length > 0 && !isJsonType(incoming.headers['content-type'] ?? ''))
    throw new KasautiError('request/wrong-media-type', 'Send the body as application/json.')
  if (encoding !== 'identity')
    throw new KasautiError('request/wrong-media-type', 'Send the body without a content encoding.')
  return body
}

async function collect(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  const deadline = setTimeout(() => incoming.destroy(new Error('too slow')), readSeconds * 1000)
  try {
    // The connection must live on to carry the refusal.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      length += chunk.length
      if (length > limit) throw tooLarge(limit)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks, length)
  } catch (error) {
    if (error instanceof KasautiError) throw error
    throw new KasautiError('request/malformed', 'The body was cut short.')
  } finally {
    clearTimeout(deadline)
  }
}

const tooLarge = (limit: number): KasautiError =>
  new KasautiError('request/too-large', `The body may have at most ${limit} bytes.`)

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/** The JSON value of a body; an empty one is `{}`. Throws 400 with the reason. */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return {}
  const text = decode(body)
  refuseDeep(text)
  const value = parse(text)
  if (text.includes('\\u')) refuseUnstorable(value)
  return value
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body)
  } catch {
    throw new KasautiError('request/malformed', 'The body is not UTF-8.')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new KasautiError('request/malformed', 'The body is not JSON.')
  }
}

const quote = 0x22
const backslash = 0x5c

function refuseDeep(text: string): void {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === quote) i = endOfString(text, i)
    else if (c === 0x7b || c === 0x5b) depth++
    else if (c === 0x7d || c === 0x5d) depth--
    if (depth > maxDepth)
      throw new KasautiError('request/malformed', `The body is nested deeper than ${maxDepth}.`)
  }
}

/** The place of the closing quote; the end of the text if there is none. */
function endOfString(text: string, from: number): number {
  let i = from + 1
  while (i < text.length && text.charCodeAt(i) !== quote)
    i += text.charCodeAt(i) === backslash ? 2 : 1
  return i
}

/** NUL and halves of surrogate pairs can only come escaped; PostgreSQL holds neither. */
function refuseUnstorable(value: unknown): void {
  const problems: Problem[] = []
  walk(value, 'body', problems)
  if (problems.length > 0)
    throw new KasautiError('request/invalid', 'The body does not fit.', { problems })
}

function walk(value: unknown, path: string, problems: Problem[]): void {
  if (typeof value === 'string') {
    if (!isStorable(value))
      problems.push({ path, message: 'holds a character that cannot be stored' })
  } else if (Array.isArray(value)) {
    for (const [i, inner] of value.entries()) walk(inner, `${path}.${i}`, problems)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (!isStorable(key)) problems.push({ path, message: 'has a name that cannot be stored' })
      walk(inner, `${path}.${key}`, problems)
    }
  }
}

export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
