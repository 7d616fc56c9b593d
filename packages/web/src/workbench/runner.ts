/** Carries out what the session asks for: the network, the journal and the clock are its ports. */
import { createKeeper, type Journal } from './keeper.ts'
import {
  type Desk,
  type Effect,
  type Event,
  type Failure,
  type JournalEffect,
  type Kept,
  newSession,
  type Receipt,
  type Sending,
  type Session,
  step,
  type Wait,
  type Work,
} from './session.ts'

export type Ports = {
  claim(
    count: number,
    holding: readonly string[],
    ahead?: 'yes',
  ): Promise<{
    readonly rows: readonly Work[]
    readonly waits?: readonly Wait[] | undefined
  }>
  /** The new draft version. */
  saveDraft(desk: Desk): Promise<number>
  send(sending: Sending): Promise<Receipt | undefined>
  get(at: { readonly projectId: string; readonly assignmentId: string }): Promise<Work>
  readonly journal: Journal
  failureOf(error: unknown): Failure
  /** Run later; returns what cancels it. */
  later(ms: number, run: () => void): () => void
}
export type Runner = {
  get(): Session
  subscribe(listener: () => void): () => void
  dispatch(event: Event): void
  /** Read the journal, send what it holds, then ask for items. */
  start(): Promise<void>
  /** Work on an item here that another tab had: with what it left. */
  takeOver(assignmentId: string): Promise<void>
  stop(): void
}

const saveAfterMs = 800
/** A server that does not answer so long is not waited for to show what the journal has. */
const shelfAfterMs = 1500
/** So often the server may fail at the same thing before it is put before the person. */
const brokenAtMost = 5
const retryPausesMs = [1000, 2000, 4000, 8000, 15_000, 30_000]

const isForJournal = (e: Effect): e is JournalEffect => /^(?:keep|drop)-/.test(e.kind)

/** Drafts whose item another tab has put away: what was typed since then is still to be seen to. */
function strays(kept: Kept) {
  const known = new Set([
    ...(kept.works ?? []).map((k) => k.work.assignmentId),
    ...kept.outbox.map((o) => o.work.assignmentId),
  ])
  return kept.drafts.filter((d) => !known.has(d.assignmentId))
}

