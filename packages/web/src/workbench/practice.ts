/** A session without a server: for trying a schema out. */
import { createRunner, type Runner } from './runner.ts'
import type { Work } from './session.ts'

export type PracticeRunner = Runner & {
  /** Show other inputs, keeping the answers. */
  show(inputs: Readonly<Record<string, unknown>>): void
  /** Show inputs with no answers. */
  clear(inputs: Readonly<Record<string, unknown>>): void
  /** Show inputs with answers to start from. */
  begin(inputs: Readonly<Record<string, unknown>>, answers: Work['answers']): void
}

const never = <T>() => new Promise<T>(() => undefined)
const nothing = async () => undefined

function workOf(
  inputs: Readonly<Record<string, unknown>>,
  n: number,
  answers: Work['answers'],
): Work {
  return {
    assignmentId: `practice-${n}`,
    projectId: '',
    projectName: '',
    itemId: '',
    key: '',
    ordinal: 1,
    stage: 'annotate',
    state: 'leased',
    schemaVersion: 0,
    inputs,
    answers,
    draftVersion: 0,
    leaseExpiresAt: '',
    activeMs: 0,
  }
}

export function practiceRunner(first: Readonly<Record<string, unknown>>): PracticeRunner {
  const runner = createRunner({
    claim: never,
    saveDraft: never,
    send: never,
    get: never,
    journal: {
      read: async () => ({ drafts: [], outbox: [] }),
      write: nothing,
    },
    failureOf: () => ({ kind: 'network' }),
    later: () => () => undefined,
  })
  let n = 0
  const open = (inputs: Readonly<Record<string, unknown>>, answers: Work['answers']) => {
    n += 1
    runner.dispatch({ kind: 'opened', work: workOf(inputs, n, answers) })
  }
  open(first, {})
  return {
    ...runner,
    show: (inputs) => open(inputs, { ...runner.get().desks[0]?.log.answers }),
    clear: (inputs) => open(inputs, {}),
    begin: open,
  }
}
