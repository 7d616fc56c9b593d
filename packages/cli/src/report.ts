import { resolve } from 'node:path'
import { boardTables, type Client, timeGroups, type WireQuery } from '@kasauti/contract'
import { stages } from '@kasauti/core'
import { batchIdOf } from './batch.ts'
import { type Arguments, type Command, oneOf, UsageError } from './command.ts'
import { addressOf, connect, connectOptions } from './connect.ts'
import { say } from './print.ts'
import { fetchFile, printFile } from './transfer.ts'

type Query = WireQuery<'time.table'>
const reports = ['time', ...boardTables] as const
/** Options that only `time` understands. */
const ofTime = ['by', 'batch', 'stage', 'from', 'to'] as const

export const report: Command = {
  name: 'report',
  summary: `Write a report as CSV: ${reports.join(', ')}.`,
  takes: ['WHAT'],
  options: {
    project: {
      help: 'id of the project; left out, the tables of the board are of all you lead or manage',
      value: 'PROJECT',
    },
    out: { help: 'file to write; left out, the report is printed', value: 'FILE' },
    by: { help: `time: ${timeGroups.join(', ')} (default: person)`, value: 'GROUP' },
    batch: { help: 'time: of this batch only: its id or name', value: 'BATCH' },
    stage: { help: `time: of this stage only: ${stages.join(', ')}`, value: 'STAGE' },
    from: { help: 'time: first UTC day, as 2026-01-31 (default: thirty days ago)', value: 'DAY' },
    to: { help: 'time: last UTC day (default: today)', value: 'DAY' },
    ...connectOptions,
  },
  run: async (args) => {
    const address = await addressOfReport(args, connect(args))
    const { token } = addressOf(args)
    const out = args.one('out')
    if (out === undefined) {
      await printFile({ address, token })
      return 0
    }
    const path = resolve(out)
    await fetchFile({ address, token, path })
    say(`The report is in ${path}.`)
    return 0
  },
}

async function addressOfReport(args: Arguments, client: Client): Promise<string> {
  const [what] = args.positionals
  if (what === 'time') {
    const params = { projectId: args.need('project') }
    return client.url('time.table', { params, query: await queryOf(args, client) })
  }
  const table = boardTables.find((t) => t === what)
  if (table === undefined)
    throw new UsageError(`There is no report "${what}": ${reports.join(', ')}.`)
  const strange = ofTime.find((option) => args.has(option))
  if (strange !== undefined) throw new UsageError(`--${strange} belongs to the report "time".`)
  const projectId = args.one('project')
  return client.url('board.table', {
    params: { table },
    query: projectId === undefined ? {} : { projectId },
  })
}

async function queryOf(args: Arguments, client: Client): Promise<Query> {
  const by = oneOf(args, 'by', timeGroups)
  const stage = oneOf(args, 'stage', stages)
  const [batch, from, to] = [args.one('batch'), args.one('from'), args.one('to')]
  const projectId = args.need('project')
  return {
    ...(by === undefined ? {} : { by }),
    ...(stage === undefined ? {} : { stage }),
    ...(batch === undefined ? {} : { batchId: await batchIdOf(client, { projectId, batch }) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}
