import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answers, type Spot, sameJson, writeSpot } from './answers.ts'
import type { Journal } from './keeper.ts'
import { change, newLog, redo, undo } from './log.ts'
import { memoryJournal } from './memory-journal.ts'
import { createRunner, type Ports } from './runner.ts'
import { type Failure, type Sending, saveState, type Work } from './session.ts'

const spots: readonly Spot[] = [
  { field: 'topic' },
  { field: 'note' },
  { field: 'quality', turn: 't1' },
  { field: 'quality', turn: 't2' },
]
const anyChange = fc.record({
  spot: fc.constantFrom(...spots),
  value: fc.oneof(
    fc.constant(undefined),
    fc.string(),
    fc.integer(),
    fc.array(fc.string(), { maxLength: 3 }),
  ),
  how: fc.constantFrom('whole' as const, 'typing' as const),
  atMs: fc.nat(5000),
})
const anyGesture = fc.oneof(anyChange, fc.constant('undo' as const), fc.constant('redo' as const))

describe('the operations log', () => {
  it('gives back the first answers when everything is undone, and the last when all is done again', () => {
    fc.assert(
      fc.property(fc.array(anyGesture, { maxLength: 40 }), (gestures) => {
        const start = { note: 'before', quality: { t1: 3 } }
        let log = newLog(start)
        for (const g of gestures)
          log = g === 'undo' ? undo(log).log : g === 'redo' ? redo(log).log : change(log, g)
        const end = log.answers
        const undone = log.undone.length
        while (log.done.length > 0) log = undo(log).log
        expect(sameJson(log.answers, start)).toBe(true)
        while (log.undone.length > undone) log = redo(log).log
        expect(sameJson(log.answers, end)).toBe(true)
      }),
    )
  })
  it('undoes typing as one, but not across a pause or another field', () => {
    const type = (value: string, atMs: number, field = 'note') => ({
      spot: { field },
      value,
      how: 'typing' as const,
      atMs,
    })
    let log = newLog({})
    for (const [i, text] of ['क', 'का', 'काम'].entries()) log = change(log, type(text, i * 200))
    log = change(log, type('काम हुआ', 5000))
    expect(undo(log).log.answers).toEqual({ note: 'काम' })
    expect(undo(undo(log).log).log.answers).toEqual({})
    const other = change(log, type('x', 5100, 'topic'))
    expect(undo(other).log.answers).toEqual({ note: 'काम हुआ' })
  })
  it('leaves no empty field behind when the last turn is cleared', () => {
    expect(writeSpot({ quality: { t1: 2 } }, { field: 'quality', turn: 't1' }, undefined)).toEqual(
      {},
    )
  })
})

/** A server and a network with faults: a call may be lost on the way there, or its answer on the way back. */
class Lost extends Error {}
class NotAccepted extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}
type Fault = 'none' | 'request' | 'answer'
function makeServer(count: number) {
  const items = Array.from({ length: count }, (_, i) => ({
    id: `asg${i}`,
    state: 'new' as 'new' | 'leased' | 'done',
    draft: {} as Answers,
    version: 0,
    final: undefined as Answers | undefined,
    times: 0,
  }))
  const keys = new Set<string>()
  const at = (id: string) => items.find((i) => i.id === id) ?? items[0]!
  const work = (i: (typeof items)[number]) =>
    ({
      assignmentId: i.id,
      stage: 'annotate',
      answers: i.draft,
      draftVersion: i.version,
      activeMs: 0,
    }) as unknown as Work
  return {
    items,
    claim(n: number, holding: readonly string[]) {
      const held = items.filter((i) => i.state === 'leased' && !holding.includes(i.id))
      const rows = [...held, ...items.filter((i) => i.state === 'new')].slice(0, n)
      for (const r of rows) r.state = 'leased'
      return rows.map(work)
    },
    saveDraft(id: string, answers: Answers, basedOn: number) {
      const item = at(id)
      if (item.state !== 'leased') throw new NotAccepted('assignment/wrong-state')
      if (item.version !== basedOn) throw new NotAccepted('assignment/stale-draft')
      item.draft = answers
      item.version += 1
      return item.version
    },
    submit(s: Sending) {
      if (keys.has(s.key)) return
      const item = at(s.work.assignmentId)
      if (item.state !== 'leased') throw new NotAccepted('assignment/wrong-state')
      keys.add(s.key)
      item.state = 'done'
      item.final = s.answers
      item.times += 1
    },
    get: (id: string) => work(at(id)),
  }
}

function makeJournal(): Journal {
  return memoryJournal().journal
}

type World = { faults: Fault[]; timers: Set<() => void> }
function makePorts(server: ReturnType<typeof makeServer>, journal: Journal, world: World): Ports {
  const over = async <T>(run: () => T): Promise<T> => {
    const fault = world.faults.shift() ?? 'none'
    await Promise.resolve()
    if (fault === 'request') throw new Lost()
    const value = run()
    if (fault === 'answer') throw new Lost()
    return value
  }
  return {
    claim: (n, holding) => over(() => ({ rows: server.claim(n, holding) })),
    saveDraft: (desk) =>
      over(() => server.saveDraft(desk.work.assignmentId, desk.log.answers, desk.basedOn)),
    send: (s) =>
      over(() => {
        server.submit(s)
        return undefined
      }),
    get: ({ assignmentId }) => over(() => server.get(assignmentId)),
    journal,
    failureOf: (e): Failure =>
      e instanceof NotAccepted
        ? { kind: 'refused', code: e.code, problems: [] }
        : { kind: 'network' },
    later: (_ms, run) => {
      world.timers.add(run)
      return () => world.timers.delete(run)
    },
  }
}
const settle = async (world: World) => {
  for (let i = 0; i < 30; i++) {
    for (let k = 0; k < 8; k++) await Promise.resolve()
    for (const run of [...world.timers]) {
      world.timers.delete(run)
      run()
    }
  }
}
const anyAct = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('answer' as const), change: anyChange }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'submit' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'undo' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'wait' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'reload' as const }) },
)

