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
  const declared = Number(incoming.headers['content-length'] ?? Number.NaN)
  if (declared > limit) throw tooLarge(limit)
  const chunks: Buffer[] = []
  let length = 0
  const deadline = setTimeout(
    () => incoming.destroy(new Error('body too slow')),
    readSeconds * 1000,
  )
  try {
    for await (const chunk of incoming) {
      length += chunk.length
      if (length > limit) throw tooLarge(limit)
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof KasautiError) throw error
    throw new KasautiError('request/malformed', 'The body was cut short.')
  } finally {
    clearTimeout(deadline)
  }
  const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length)
  if (body.length > 0 && !isJsonType(incoming.headers['content-type'] ?? ''))
    throw new KasautiError('request/wrong-media-type', 'Send the body as application/json.')
  if (incoming.headers['content-encoding'] && incoming.headers['content-encoding'] !== 'identity')
    throw new KasautiError('request/wrong-media-type', 'Send the body without a content encoding.')
  return body
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
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === backslash) i++
      else if (c === quote) inString = false
    } else if (c === quote) inString = true
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxDepth)
        throw new KasautiError('request/malformed', `The body is nested deeper than ${maxDepth}.`)
    } else if (c === 0x7d || c === 0x5d) depth--
  }
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
