import type { Client, WireBody, WireOutput } from '@kasauti/contract'
import { type BatchPriority, batchPriorities, batchStates } from '@kasauti/core'
import { keyOptions, keysOf } from './chosen.ts'
import { type Arguments, type Command, columns, UsageError } from './command.ts'
import { connect, connectOptions } from './connect.ts'
import { follow } from './follow.ts'
import { complain, say } from './print.ts'

type Batch = WireOutput<'batch.list'>['rows'][number]

export const batch: Command = {
  name: 'batch',
  summary: 'List the batches of a project, make one, move one on or move items into one.',
  takes: ['list|create|move|add'],
  options: {
    project: { help: 'id of the project', value: 'PROJECT' },
    name: { help: 'create: name of the batch', value: 'NAME' },
    due: { help: 'create: due date, 2026-08-31 (its end) or a time with its zone', value: 'DATE' },
    priority: { help: 'create: low, normal (default), high or urgent', value: 'PRIORITY' },
    requester: { help: 'create: who asked for it', value: 'NAME' },
    open: { help: 'create: hand it out at once' },
    batch: { help: 'move, add: id or name of the batch', value: 'BATCH' },
    to: {
      help: 'move: open, paused, checking, delivered, accepted, rejected or draft',
      value: 'STATE',
    },
    note: { help: 'create, move: a note', value: 'TEXT' },
    despite: { help: 'move: why it is delivered although criteria are not met', value: 'REASON' },
    key: { ...keyOptions.key, help: `add: ${keyOptions.key.help}` },
    keys: { ...keyOptions.keys, help: `add: ${keyOptions.keys.help}` },
    ...connectOptions,
  },
  run: (args) => {
    const action = actions[args.positionals[0] ?? '']
    if (!action)
      throw new UsageError(
        `"batch" knows list, create, move and add, not "${args.positionals[0]}".`,
      )
    return action(args)
  },
}

const actions: Readonly<Record<string, (args: Arguments) => Promise<number>>> = {
  list: async (args) => {
    const projectId = args.need('project')
    const rows = await allBatches(connect(args), projectId)
    const lines = rows.map((b) => [nameOf(b), told(b)] as const)
    for (const line of columns(lines)) say(line.slice(2))
    return 0
  },
  create: async (args) => {
    const projectId = args.need('project')
    const body = {
      name: args.need('name'),
      state: args.has('open') ? ('open' as const) : ('draft' as const),
      ...dueOf(args),
      ...priorityOf(args),
      ...textOf(args, 'requester'),
      ...textOf(args, 'note'),
    }
    const made = await connect(args).call('batch.create', { params: { projectId }, body })
    say(`${made.name}: ${made.state}, ${made.batchId}`)
    return 0
  },
  move: async (args) => {
    const projectId = args.need('project')
    const to = batchStates.find((state) => state === args.need('to'))
    if (!to) throw new UsageError(`There is no state "${args.need('to')}".`)
    const client = connect(args)
    const batchId = await batchIdOf(client, { projectId, batch: args.need('batch') })
    const body = { to, ...textOf(args, 'note'), ...textOf(args, 'despite') }
    const moved = await client.call('batch.move', { params: { projectId, batchId }, body })
    say(`${nameOf(moved)}: ${moved.state}`)
    if (moved.deliveryId !== undefined) say(`Its delivery is ${moved.deliveryId}.`)
    return 0
  },
  add: async (args) => {
    const projectId = args.need('project')
    const keys = keysOf(args)
    if (keys === undefined) throw new UsageError('Say which items: --key or --keys.')
    const client = connect(args)
    const batchId = await batchIdOf(client, { projectId, batch: args.need('batch') })
    const params = { projectId, batchId }
    const body = { keys: [...keys] }
    const { moved, missing, jobId } = await client.call('batch.addItems', { params, body })
    for (const key of missing) complain(`${key}: no item has this key`)
    if (jobId === undefined) {
      say(`${moved} items moved.`)
      return moved === 0 ? 1 : 0
    }
    const look = () => client.call('job.get', { params: { projectId, jobId } })
    const job = await follow({
      first: await look(),
      title: 'Moving items',
      look,
      cancel: async () => complain('Moving items cannot be stopped.'),
    })
    if (job.state === 'done') say(`${keys.length} keys gone through.`)
    else complain(job.error ?? `The move was ${job.state}.`)
    return job.state === 'done' ? 0 : 1
  },
}

const nameOf = (b: Pick<Batch, 'kind' | 'name'>): string =>
  b.kind === 'everything-else' ? '(everything else)' : b.name

const told = (b: Batch): string =>
  [
    b.batchId,
    b.state,
    `${b.counts.done} of ${b.counts.items} items done`,
    ...(b.dueAt === undefined ? [] : [`due ${b.dueAt.slice(0, 10)}`]),
    ...(b.priority === 'normal' ? [] : [b.priority]),
    ...(b.risk === 'unknown' || b.risk === 'done' ? [] : [b.risk]),
  ].join(', ')

async function allBatches(client: Client, projectId: string): Promise<Batch[]> {
  const rows: Batch[] = []
  let after: string | undefined
  do {
    const query = { limit: 200, ...(after === undefined ? {} : { after }) }
    const page = await client.call('batch.list', { params: { projectId }, query })
    rows.push(...page.rows)
    after = page.next
  } while (after !== undefined)
  return rows
}

const isId = (batch: string): boolean => /^bat_[0-9a-z]{26}$/.test(batch)

/** A batch by its id, or by its name whatever its case. */
export async function batchIdOf(
  client: Client,
  at: { readonly projectId: string; readonly batch: string },
): Promise<string> {
  if (isId(at.batch)) return at.batch
  const name = at.batch.normalize('NFC').trim().toLowerCase()
  const found = (await allBatches(client, at.projectId)).find(
    (b) => b.kind === 'made' && b.name.toLowerCase() === name,
  )
  if (!found) {
    complain(`The project has no batch "${at.batch}".`)
    throw new UsageError('"batch list" shows those there are.')
  }
  return found.batchId
}

/** Where an import goes: a batch by its id, or by a name, made if there is none. */
export function intoBatch(args: Arguments): Pick<WireBody<'import.start'>, 'batch'> {
  const batch = args.one('batch')
  if (batch === undefined) {
    if (args.has('draft')) throw new UsageError('--draft goes with --batch.')
    return {}
  }
  return isId(batch)
    ? { batch: { batchId: batch } }
    : { batch: { name: batch, state: args.has('draft') ? 'draft' : 'open' } }
}

function textOf<K extends string>(args: Arguments, option: K): { [N in K]?: string } {
  const value = args.one(option)
  return (value === undefined ? {} : { [option]: value }) as { [N in K]?: string }
}

function dueOf(args: Arguments): { dueAt?: string } {
  const due = args.one('due')
  if (due === undefined) return {}
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(due) ? `${due}T23:59:59` : due)
  if (Number.isNaN(at.getTime())) throw new UsageError(`--due wants a date, not "${due}".`)
  return { dueAt: at.toISOString() }
}

function priorityOf(args: Arguments): { priority?: BatchPriority } {
  const said = args.one('priority')
  if (said === undefined) return {}
  const priority = batchPriorities.find((p) => p === said)
  if (!priority) throw new UsageError(`There is no priority "${said}".`)
  return { priority }
}
