/** What people have in hand: given to somebody else, or taken back. */
import type { Client, WireOutput } from '@kasauti/contract'
import { stages } from '@kasauti/core'
import { reasonOf, tellGiven, tellLeft } from './assign.ts'
import { inChunks, keyOptions, keysOf, personOf } from './chosen.ts'
import { type Arguments, type Command, type Option, oneOf, UsageError } from './command.ts'
import { connect, connectOptions } from './connect.ts'
import { complain, say } from './print.ts'

type Held = WireOutput<'assignment.list'>['rows'][number]
const states = ['leased', 'assigned', 'deferred', 'returned'] as const

const heldOptions: Readonly<Record<string, Option>> = {
  project: { help: 'id of the project', value: 'PROJECT' },
  from: { help: 'e-mail address of who has it', value: 'E-MAIL' },
  left: { help: 'instead: what people have who left the project' },
  ...keyOptions,
  stage: { help: `of this stage only: ${stages.join(', ')}`, value: 'STAGE' },
  state: { help: `in this state only: ${states.join(', ')}`, value: 'STATE' },
  reason: { help: 'why, as the history of the items tells it', value: 'TEXT' },
}

export const reassign: Command = {
  name: 'reassign',
  summary: 'Give what one person has in hand to another.',
  takes: [],
  options: {
    ...heldOptions,
    to: { help: 'e-mail address of who gets it', value: 'E-MAIL' },
    ...connectOptions,
  },
  run: async (args) => {
    const projectId = args.need('project')
    const email = args.need('to')
    const wanted = wantedOf(args)
    const client = connect(args)
    const person = await personOf(client, { projectId, email })
    const answers: WireOutput<'assignment.reassign'>[] = []
    for (const assignmentIds of inChunks(await findHeld(args, { client, wanted })))
      answers.push(
        await client.call('assignment.reassign', {
          params: { projectId },
          body: { userId: person.userId, assignmentIds, ...reasonOf(args) },
        }),
      )
    return tellGiven(answers, person.name)
  },
}

export const release: Command = {
  name: 'release',
  summary: 'Take back what a person has in hand: the next one gets it.',
  takes: [],
  options: { ...heldOptions, ...connectOptions },
  run: async (args) => {
    const projectId = args.need('project')
    const wanted = wantedOf(args)
    const client = connect(args)
    let released = 0
    for (const assignmentIds of inChunks(await findHeld(args, { client, wanted }))) {
      const answer = await client.call('assignment.release', {
        params: { projectId },
        body: { assignmentIds, ...reasonOf(args) },
      })
      released += answer.released
      tellLeft(answer.left)
    }
    say(`${released} items taken back.`)
    return released === 0 ? 1 : 0
  },
}

type Wanted = {
  readonly keys: readonly string[] | undefined
  readonly query: {
    readonly stage?: (typeof stages)[number]
    readonly state?: (typeof states)[number]
  }
}

function wantedOf(args: Arguments): Wanted {
  if (args.has('left') === args.has('from')) throw new UsageError('Say whose: --from or --left.')
  const stage = oneOf(args, 'stage', stages)
  const state = oneOf(args, 'state', states)
  const query = {
    ...(stage === undefined ? {} : { stage }),
    ...(state === undefined ? {} : { state }),
  }
  return { keys: keysOf(args), query }
}

async function findHeld(
  args: Arguments,
  o: { readonly client: Client; readonly wanted: Wanted },
): Promise<string[]> {
  const { client, wanted } = o
  const params = { projectId: args.need('project') }
  const email = args.one('from')
  const whose =
    email === undefined
      ? { left: 'true' }
      : { userId: (await personOf(client, { ...params, email })).userId }
  const rows: Held[] = []
  let after: string | undefined
  do {
    const query = {
      ...wanted.query,
      ...whose,
      limit: 200,
      ...(after === undefined ? {} : { after }),
    }
    const page = await client.call('assignment.list', { params, query })
    rows.push(...page.rows)
    after = page.next
  } while (after !== undefined)
  if (wanted.keys === undefined) return rows.map((row) => row.assignmentId)
  const keys = new Set(wanted.keys)
  const chosen = rows.filter((row) => keys.has(row.key))
  const found = new Set(chosen.map((row) => row.key))
  for (const key of keys) if (!found.has(key)) complain(`${key}: not in hand`)
  return chosen.map((row) => row.assignmentId)
}
