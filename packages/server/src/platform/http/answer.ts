/** Writing answers: JSON, files, problems. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzip } from 'node:zlib'
import type { KasautiError } from '@kasauti/core'
import type { FileAnswer } from './handler.ts'
import { attachment, filePolicy } from './headers.ts'
import { problemBody } from './problem.ts'

/** Answers larger than this are compressed, off the main thread. */
const compressFrom = 64_000

export type JsonAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function sendJson(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: JsonAnswer,
): Promise<void> | void {
  outgoing.statusCode = answer.status
  outgoing.setHeader('Content-Type', 'application/json; charset=utf-8')
  outgoing.setHeader('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(answer.headers)) outgoing.setHeader(name, value)
  if (isUnchanged(incoming, answer)) {
    outgoing.statusCode = 304
    outgoing.removeHeader('Content-Type')
    outgoing.end()
    return
  }
  if (
    answer.body.length >= compressFrom &&
    /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''))
  )
    return sendCompressed(outgoing, answer.body)
  outgoing.setHeader('Content-Length', Buffer.byteLength(answer.body))
  outgoing.end(answer.body)
}

const isUnchanged = (incoming: IncomingMessage, answer: JsonAnswer): boolean => {
  const etag = answer.headers['etag']
  return (
    incoming.method === 'GET' && etag !== undefined && incoming.headers['if-none-match'] === etag
  )
}

function sendCompressed(outgoing: ServerResponse, body: string): Promise<void> {
  outgoing.setHeader('Content-Encoding', 'gzip')
  outgoing.appendHeader('Vary', 'Accept-Encoding')
  return new Promise((resolve, reject) => {
    gzip(body, { level: 4 }, (error, bytes) => {
      if (error) return reject(error)
      outgoing.setHeader('Content-Length', bytes.length)
      outgoing.end(bytes)
      resolve()
    })
  })
}

/**
 * Streams a file as a download. Its first bytes are waited for, so that a file that cannot be read is
 * told as a problem. A client that leaves stops the source; a source that fails breaks the connection.
 */
export async function sendFile(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  file: FileAnswer,
): Promise<void> {
  const chunks = file.body[Symbol.asyncIterator]()
  const first = incoming.method === 'HEAD' ? undefined : await chunks.next()
  outgoing.statusCode = 200
  outgoing.setHeader('Content-Type', file.mediaType)
  outgoing.setHeader('Content-Disposition', attachment(file.fileName))
  outgoing.setHeader('Cache-Control', 'no-store')
  outgoing.setHeader('Content-Security-Policy', filePolicy)
  if (file.bytes !== undefined) outgoing.setHeader('Content-Length', file.bytes)
  if (!first || first.done || outgoing.destroyed) {
    outgoing.end()
    await chunks.return?.()
    return
  }
  outgoing.write(first.value)
  const rest = { [Symbol.asyncIterator]: () => chunks }
  await pipeline(Readable.from(rest, { objectMode: false }), outgoing)
}

export function sendProblem(
  outgoing: ServerResponse,
  error: KasautiError,
  requestId: string,
): void {
  if (outgoing.headersSent) {
    outgoing.destroy()
    return
  }
  const problem = problemBody(error, requestId)
  const body = JSON.stringify(problem)
  for (const name of ['set-cookie', 'etag', 'content-disposition', 'content-encoding'])
    outgoing.removeHeader(name)
  outgoing.statusCode = problem.status
  outgoing.setHeader('Content-Type', 'application/problem+json; charset=utf-8')
  outgoing.setHeader('Cache-Control', 'no-store')
  outgoing.setHeader('Content-Length', Buffer.byteLength(body))
  if (problem.status === 401) outgoing.setHeader('WWW-Authenticate', 'Bearer realm="kasauti"')
  const wait = error.extra['retryAfterSeconds']
  if (typeof wait === 'number') outgoing.setHeader('Retry-After', String(Math.ceil(wait)))
  outgoing.end(body)
}
