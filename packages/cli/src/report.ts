import { resolve } from 'node:path'
import { timeGroups, type WireQuery } from '@kasauti/contract'
import { stages } from '@kasauti/core'
import { type Arguments, type Command, UsageError } from './command.ts'
import { addressOf, connect, connectOptions } from './connect.ts'
import { say } from './print.ts'
import { fetchFile } from './transfer.ts'

type Query = WireQuery<'time.table'>

export const report: Command = {
  name: 'report',
  summary: 'Write a report of a project as CSV. WHAT is "time": handling times as distributions.',
  takes: ['WHAT'],
  options: {
    project: { help: 'id of the project', value: 'PROJECT' },
    out: { help: 'file to write', value: 'FILE' },
    by: { help: `${timeGroups.join(', ')} (default: person)`, value: 'GROUP' },
    batch: { help: 'of this batch only', value: 'BATCH' },
    stage: { help: `of this stage only: ${stages.join(', ')}`, value: 'STAGE' },
    from: { help: 'first UTC day, as 2026-01-31 (default: thirty days ago)', value: 'DAY' },
    to: { help: 'last UTC day (default: today)', value: 'DAY' },
    ...connectOptions,
  },
  run: async (args) => {
    const [what] = args.positionals
    if (what !== 'time') throw new UsageError(`There is no report "${what}": "time" is one.`)
    const projectId = args.need('project')
    const path = resolve(args.need('out'))
    const client = connect(args)
    await fetchFile({
      address: client.url('time.table', { params: { projectId }, query: queryOf(args) }),
      token: addressOf(args).token,
      path,
    })
    say(`The report is in ${path}.`)
    return 0
  },
}

function queryOf(args: Arguments): Query {
  const by = oneOf(args, 'by', timeGroups)
  const stage = oneOf(args, 'stage', stages)
  const [batchId, from, to] = [args.one('batch'), args.one('from'), args.one('to')]
  return {
    ...(by === undefined ? {} : { by }),
    ...(stage === undefined ? {} : { stage }),
    ...(batchId === undefined ? {} : { batchId }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

function oneOf<T extends string>(
  args: Arguments,
  option: string,
  known: readonly T[],
): T | undefined {
  const said = args.one(option)
  if (said === undefined) return undefined
  const found = known.find((k) => k === said)
  if (found === undefined) throw new UsageError(`--${option} is one of ${known.join(', ')}.`)
  return found
}