export function createRunner(ports: Ports): Runner {
  let session = newSession()
  let tries = 0
  let stopped: 'no' | 'yes' = 'no'
  const timers = new Map<'save' | 'retry' | 'shelf', () => void>()
  const broken = new Map<string, number>()
  const sendingNow = new Set<string>()
  const listeners = new Set<() => void>()

  const keeper = createKeeper({
    journal: ports.journal,
    later: ports.later,
    stands: (journal) => {
      if (stopped === 'no' && session.journal !== journal) dispatch({ kind: 'journal', journal })
    },
  })

  const dispatch = (event: Event): void => {
    const stepped = step(session, event)
    const moved = stepped.session !== session
    session = stepped.session
    keeper.keep(stepped.effects.filter(isForJournal))
    for (const effect of stepped.effects) if (!isForJournal(effect)) perform(effect)
    if (moved) for (const listener of listeners) listener()
  }
  const timer = (name: 'save' | 'retry' | 'shelf', ms: number, run: () => void) => {
    timers.get(name)?.()
    timers.set(
      name,
      ports.later(ms, () => {
        timers.delete(name)
        run()
      }),
    )
  }
  /** Nothing goes to the server before it is in the journal, or could not be put there. */
  const kept = <T>(work: () => Promise<T>): Promise<T> => keeper.tried().then(work)
  const give = (key: string, failure: Failure): Failure => {
    if (failure.kind !== 'broken') return failure
    const times = (broken.get(key) ?? 0) + 1
    broken.set(key, times)
    return times < brokenAtMost
      ? { kind: 'network' }
      : { kind: 'refused', code: failure.code, problems: [] }
  }
  const call = <T>(
    work: Promise<T>,
    good: (value: T) => Event,
    bad: (failure: Failure) => Event,
  ): void => {
    work.then(
      (value) => {
        tries = 0
        broken.clear()
        if (stopped === 'no') dispatch(good(value))
      },
      (error: unknown) => {
        if (stopped === 'no') dispatch(bad(ports.failureOf(error)))
      },
    )
  }
  const send = (sending: Sending): void => {
    if (sendingNow.has(sending.key)) return
    sendingNow.add(sending.key)
    const over = <T>(event: T): T => {
      sendingNow.delete(sending.key)
      return event
    }
    call(
      kept(() => ports.send(sending)),
      (receipt) => over({ kind: 'sent', key: sending.key, receipt }),
      (failure) =>
        over({ kind: 'send-failed', key: sending.key, failure: give(sending.key, failure) }),
    )
  }
  const saveDraft = (desk: Desk): void => {
    const { assignmentId } = desk.work
    call(
      kept(() => ports.saveDraft(desk)),
      (version) => ({ kind: 'saved', assignmentId, answers: desk.log.answers, version }),
      (failure) => ({ kind: 'save-failed', assignmentId, failure: give(assignmentId, failure) }),
    )
  }
  const perform = (effect: Exclude<Effect, JournalEffect>): void => {
    // biome-ignore lint/nursery/useExhaustiveSwitchCases: the journal's effects are excluded by the type
    switch (effect.kind) {
      case 'claim':
        call(
          ports.claim(effect.count, effect.holding, effect.ahead),
          ({ rows, waits }) => ({ kind: 'claimed', rows, waits: waits ?? [] }),
          (failure) => ({ kind: 'claim-failed', failure: give('claim', failure) }),
        )
        break
      case 'save-draft':
        saveDraft(effect.desk)
        break
      case 'fetch-theirs':
        call(
          ports.get(effect),
          (work) => ({ kind: 'theirs', work }),
          (failure) => ({
            kind: 'save-failed',
            assignmentId: effect.assignmentId,
            failure: failure.kind === 'refused' ? { kind: 'network' } : failure,
          }),
        )
        break
      case 'send':
        send(effect.sending)
        break
      case 'save-soon':
        timer('save', saveAfterMs, () => dispatch({ kind: 'save-due' }))
        break
      case 'retry-soon': {
        const ms = retryPausesMs[Math.min(tries, retryPausesMs.length - 1)] ?? 30_000
        tries += 1
        timer('retry', ms, () => dispatch({ kind: 'network', network: 'up' }))
        break
      }
    }
  }
  return {
    get: () => session,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    dispatch,
    async start() {
      const empty: Kept = { drafts: [], outbox: [] }
      const found = await ports.journal.read().catch((): Kept => {
        if (stopped === 'no') dispatch({ kind: 'journal', journal: 'failing' })
        return empty
      })
      if (stopped === 'yes') return
      dispatch({ kind: 'restored', ...found })
      dispatch({ kind: 'ask' })
      for (const draft of strays(found))
        ports.get(draft).then(
          (work) => {
            if (stopped === 'no') dispatch({ kind: 'stray', work })
          },
          () => undefined,
        )
      timer('shelf', shelfAfterMs, () => dispatch({ kind: 'shelf-due' }))
    },
    async takeOver(assignmentId) {
      const desk = session.desks.find((d) => d.work.assignmentId === assignmentId)
      if (desk === undefined) return
      const { projectId } = desk.work
      const empty: Kept = { drafts: [], outbox: [] }
      const kept = await ports.journal.read().catch(() => empty)
      const draft = kept.drafts.find((d) => d.assignmentId === assignmentId)
      const sending = kept.outbox.find((o) => o.work.assignmentId === assignmentId)
      // Finished in the other tab, whether or not the server has heard of it.
      const finished = sending !== undefined && sending.refusal === undefined
      const work = finished
        ? { ...desk.work, answers: { ...sending.answers }, state: 'submitted' as const }
        : await ports.get({ projectId, assignmentId }).catch(() => undefined)
      if (stopped === 'no') dispatch({ kind: 'took-over', assignmentId, work, draft })
    },
    stop() {
      stopped = 'yes'
      keeper.stop()
      for (const cancel of timers.values()) cancel()
    },
  }
}
