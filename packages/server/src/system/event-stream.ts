/** One person's event stream: what happens in their projects and what is told to them. */
import type { ServerResponse } from 'node:http'
import { encodeId } from '@kasauti/core'
import type { App } from '../platform/app.ts'
import { findEventsAfter, type StreamEvent } from '../platform/events/index.ts'
import type { Caller } from '../platform/http/index.ts'
import { findReach, type Reach } from './storage.ts'

const heartbeatMs = 20_000
const pageSize = 500
const replayAtMost = 5000
/** A page that reads slower than this is let go; it comes back with the id it last saw. */
const pendingBytesAtMost = 1_000_000

type Stream = {
  readonly app: App
  readonly caller: Caller
  readonly response: ServerResponse
  readonly lastEventId: string | undefined
}

/** Opens the stream. It goes on by itself until the page, the session or the server ends. */
export async function streamEvents(stream: Stream): Promise<void> {
  const { app, caller, response } = stream
  let reach = await findReach(app.db, caller)
  let last = stream.lastEventId
  const waiting: StreamEvent[] = []
  let replaying = true

  const deliver = (event: StreamEvent) => {
    if (last !== undefined && !isAfter(event.id, last)) return
    last = event.id
    if (event.kind === 'member.changed' && event.toUserId === caller.userId) void refresh()
    if (mayHear(event, caller, reach)) response.write(format(event))
    if (response.writableLength > pendingBytesAtMost) response.end()
  }
  const refresh = async () => {
    try {
      const now = await findReach(app.db, caller)
      if (now.signedIn) reach = now
      else response.end()
    } catch (err) {
      app.log.warn({ err }, 'an event stream could not look up its reader')
    }
  }
  const stop = await app.subscribe((event) => (replaying ? waiting.push(event) : deliver(event)))
  const beat = setInterval(() => {
    response.write(': beat\n\n')
    void refresh()
  }, heartbeatMs)
  const end = () => {
    clearInterval(beat)
    stop()
  }
  response.once('close', end)
  // A page that left while we looked it up will not close a second time.
  if (response.closed || response.destroyed) return end()
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  response.write('retry: 3000\n: hello\n\n')
  if (last !== undefined) await replay(app, last, deliver)
  replaying = false
  for (const event of waiting) deliver(event)
}

async function replay(
  app: App,
  from: string,
  deliver: (event: StreamEvent) => void,
): Promise<void> {
  let at = from
  for (let n = 0; n < replayAtMost; n += pageSize) {
    const events = await findEventsAfter(app.db, at, pageSize)
    for (const event of events) deliver(event)
    const end = events.at(-1)
    if (!end || events.length < pageSize) return
    at = end.id
  }
}

/** Event ids are `transaction-number`, ordered by both. */
function isAfter(a: string, b: string): boolean {
  const [aTxid, aNumber] = split(a)
  const [bTxid, bNumber] = split(b)
  return aTxid === bTxid ? aNumber > bNumber : aTxid > bTxid
}

function split(id: string): readonly [bigint, bigint] {
  const [, txid = '0', number = '0'] = /^(\d{1,20})-(\d{1,18})$/.exec(id) ?? []
  return [BigInt(txid), BigInt(number)]
}

/** A person hears what is told to them, and what happens in a project they are in. */
function mayHear(event: StreamEvent, caller: Caller, reach: Reach): boolean {
  if (event.toUserId !== undefined) return event.toUserId === caller.userId
  return event.projectId !== undefined && (reach.admin || reach.projectIds.has(event.projectId))
}

function format(event: StreamEvent): string {
  const { jobId, ...payload } = event.payload
  const data = {
    ...payload,
    ...(jobId === undefined ? {} : { jobId: encodeId('job', jobId) }),
    ...(event.projectId === undefined ? {} : { projectId: encodeId('prj', event.projectId) }),
  }
  return `id: ${event.id}\nevent: ${event.kind}\ndata: ${JSON.stringify(data)}\n\n`
}
