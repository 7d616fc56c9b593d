import { createHash } from 'node:crypto'
import { createWriteStream, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, type WireBody } from '@kasauti/contract'
import { type Arguments, type Command, UsageError } from './command.ts'
import { addressOf, connect, connectOptions } from './connect.ts'
import { complain, createStatusLine, say } from './print.ts'
import { progressText } from './progress-text.ts'

type Body = WireBody<'delivery.create'>
const formats = ['jsonl', 'csv', 'json'] as const

export const deliver: Command = {
  name: 'deliver',
  summary: 'Make a delivery, wait for it and download its files, with their sums checked.',
  takes: [],
  options: {
    project: { help: 'id of the project', value: 'PROJECT' },
    name: { help: 'name of the delivery', value: 'NAME' },
    format: { help: 'jsonl (default), csv or json; may be repeated', value: 'FORMAT', many: true },
    state: {
      help: 'state of the items to deliver (default: accepted); may be repeated',
      value: 'STATE',
      many: true,
    },
    into: {
      help: 'directory for the files (default: the id of the delivery)',
      value: 'DIRECTORY',
    },
    ...connectOptions,
  },
  run: async (args) => {
    const client = connect(args)
    const projectId = args.need('project')
    const name = args.need('name')
    let now = await client.call('delivery.create', {
      params: { projectId },
      body: { name, formats: formatsOf(args), ...statesOf(args) },
    })
    const status = createStatusLine()
    while (now.state === 'queued' || now.state === 'running') {
      status.show(`${name}: ${progressText(now.progress)}`)
      await sleep(500)
      now = await client.call('delivery.get', { params: { projectId, deliveryId: now.deliveryId } })
    }
    status.end()
    if (now.state !== 'done' || now.manifest === undefined) {
      complain(now.error ?? `The delivery was ${now.state}.`)
      return 1
    }
    const into = resolve(args.one('into') ?? now.deliveryId)
    mkdirSync(into, { recursive: true })
    for (const file of now.manifest.files) {
      const address = client.url('delivery.file', {
        params: { projectId, deliveryId: now.deliveryId, name: file.name },
      })
      await download(args, { address, path: join(into, basename(file.name)), sha256: file.sha256 })
      say(`${file.name}: ${file.rows} rows`)
    }
    writeFileSync(join(into, 'manifest.json'), `${JSON.stringify(now.manifest, null, 2)}\n`)
    say(`${now.manifest.items} items with ${now.manifest.annotations} annotations are in ${into}.`)
    return 0
  },
}

function formatsOf(args: Arguments): Body['formats'] {
  const given = args.all('format')
  if (given.length === 0) return ['jsonl']
  return given.map((f) => {
    const known = formats.find((k) => k === f)
    if (known === undefined) throw new UsageError(`There is no format "${f}".`)
    return known
  })
}

const statesOf = (args: Arguments): Pick<Body, 'states'> =>
  args.has('state') ? { states: args.all('state') as NonNullable<Body['states']> } : {}

async function download(
  args: Arguments,
  o: { address: string; path: string; sha256: string },
): Promise<void> {
  const { url, token } = addressOf(args)
  const answer = await fetch(new URL(o.address, url), {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok || answer.body === null)
    throw new ApiError(answer.status, (await answer.json()) as Record<string, unknown>)
  const hash = createHash('sha256')
  const half = `${o.path}.partial`
  await pipeline(
    Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]),
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk)
        yield chunk
      }
    },
    createWriteStream(half),
  )
  if (hash.digest('hex') !== o.sha256)
    throw new Error(`${basename(o.path)} came in damaged: its sum is not that of the manifest.`)
  renameSync(half, o.path)
}
