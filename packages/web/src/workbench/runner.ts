/** Carries out what the session asks for: the network, the journal and the clock are its ports. */
import {
  type Desk,
  type DraftEntry,
  type Effect,
  type Event,
  type Failure,
  newSession,
  type Sending,
  type Session,
  step,
  type Wait,
  type Work,
} from './session.ts'

export type Journal = {
  read(): Promise<{ readonly drafts: readonly DraftEntry[]; readonly outbox: readonly Sending[] }>
  putDraft(entry: DraftEntry): Promise<void>
  dropDraft(assignmentId: string): Promise<void>
  putSending(sending: Sending): Promise<void>
  dropSending(key: string): Promise<void>
}
export type Ports = {
  claim(
    count: number,
    holding: readonly string[],
  ): Promise<{
    readonly rows: readonly Work[]
    readonly waits?: readonly Wait[] | undefined
  }>
  /** The new draft version. */
  saveDraft(desk: Desk): Promise<number>
  send(sending: Sending): Promise<void>
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
  stop(): void
}

const saveAfterMs = 800
const retryPausesMs = [1000, 2000, 4000, 8000, 15_000, 30_000]

export function createRunner(ports: Ports): Runner {
  let session = newSession()
  let tries = 0
  let stopped: 'no' | 'yes' = 'no'
  const timers = new Map<'save' | 'retry', () => void>()
  const sendingNow = new Set<string>()
  const listeners = new Set<() => void>()

  const dispatch = (event: Event): void => {
    const stepped = step(session, event)
    const moved = stepped.session !== session
    session = stepped.session
    for (const effect of stepped.effects) perform(effect)
    if (moved) for (const listener of listeners) listener()
  }
  const timer = (name: 'save' | 'retry', ms: number, run: () => void) => {
    timers.get(name)?.()
    timers.set(
      name,
      ports.later(ms, () => {
        timers.delete(name)
        run()
      }),
    )
  }
  /** A failed journal (full disk, private window) must not stop the work: the server still gets it. */
  const kept = (writing: Promise<void>): void => {
    writing.catch(() => undefined)
  }
  const call = <T>(
    work: Promise<T>,
    good: (value: T) => Event,
    bad: (failure: Failure) => Event,
  ): void => {
    work.then(
      (value) => {
        tries = 0
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
      ports.send(sending),
      () => over({ kind: 'sent', key: sending.key }),
      (failure) => over({ kind: 'send-failed', key: sending.key, failure }),
    )
  }
  const saveDraft = (desk: Desk): void => {
    const { assignmentId } = desk.work
    call(
      ports.saveDraft(desk),
      (version) => ({ kind: 'saved', assignmentId, answers: desk.log.answers, version }),
      (failure) => ({ kind: 'save-failed', assignmentId, failure }),
    )
  }
  const perform = (effect: Effect): void => {
    switch (effect.kind) {
      case 'claim':
        call(
          ports.claim(effect.count, effect.holding),
          ({ rows, waits }) => ({ kind: 'claimed', rows, waits: waits ?? [] }),
          (failure) => ({ kind: 'claim-failed', failure }),
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
      case 'keep-draft':
        kept(ports.journal.putDraft(effect.entry))
        break
      case 'drop-draft':
        kept(ports.journal.dropDraft(effect.assignmentId))
        break
      case 'keep-sending':
        kept(ports.journal.putSending(effect.sending))
        break
      case 'drop-sending':
        kept(ports.journal.dropSending(effect.key))
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
      const empty = { drafts: [], outbox: [] }
      const found = await ports.journal.read().catch(() => empty)
      if (stopped === 'yes') return
      dispatch({ kind: 'restored', ...found })
      dispatch({ kind: 'ask' })
    },
    stop() {
      stopped = 'yes'
      for (const cancel of timers.values()) cancel()
    },
  }
}
