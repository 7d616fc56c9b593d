import { mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { WireBody } from '@kasauti/contract'
import { batchIdOf } from './batch.ts'
import { type Arguments, type Command, UsageError } from './command.ts'
import { addressOf, connect, connectOptions } from './connect.ts'
import { follow } from './follow.ts'
import { complain, say } from './print.ts'
import { fetchFile } from './transfer.ts'

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
    batch: { help: 'only of this batch: its id or name', value: 'BATCH' },
    into: {
      help: 'directory for the files (default: the id of the delivery)',
      value: 'DIRECTORY',
    },
    ...connectOptions,
  },
  run: async (args) => {
    const projectId = args.need('project')
    const name = args.need('name')
    const client = connect(args)
    const batch = args.one('batch')
    const body = {
      name,
      formats: formatsOf(args),
      ...statesOf(args),
      ...(batch === undefined ? {} : { batchId: await batchIdOf(client, { projectId, batch }) }),
    }
    const first = await client.call('delivery.create', { params: { projectId }, body })
    const params = { projectId, deliveryId: first.deliveryId }
    const now = await follow({
      first,
      title: name,
      look: () => client.call('delivery.get', { params }),
      cancel: () => client.call('delivery.cancel', { params }),
    })
    if (now.state !== 'done' || now.manifest === undefined) {
      complain(now.error ?? `The delivery was ${now.state}.`)
      return now.state === 'cancelled' ? 130 : 1
    }
    const into = resolve(args.one('into') ?? now.deliveryId)
    mkdirSync(into, { recursive: true })
    const { token } = addressOf(args)
    const get = (file: { readonly name: string; readonly sha256?: string }) =>
      fetchFile({
        address: client.url('delivery.file', { params: { ...params, name: file.name } }),
        token,
        path: join(into, basename(file.name)),
        ...(file.sha256 === undefined ? {} : { sha256: file.sha256 }),
      })
    for (const file of now.manifest.files) {
      await get(file)
      say(`${file.name}: ${file.rows} rows, SHA-256 ${file.sha256}`)
      for (const loss of file.losses) say(`  ${loss}`)
    }
    await get({ name: 'manifest.json' })
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