describe('the session', () => {
  it('loses nothing under random network faults and reloads, and submits nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyAct, { maxLength: 40 }),
        fc.array(fc.constantFrom<Fault>('none', 'none', 'request', 'answer'), { maxLength: 40 }),
        async (acts, faults) => {
          const server = makeServer(8)
          const journal = makeJournal()
          const world: World = { faults: [...faults], timers: new Set() }
          let runner = createRunner(makePorts(server, journal, world))
          await runner.start()
          const submitted = new Map<string, Answers>()
          let keys = 0
          for (const act of acts) {
            const desk = runner.get().desks[0]
            if (act.kind === 'answer') runner.dispatch({ kind: 'change', change: act.change })
            else if (act.kind === 'undo') runner.dispatch({ kind: 'undo' })
            else if (act.kind === 'wait') await settle(world)
            else if (act.kind === 'submit' && desk) {
              submitted.set(desk.work.assignmentId, desk.log.answers)
              runner.dispatch({ kind: 'finish', act: { kind: 'submit' }, key: `key${keys++}` })
            } else if (act.kind === 'reload') {
              const open = runner.get().desks[0]
              runner.stop()
              world.timers.clear()
              runner = createRunner(makePorts(server, journal, world))
              await runner.start()
              await settle(world)
              const again = runner
                .get()
                .desks.find((d) => d.work.assignmentId === open?.work.assignmentId)
              if (open && again) expect(again.log.answers).toEqual(open.log.answers)
            }
          }
          world.faults = []
          runner.dispatch({ kind: 'network', network: 'up' })
          await settle(world)
          const session = runner.get()
          expect(session.outbox).toEqual([])
          expect(session.refused).toEqual([])
          for (const [id, answers] of submitted) {
            const item = server.items.find((i) => i.id === id)
            expect(item?.times).toBe(1)
            expect(sameJson(item?.final, answers)).toBe(true)
          }
          if (session.conflict === undefined)
            expect(['saved', 'changed']).toContain(saveState(session).state)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('brings a refused submit back with its answers, to be opened by the person', async () => {
    const server = makeServer(3)
    const world: World = { faults: [], timers: new Set() }
    const runner = createRunner(makePorts(server, makeJournal(), world))
    await runner.start()
    await settle(world)
    runner.dispatch({
      kind: 'change',
      change: { spot: { field: 'topic' }, value: 'खेल', how: 'whole', atMs: 0 },
    })
    server.items[0]!.state = 'done'
    runner.dispatch({ kind: 'finish', act: { kind: 'submit' }, key: 'k' })
    expect(runner.get().desks[0]?.work.assignmentId).toBe('asg1')
    await settle(world)
    expect(saveState(runner.get())).toEqual({ state: 'refused', waiting: 1 })
    runner.dispatch({ kind: 'open-refused', key: 'k' })
    expect(runner.get().desks[0]?.log.answers).toEqual({ topic: 'खेल' })
    expect(runner.get().desks[1]?.work.assignmentId).toBe('asg1')
  })

  it('shows both versions when a draft was changed elsewhere, and keeps the one that is chosen', async () => {
    for (const keep of ['mine', 'theirs'] as const) {
      const server = makeServer(1)
      const world: World = { faults: [], timers: new Set() }
      const runner = createRunner(makePorts(server, makeJournal(), world))
      await runner.start()
      await settle(world)
      server.saveDraft('asg0', { topic: 'theirs' }, 0)
      runner.dispatch({
        kind: 'change',
        change: { spot: { field: 'topic' }, value: 'mine', how: 'whole', atMs: 0 },
      })
      await settle(world)
      expect(runner.get().conflict?.theirs.answers).toEqual({ topic: 'theirs' })
      expect(saveState(runner.get())).toEqual({ state: 'conflict' })
      runner.dispatch({ kind: 'resolve', keep })
      await settle(world)
      expect(runner.get().desks[0]?.log.answers).toEqual({ topic: keep })
      expect(server.items[0]?.draft).toEqual({ topic: keep })
    }
  })

  it('goes on with the items at hand while offline, and sends everything later', async () => {
    const server = makeServer(5)
    const world: World = { faults: [], timers: new Set() }
    const runner = createRunner(makePorts(server, makeJournal(), world))
    await runner.start()
    await settle(world)
    world.faults = Array.from({ length: 500 }, () => 'request')
    for (const key of ['a', 'b']) {
      runner.dispatch({
        kind: 'change',
        change: { spot: { field: 'topic' }, value: key, how: 'whole', atMs: 0 },
      })
      runner.dispatch({ kind: 'finish', act: { kind: 'submit' }, key })
    }
    await settle(world)
    expect(runner.get().desks[0]?.work.assignmentId).toBe('asg2')
    expect(saveState(runner.get())).toEqual({ state: 'offline', waiting: 2 })
    world.faults = []
    runner.dispatch({ kind: 'network', network: 'up' })
    await settle(world)
    expect(saveState(runner.get())).toEqual({ state: 'saved' })
    expect(server.items.map((i) => i.final)).toEqual([
      { topic: 'a' },
      { topic: 'b' },
      undefined,
      undefined,
      undefined,
    ])
  })
})
