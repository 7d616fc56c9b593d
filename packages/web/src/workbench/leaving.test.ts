import { expect, test } from 'vitest'
import { type LeavingPorts, sendWaiting } from './leaving.ts'
import type { Sending } from './session.ts'

const sending = (key: string) => ({ key, work: { assignmentId: `of ${key}` } }) as Sending
const draft = (assignmentId: string) => ({
  assignmentId,
  answers: {},
  basedOn: 0,
  projectId: 'p',
  stage: 'annotate' as const,
})
type Outcome = 'taken' | 'refused' | 'network' | 'silence'
const forever = () => new Promise<never>(() => undefined)

function portsWith(outcomes: Readonly<Record<string, Outcome>>, done: string[]): LeavingPorts {
  const act = async (id: string) => {
    const outcome = outcomes[id] ?? 'taken'
    if (outcome === 'silence') return forever()
    if (outcome !== 'taken') throw new Error(outcome)
    done.push(id)
    return undefined
  }
  return {
    read: async () => ({ outbox: [sending('s1'), sending('s2')], drafts: [draft('d1')] }),
    send: ({ key }) => act(key),
    saveDraft: ({ assignmentId }) => act(assignmentId),
    failureOf: (error) =>
      error instanceof Error && error.message === 'refused'
        ? { kind: 'refused', code: 'answer/invalid', problems: [] }
        : { kind: 'network' },
    patience: () =>
      Object.values(outcomes).includes('silence') ? Promise.reject(new Error('late')) : forever(),
  }
}

test('everything is sent, finished work before drafts', async () => {
  const done: string[] = []
  expect(await sendWaiting(portsWith({}, done))).toBe(0)
  expect(done).toEqual(['s1', 's2', 'd1'])
})

test('what the server refuses is counted, the rest still goes', async () => {
  const done: string[] = []
  expect(await sendWaiting(portsWith({ s1: 'refused' }, done))).toBe(1)
  expect(done).toEqual(['s2', 'd1'])
})

test('without a connection, or when it takes too long, all that is left is counted', async () => {
  expect(await sendWaiting(portsWith({ s1: 'network' }, []))).toBe(3)
  expect(await sendWaiting(portsWith({ s2: 'silence' }, []))).toBeGreaterThan(1)
})

test('a draft of what is being sent anyway is not another item', async () => {
  const done: string[] = []
  const ports: LeavingPorts = {
    ...portsWith({}, done),
    read: async () => ({ outbox: [sending('s1')], drafts: [draft('of s1')] }),
  }
  expect(await sendWaiting(ports)).toBe(0)
  expect(done).toEqual(['s1'])
})

test('a journal that cannot be read holds nothing to wait for', async () => {
  const ports = { ...portsWith({}, []), read: () => Promise.reject(new Error('no store')) }
  expect(await sendWaiting(ports)).toBe(0)
})
