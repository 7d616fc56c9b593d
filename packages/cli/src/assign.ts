import type { Client, WireBody, WireOutput } from '@kasauti/contract'
import { ItemState } from '@kasauti/core'
import { batchIdOf } from './batch.ts'
import { atOnce, inChunks, keyOptions, keysOf, personOf } from './chosen.ts'
import { type Arguments, type Command, UsageError } from './command.ts'
import { connect, connectOptions } from './connect.ts'
import { complain, say } from './print.ts'

type Given = WireOutput<'assignment.assign'>
type Filter = NonNullable<WireBody<'assignment.assign'>['filter']>

export const assign: Command = {
  name: 'assign',
  summary: 'Give items to a person, by their keys or the first that fit.',
  takes: [],
  options: {
    project: { help: 'id of the project', value: 'PROJECT' },
    to: { help: 'e-mail address of the person', value: 'E-MAIL' },
    ...keyOptions,
    batch: { help: 'the first items of this batch: its id or name', value: 'BATCH' },
    state: { help: 'the first items in this state; may be repeated', value: 'STATE', many: true },
    search: { help: 'the first items whose text has these words', value: 'WORDS' },
    count: { help: `how many of the first (default and most: ${atOnce})`, value: 'NUMBER' },
    reason: { help: 'why, as the history of the items tells it', value: 'TEXT' },
    ...connectOptions,
  },
  run: async (args) => {
    const projectId = args.need('project')
    const email = args.need('to')
    const keys = keysOf(args)
    const count = countOf(args)
    if (keys !== undefined && ['batch', 'state', 'search', 'count'].some((o) => args.has(o)))
      throw new UsageError('Name items by key, or say which are the first; not both.')
    const client = connect(args)
    const filter = keys === undefined ? await filterOf(args, client) : undefined
    const person = await personOf(client, { projectId, email })
    const send = (which: Partial<WireBody<'assignment.assign'>>) =>
      client.call('assignment.assign', {
        params: { projectId },
        body: { userId: person.userId, ...reasonOf(args), ...which },
      })
    const answers: Given[] = []
    for (const chunk of inChunks(keys ?? [])) answers.push(await send({ keys: chunk }))
    if (filter !== undefined) answers.push(await send({ filter, ...count }))
    return tellGiven(answers, person.name)
  },
}

function countOf(args: Arguments): { count?: number } {
  const said = args.one('count')
  if (said === undefined) return {}
  const count = Number(said)
  if (!Number.isInteger(count) || count < 1 || count > atOnce)
    throw new UsageError(`--count is a whole number from 1 to ${atOnce}, not "${said}".`)
  return { count }
}

async function filterOf(args: Arguments, client: Client): Promise<Filter> {
  const projectId = args.need('project')
  const [batch, search] = [args.one('batch'), args.one('search')]
  const state = args.all('state').map((said) => {
    const found = ItemState.options.find((s) => s === said)
    if (found === undefined)
      throw new UsageError(`There is no state "${said}": ${ItemState.options.join(', ')}.`)
    return found
  })
  if (batch === undefined && search === undefined && state.length === 0 && !args.has('count'))
    throw new UsageError('Say which items: --key, --keys, --batch, --state, --search or --count.')
  return {
    // What nobody has yet, unless told otherwise.
    state: state.length === 0 ? ['open'] : state,
    ...(search === undefined ? {} : { search }),
    ...(batch === undefined ? {} : { batchId: await batchIdOf(client, { projectId, batch }) }),
  }
}

export const reasonOf = (args: Arguments): { reason?: string } => {
  const reason = args.one('reason')
  return reason === undefined ? {} : { reason }
}

const whys: Readonly<Record<Given['left'][number]['why'], string>> = {
  had: 'this person has it or had it',
  'no-place': 'as many people as it wants have it',
  'taken-out': 'it is out of the work',
  'wrong-state': 'finished or given back meanwhile',
  'own-work': 'nobody checks their own work',
}
/** What stayed as it was, a line each. */
export function tellLeft(left: Given['left']): void {
  for (const item of left) complain(`${item.key}: ${whys[item.why]}`)
}

/** Says what became of it; 1 when nothing did. */
export function tellGiven(answers: readonly Given[], name: string): number {
  for (const answer of answers) {
    tellLeft(answer.left)
    for (const key of answer.missing ?? []) complain(`${key}: no item has this key`)
  }
  const assigned = answers.reduce((sum, answer) => sum + answer.assigned, 0)
  say(`${assigned} items given to ${name}.`)
  return assigned === 0 ? 1 : 0
}
