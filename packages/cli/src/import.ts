import { createReadStream, statSync } from 'node:fs'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, newIdempotencyKey, type WireBody, type WireOutput } from '@kasauti/contract'
import { type Arguments, type Command, UsageError } from './command.ts'
import { addressOf, connect, connectOptions } from './connect.ts'
import { complain, createStatusLine, say } from './print.ts'
import { progressText } from './progress-text.ts'

type Upload = WireOutput<'upload.create'>
type Mapping = NonNullable<WireBody<'import.start'>['mapping']>

export const importFile: Command = {
  name: 'import',
  summary: 'Import a file into a project and wait until it is in.',
  takes: [],
  options: {
    project: { help: 'id of the project', value: 'PROJECT' },
    file: { help: 'JSONL, JSON, CSV, TSV or TXT', value: 'FILE' },
    format: { help: 'instead of the detected one', value: 'FORMAT' },
    delimiter: { help: 'instead of the detected one', value: 'CHARACTER' },
    encoding: { help: 'instead of the detected one', value: 'ENCODING' },
    key: { help: 'column that identifies a row', value: 'COLUMN' },
    map: { help: 'input=column; may be given for each input', value: 'INPUT=COLUMN', many: true },
    again: { help: 'import the same file once more' },
    ...connectOptions,
  },
  run: async (args) => {
    const client = connect(args)
    const projectId = args.need('project')
    const params = { projectId }
    const upload = await send(args, projectId)
    const mapping = await mappingOf(args, (query) =>
      client.call('upload.preview', { params: { projectId, uploadId: upload.uploadId }, query }),
    )
    const started = await client.call('import.start', {
      params,
      body: {
        uploadId: upload.uploadId,
        options: { ...upload.detected, ...givenOptions(args) },
        ...(mapping === undefined ? {} : { mapping }),
        again: args.has('again'),
      },
    })
    const status = createStatusLine()
    let now = started
    while (now.state === 'queued' || now.state === 'running') {
      status.show(`${now.fileName}: ${progressText(now.progress)}`)
      await sleep(500)
      now = await client.call('import.get', { params: { projectId, importId: now.importId } })
    }
    status.end()
    for (const r of now.sampleRejects) complain(`${r.place}: ${r.reason}`)
    say(
      `${now.fileName}: ${now.items} items imported, ${now.rejected} rows rejected, ${now.duplicates} already there.`,
    )
    if (now.state === 'done') return 0
    complain(now.error ?? `The import was ${now.state}.`)
    return 1
  },
}

function givenOptions(args: Arguments) {
  const [format, delimiter, encoding] = [
    args.one('format'),
    args.one('delimiter'),
    args.one('encoding'),
  ]
  return {
    ...(format === undefined ? {} : { format }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
  }
}

/** The proposed mapping with what the person said over it; nothing when they said nothing. */
async function mappingOf(
  args: Arguments,
  preview: (query: ReturnType<typeof givenOptions>) => Promise<WireOutput<'upload.preview'>>,
): Promise<Mapping | undefined> {
  const pairs = args.all('map').map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--map wants input=column, not "${pair}".`)
    return [pair.slice(0, at), { column: pair.slice(at + 1) }] as const
  })
  const key = args.one('key')
  if (pairs.length === 0 && key === undefined) return undefined
  const { mapping } = await preview(givenOptions(args))
  return {
    ...mapping,
    ...(key === undefined ? {} : { key }),
    inputs: { ...mapping.inputs, ...Object.fromEntries(pairs) },
  }
}

/** Streams the file as the body. */
async function send(args: Arguments, projectId: string): Promise<Upload> {
  const path = args.need('file')
  const size = statSync(path).size
  const { url, token } = addressOf(args)
  const status = createStatusLine()
  let sent = 0
  async function* counted() {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
      sent += (chunk as Buffer).length
      status.show(`${basename(path)}: ${size === 0 ? 100 : Math.floor((sent / size) * 100)} % sent`)
      yield chunk as Buffer
    }
  }
  const address = connect(args).url('upload.create', {
    params: { projectId },
    query: { fileName: basename(path) },
  })
  const answer = await fetch(new URL(address, url), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/octet-stream',
      'idempotency-key': newIdempotencyKey(),
    },
    body: Readable.toWeb(Readable.from(counted())) as ReadableStream,
    duplex: 'half',
  } as RequestInit).catch((error: unknown) => {
    throw new ApiError(0, {
      code: 'network/unreachable',
      detail: `The server could not be reached: ${String(error)}`,
    })
  })
  status.end()
  const document = (await answer.json()) as Record<string, unknown>
  if (!answer.ok) throw new ApiError(answer.status, document)
  return document as unknown as Upload
}
