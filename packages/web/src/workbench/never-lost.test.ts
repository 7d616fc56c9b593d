import { expect, test } from 'vitest'
import { memoryJournal } from './memory-journal.ts'
import { createRunner, type Ports } from './runner.ts'
import type { Failure, Sending, Work } from './session.ts'

class Refused extends Error {}
const work = (id: string, over: Partial<Work> = {}): Work => ({
  assignmentId: id,
  projectId: 'p',
  projectName: 'P',
  key: id,
  stage: 'annotate',
  state: 'leased',
  schemaVersion: 1,
  inputs: {},
  answers: {},
  draftVersion: 0,
  leaseExpiresAt: '',
  activeMs: 0,
  ...over,
})

/** A page over a server that gives `rows` while the network is up, and takes or refuses what is sent. */
function desk(rows: () => readonly Work[]) {
  const memory = memoryJournal()
  const world = { network: 'up' as 'up' | 'down', send: 'takes' as 'takes' | 'refuses' }
  const log: string[] = []
  const timers = new Set<() => void>()
  const over = async <T>(value: () => T): Promise<T> => {
    if (world.network === 'down') throw new Error('out of reach')
    return value()
  }
  const ports: Ports = {
    claim: () => over(() => ({ rows: rows() })),
    saveDraft: (d) => over(() => d.basedOn + 1),
    send: (sending: Sending) =>
      over(() => {
        log.push(`sent ${sending.key}`)
        if (world.send === 'refuses') throw new Refused()
        return undefined
      }),
    get: ({ assignmentId }) => over(() => work(assignmentId)),
    journal: {
      read: memory.journal.read,
      write: async (effects) => {
        await memory.journal.write(effects)
        for (const e of effects) if (e.kind === 'keep-sending') log.push(`kept ${e.sending.key}`)
      },
    },
    failureOf: (e): Failure =>
      e instanceof Refused
        ? { kind: 'refused', code: 'assignment/expired', problems: [] }
        : { kind: 'network' },
    later: (_ms, run) => {
      timers.add(run)
      return () => timers.delete(run)
    },
  }
  const settle = async () => {
    for (let i = 0; i < 10; i++) {
      for (let k = 0; k < 10; k++) await Promise.resolve()
      for (const run of [...timers]) if (timers.delete(run)) run()
    }
  }
  const open = async () => {
    timers.clear()
    const runner = createRunner(ports)
    await runner.start()
    await settle()
    return runner
  }
  return { memory, world, log, open, settle }
}
const type = (value: string) => ({
  kind: 'change' as const,
  change: { spot: { field: 'why' }, value, how: 'whole' as const, atMs: 0 },
})
const submit = (key: string) => ({ kind: 'finish' as const, act: { kind: 'submit' as const }, key })

test('an answer is in the journal before it is on its way', async () => {
  const { open, log, settle } = desk(() => [work('a')])
  const runner = await open()
  runner.dispatch(submit('k'))
  await settle()
  expect(log).toEqual(['kept k', 'sent k'])
})

test('with a full disk the person is told, work is sent all the same, and what is in memory is written later', async () => {
  const { open, log, memory, world, settle } = desk(() => [work('a'), work('b')])
  const runner = await open()
  memory.disk('full')
  runner.dispatch(submit('k'))
  await settle()
  expect(runner.get().journal).toBe('failing')
  expect(log).toEqual(['sent k'])
  world.network = 'down'
  runner.dispatch(type('मेरा उत्तर'))
  await settle()
  memory.disk('good')
  await settle()
  expect(runner.get().journal).toBe('good')
  expect((await memory.journal.read()).drafts[0]).toMatchObject({ answers: { why: 'मेरा उत्तर' } })
})

test('a page loaded without a network shows the same items in the same order, and work goes on', async () => {
  const { open, world, settle } = desk(() => ['a', 'b', 'c'].map((id) => work(id)))
  const before = await open()
  before.dispatch(type('begun'))
  await settle()
  before.stop()
  world.network = 'down'
  const runner = await open()
  const ids = () => runner.get().desks.map((d) => d.work.assignmentId)
  expect(ids()).toEqual(['a', 'b', 'c'])
  expect(runner.get().desks[0]?.log.answers).toEqual({ why: 'begun' })
  runner.dispatch(submit('k'))
  expect(ids()).toEqual(['b', 'c'])
  world.network = 'up'
  await settle()
  expect(runner.get()).toMatchObject({ outbox: [], hold: 'sure' })
})

test('what was refused stays refused over a reload, until the person decides', async () => {
  const { open, world, log, memory, settle } = desk(() => [work('a')])
  world.send = 'refuses'
  const before = await open()
  before.dispatch(type('mine'))
  before.dispatch(submit('k'))
  await settle()
  before.stop()
  const runner = await open()
  expect(runner.get().refused).toMatchObject([{ key: 'k', answers: { why: 'mine' } }])
  expect(log.filter((line) => line === 'sent k')).toHaveLength(1)
  world.send = 'takes'
  runner.dispatch({ kind: 'send-again', key: 'k' })
  await settle()
  expect(runner.get()).toMatchObject({ refused: [], outbox: [] })
  expect((await memory.journal.read()).outbox).toEqual([])
})

test('an item begun here that is no longer in these hands after a reload is shown, an untouched one goes', async () => {
  let rows: readonly Work[] = [work('a'), work('b')]
  const { open, settle } = desk(() => rows)
  const before = await open()
  before.dispatch(type('begun'))
  await settle()
  before.stop()
  rows = [work('c')]
  const runner = await open()
  const ids = runner.get().desks.map((d) => d.work.assignmentId)
  expect(ids).toContain('a')
  expect(ids).not.toContain('b')
})
