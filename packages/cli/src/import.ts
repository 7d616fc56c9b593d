import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { ApiError, type Client, type WireBody, type WireOutput } from '@kasauti/contract'
import { intoBatch } from './batch.ts'
import { type Arguments, type Command, UsageError } from './command.ts'
import { addressOf, connect, connectOptions } from './connect.ts'
import { follow } from './follow.ts'
import { complain, say } from './print.ts'
import { fetchFile, sendFile } from './transfer.ts'

type Import = WireOutput<'import.get'>
type Mapping = NonNullable<WireBody<'import.start'>['mapping']>

export const importFile: Command = {
  name: 'import',
  summary: 'Import a file into a project and wait until it is in.',
  takes: [],
  options: {
    project: { help: 'id of the project', value: 'PROJECT' },
    file: { help: 'JSONL, JSON, CSV, TSV or TXT', value: 'FILE' },
    format: { help: 'instead of the detected one', value: 'FORMAT' },
    delimiter: { help: 'instead of the detected one; \\t for a tab', value: 'CHARACTER' },
    encoding: { help: 'instead of the detected one', value: 'ENCODING' },
    header: { help: 'whether the first row names the columns: yes or no', value: 'YES-OR-NO' },
    key: { help: 'column that identifies a row', value: 'COLUMN' },
    uncertainty: {
      help: 'column with how unsure a model is, 0 to 1 (default: one of that name)',
      value: 'COLUMN',
    },
    map: {
      help: 'column that feeds an input; may be given for each input',
      value: 'INPUT=COLUMN',
      many: true,
    },
    rejects: {
      help: 'where rejected rows are written (default: FILE-rejected.csv, here)',
      value: 'FILE',
    },
    batch: {
      help: 'batch the items go into: its id, or a name, made if there is none',
      value: 'BATCH',
    },
    draft: { help: 'a batch that is made is not handed out yet' },
    again: { help: 'import the same file once more' },
    ...connectOptions,
  },
  run: async (args) => {
    const projectId = args.need('project')
    const size = sizeOf(args.need('file'))
    const given = givenOptions(args)
    const pairs = pairsOf(args)
    const batch = intoBatch(args)
    const client = connect(args)
    // Who may not come in is told before a gigabyte is sent.
    await client.call('project.get', { params: { projectId } })
    const upload = await send(args, { client, projectId, size })
    const mapping = await mappingOf(args, pairs, () =>
      client.call('upload.preview', {
        params: { projectId, uploadId: upload.uploadId },
        query: queryOf(given),
      }),
    )
    const body = {
      uploadId: upload.uploadId,
      options: { ...upload.detected, ...given },
      ...(mapping === undefined ? {} : { mapping }),
      ...batch,
      again: args.has('again'),
    }
    const first = await client
      .call('import.start', { params: { projectId }, body })
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'import/duplicate-file')
          complain('Give --again to import it once more.')
        throw error
      })
    const params = { projectId, importId: first.importId }
    const now = await follow({
      first,
      title: first.fileName,
      look: () => client.call('import.get', { params }),
      cancel: () => client.call('import.cancel', { params }),
    })
    await tell(args, { client, projectId, now })
    return now.state === 'done' ? 0 : now.state === 'cancelled' ? 130 : 1
  },
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) throw new UsageError(`There is no file ${path}.`)
  if (!found.isFile()) throw new UsageError(`${path} is not a file.`)
  return found.size
}

async function tell(
  args: Arguments,
  o: { client: Client; projectId: string; now: Import },
): Promise<void> {
  const { now } = o
  for (const r of now.sampleRejects) complain(`${r.place}: ${r.reason}`)
  say(
    `${now.fileName}: ${now.items} items imported, ${now.rejected} rows rejected, ${now.duplicates} already there.`,
  )
  if (now.rejected > 0) {
    const byDefault = `${basename(now.fileName).replace(/\.[^.]+$/, '')}-rejected.csv`
    const path = resolve(args.one('rejects') ?? byDefault)
    const address = o.client.url('import.rejects', {
      params: { projectId: o.projectId, importId: now.importId },
    })
    await fetchFile({ address, token: addressOf(args).token, path })
    say(`The rejected rows with their reasons are in ${path}.`)
  }
  if (now.state !== 'done')
    complain(now.error ?? `The import was ${now.state}; what is in stays in.`)
}

function givenOptions(args: Arguments) {
  const [format, delimiter, encoding, header] = [
    args.one('format'),
    args.one('delimiter'),
    args.one('encoding'),
    args.one('header'),
  ]
  if (header !== undefined && header !== 'yes' && header !== 'no')
    throw new UsageError(`--header wants yes or no, not "${header}".`)
  return {
    ...(format === undefined ? {} : { format }),
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(header === undefined ? {} : { header: header === 'yes' }),
  }
}

const queryOf = ({ header, ...rest }: ReturnType<typeof givenOptions>) => ({
  ...rest,
  ...(header === undefined ? {} : { header: header ? 'true' : 'false' }),
})

const pairsOf = (args: Arguments) =>
  args.all('map').map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError(`--map wants INPUT=COLUMN, not "${pair}".`)
    return [pair.slice(0, at), { column: pair.slice(at + 1) }] as const
  })

/** The proposed mapping with what the person said over it; nothing when they said nothing. */
async function mappingOf(
  args: Arguments,
  pairs: ReturnType<typeof pairsOf>,
  preview: () => Promise<WireOutput<'upload.preview'>>,
): Promise<Mapping | undefined> {
  const key = args.one('key')
  const uncertainty = args.one('uncertainty')
  if (pairs.length === 0 && key === undefined && uncertainty === undefined) return undefined
  const { mapping } = await preview()
  return {
    ...mapping,
    ...(key === undefined ? {} : { key }),
    ...(uncertainty === undefined ? {} : { uncertainty }),
    inputs: { ...mapping.inputs, ...Object.fromEntries(pairs) },
  }
}

async function send(
  args: Arguments,
  o: { client: Client; projectId: string; size: number },
): Promise<WireOutput<'upload.create'>> {
  const path = args.need('file')
  const address = o.client.url('upload.create', {
    params: { projectId: o.projectId },
    query: { fileName: basename(path) },
  })
  const document = await sendFile({ address, token: addressOf(args).token, path, size: o.size })
  return document as WireOutput<'upload.create'>
}
