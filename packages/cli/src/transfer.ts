/** Bytes to and from the server, which the typed client leaves to others. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, renameSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ApiError, newIdempotencyKey } from '@kasauti/contract'
import { createStatusLine, passOn } from './print.ts'

type Where = { readonly address: string; readonly token: string; readonly path: string }

async function ask(address: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(address, init).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new ApiError(0, {
      code: 'network/unreachable',
      detail: `The server could not be reached: ${why}`,
    })
  })
  if (answer.ok) return answer
  const document: unknown = await answer.json().catch(() => ({}))
  throw new ApiError(answer.status, document as Record<string, unknown>)
}

/** Streams a file as the body. Gives the answer's document. */
export async function sendFile(o: Where & { readonly size: number }): Promise<unknown> {
  const status = createStatusLine()
  const name = basename(o.path)
  let sent = 0
  async function* counted() {
    for await (const chunk of createReadStream(o.path, { highWaterMark: 1 << 18 })) {
      sent += (chunk as Buffer).length
      status.show(`${name}: ${o.size === 0 ? 100 : Math.floor((sent / o.size) * 100)} % sent`)
      yield chunk as Buffer
    }
  }
  try {
    const answer = await ask(o.address, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${o.token}`,
        'content-type': 'application/octet-stream',
        'idempotency-key': newIdempotencyKey(),
      },
      body: Readable.toWeb(Readable.from(counted())) as ReadableStream,
      duplex: 'half',
    } as RequestInit)
    return await answer.json()
  } finally {
    status.end()
  }
}

/** Downloads to `path`, which is there only when it is whole and has the given sum. */
export async function fetchFile(o: Where & { readonly sha256?: string }): Promise<void> {
  const answer = await ask(o.address, { headers: { authorization: `Bearer ${o.token}` } })
  const hash = createHash('sha256')
  const half = `${o.path}.partial`
  await pipeline(
    answer.body === null
      ? Readable.from([])
      : Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(half),
  )
  if (o.sha256 !== undefined && hash.digest('hex') !== o.sha256)
    throw new Error(`${basename(o.path)} came in damaged: its sum is not that of the manifest.`)
  renameSync(half, o.path)
}

/** Writes an answer to the output as it comes, for a pipe or a `>`. */
export async function printFile(o: Omit<Where, 'path'>): Promise<void> {
  const answer = await ask(o.address, { headers: { authorization: `Bearer ${o.token}` } })
  if (answer.body !== null) await passOn(answer.body)
}
