/**
 * The working session as a state machine: the items on the desk, what was sent off, what came back.
 * Pure: `step(session, event)` gives the next session and the effects to carry out (see runner.ts).
 *
 * Nothing is lost: an answer is on a desk (and its draft in the journal), or in the outbox (and in
 * the journal) until the server confirmed it, or among the refused, which only a person empties.
 */
import type { WireOutput } from '@kasauti/contract'
import type { Beat, Problem } from '@kasauti/core'
import { type Answers, type Spot, sameJson, sameSpot } from './answers.ts'
import { type Change, change, type Log, newLog, redo, undo } from './log.ts'

export type Work = WireOutput<'work.get'>
export type Stage = Work['stage']
/** Why nothing (more) is handed out. */
export type Wait = NonNullable<WireOutput<'work.next'>['waits']>[number]
/** A reviewer's mark on a place of the answers. */
export type Mark = NonNullable<NonNullable<Work['returned']>['marks']>[number]

/** One item being worked on. */
export type Desk = {
  readonly work: Work
  readonly log: Log
  /** The draft version the server confirmed last. */
  readonly basedOn: number
  /** The answers of that version. */
  readonly saved: Answers
  /** Answers sent as a draft without a confirmation yet. */
  readonly attempted?: Answers | undefined
  readonly activeMs: number
  readonly problems: readonly Problem[]
  /** Of a review or an audit the answers are looked at; a reviewer may change them: `fix`. */
  readonly mode: 'answer' | 'look' | 'fix'
  /** What a reviewer marked, at most one mark for a place. */
  readonly marks: readonly Mark[]
}
export type Act =
  | { readonly kind: 'submit' }
  | { readonly kind: 'skip'; readonly reason: string; readonly note: string }
  | {
      readonly kind: 'review'
      readonly verdict: 'accepted' | 'fixed' | 'returned'
      readonly note: string
      readonly marks: readonly Mark[]
    }
/** A finished item on its way to the server. `key` makes it happen once, however often it is sent. */
export type Sending = {
  readonly key: string
  readonly act: Act
  readonly work: Work
  readonly answers: Answers
  readonly activeMs: number
  /** What was noticed of the work on it and not sent yet. */
  readonly activity?: readonly Beat[] | undefined
}
type Refused = Sending & { readonly code: string; readonly problems: readonly Problem[] }
/** A draft in the journal. */
export type DraftEntry = {
  readonly projectId: string
  readonly stage: Stage
  readonly assignmentId: string
  readonly answers: Answers
  readonly basedOn: number
  readonly attempted?: Answers | undefined
  readonly marks?: readonly Mark[] | undefined
}
export type Failure =
  | { readonly kind: 'network' }
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'refused'; readonly code: string; readonly problems: readonly Problem[] }

export type Session = {
  /** The first is the one in view, the others wait behind it. */
  readonly desks: readonly Desk[]
  readonly outbox: readonly Sending[]
  readonly refused: readonly Refused[]
  /** `empty`: the server had nothing more; `closed`: it will not give anything (`reason`). */
  readonly queue:
    | { readonly state: 'resting' | 'asking' | 'empty' }
    | { readonly state: 'closed'; readonly reason: string }
  readonly network: 'up' | 'down' | 'signed-out'
  /** Whose draft is on its way. */
  readonly saving?: string | undefined
  readonly conflict?: { readonly assignmentId: string; readonly theirs: Work } | undefined
  readonly drafts: readonly DraftEntry[]
  /** Why the server gave nothing when it was asked last. */
  readonly waits: readonly Wait[]
  readonly finished: number
}

export type Event =
  | {
      readonly kind: 'restored'
      readonly drafts: readonly DraftEntry[]
      readonly outbox: readonly Sending[]
    }
  | { readonly kind: 'ask' }
  | { readonly kind: 'claimed'; readonly rows: readonly Work[]; readonly waits: readonly Wait[] }
  | { readonly kind: 'claim-failed'; readonly failure: Failure }
  | { readonly kind: 'opened'; readonly work: Work }
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'fix' }
  | { readonly kind: 'look' }
  /** Put, change or (without a mark) take off the mark of a place. */
  | { readonly kind: 'mark'; readonly spot: Spot; readonly mark?: Mark | undefined }
  | { readonly kind: 'worked'; readonly activeMs: number }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  /** `answers`: what is sent; the answers on the desk when absent. */
  | {
      readonly kind: 'finish'
      readonly act: Act
      readonly key: string
      readonly answers?: Answers | undefined
      readonly activity?: readonly Beat[] | undefined
    }
  | { readonly kind: 'sent'; readonly key: string }
  | { readonly kind: 'send-failed'; readonly key: string; readonly failure: Failure }
  | { readonly kind: 'open-refused'; readonly key: string }
  | { readonly kind: 'drop-refused'; readonly key: string }
  | { readonly kind: 'save-due' }
  | {
      readonly kind: 'saved'
      readonly assignmentId: string
      readonly answers: Answers
      readonly version: number
    }
  | { readonly kind: 'save-failed'; readonly assignmentId: string; readonly failure: Failure }
  | { readonly kind: 'theirs'; readonly work: Work }
  | { readonly kind: 'resolve'; readonly keep: 'mine' | 'theirs' }
  | { readonly kind: 'network'; readonly network: 'up' | 'down' }

export type Effect =
  | { readonly kind: 'claim'; readonly count: number; readonly holding: readonly string[] }
  | { readonly kind: 'save-draft'; readonly desk: Desk }
  | { readonly kind: 'fetch-theirs'; readonly projectId: string; readonly assignmentId: string }
  | { readonly kind: 'send'; readonly sending: Sending }
  | { readonly kind: 'keep-draft'; readonly entry: DraftEntry }
  | { readonly kind: 'drop-draft'; readonly assignmentId: string }
  | { readonly kind: 'keep-sending'; readonly sending: Sending }
  | { readonly kind: 'drop-sending'; readonly key: string }
  | { readonly kind: 'save-soon' }
  | { readonly kind: 'retry-soon' }

export type Stepped = { readonly session: Session; readonly effects: readonly Effect[] }

/** The item in view and two behind it. */
const wantedDesks = 3

export const newSession = (): Session => ({
  desks: [],
  outbox: [],
  refused: [],
  queue: { state: 'resting' },
  network: 'up',
  drafts: [],
  waits: [],
  finished: 0,
})

const stay = (session: Session): Stepped => ({ session, effects: [] })
const go = (session: Session, ...effects: readonly Effect[]): Stepped => ({ session, effects })

export const isDirty = (desk: Desk): boolean => !sameJson(desk.log.answers, desk.saved)
const idOf = (desk: Desk) => desk.work.assignmentId

/** Whether the work of a stage is answers of one's own, with a draft on the server. */
export const answersItself = (stage: string): boolean =>
  stage === 'annotate' || stage === 'adjudicate'
/** Review and audit begin with looking; what was changed already is a fix. */
const modeOf = (work: Work, changed: 'changed' | 'as sent'): Desk['mode'] =>
  answersItself(work.stage)
    ? 'answer'
    : work.stage === 'review' && changed === 'changed'
      ? 'fix'
      : 'look'

const entryOf = (desk: Desk): DraftEntry => ({
  projectId: desk.work.projectId,
  stage: desk.work.stage,
  assignmentId: idOf(desk),
  answers: desk.log.answers,
  basedOn: desk.basedOn,
  attempted: desk.attempted,
  marks: desk.marks,
})

const withDesk = (s: Session, id: string, to: (desk: Desk) => Desk): Session => ({
  ...s,
  desks: s.desks.map((d) => (idOf(d) === id ? to(d) : d)),
})

/** A desk for an item, with the draft the journal kept of it, if that went further than the server's. */
function deskFor(
  s: Session,
  work: Work,
): { readonly desk: Desk; readonly theirs: 'older' | 'newer' } {
  const kept = s.drafts.find((d) => d.assignmentId === work.assignmentId)
  const plain: Desk = {
    work,
    log: newLog(work.answers),
    basedOn: work.draftVersion,
    saved: work.answers,
    activeMs: work.activeMs,
    problems: [],
    mode: modeOf(work, 'as sent'),
    marks: kept?.marks ?? [],
  }
  if (kept === undefined || sameJson(kept.answers, work.answers))
    return { desk: plain, theirs: 'older' }
  const desk: Desk = {
    ...plain,
    log: newLog(kept.answers),
    mode: modeOf(work, 'changed'),
  }
  const moved = work.draftVersion > kept.basedOn && !sameJson(work.answers, kept.attempted)
  return { desk, theirs: moved ? 'newer' : 'older' }
}

/** Ask for as many items as are missing behind the desk, unless asking is of no use now. */
function refill(s: Session): Stepped {
  const missing = wantedDesks - s.desks.length
  if (missing <= 0 || s.queue.state === 'asking' || s.queue.state === 'closed') return stay(s)
  const holding = [...s.desks.map(idOf), ...s.outbox.map((o) => o.work.assignmentId)]
  if (holding.length > 10) return stay(s)
  return go({ ...s, queue: { state: 'asking' } }, { kind: 'claim', count: missing, holding })
}

function claimed(s: Session, rows: readonly Work[]): Stepped {
  const known = new Set([...s.desks.map(idOf), ...s.outbox.map((o) => o.work.assignmentId)])
  let next: Session = {
    ...s,
    network: 'up',
    queue: { state: rows.length === 0 ? 'empty' : 'resting' },
  }
  for (const work of rows) {
    if (known.has(work.assignmentId)) continue
    const { desk, theirs } = deskFor(s, work)
    next = { ...next, desks: [...next.desks, desk] }
    if (theirs === 'newer' && next.conflict === undefined)
      next = { ...next, conflict: { assignmentId: work.assignmentId, theirs: work } }
  }
  return saveIfAhead(next)
}

/** What the journal brought back and the server does not have yet goes there without another key. */
const saveIfAhead = (s: Session): Stepped =>
  s.desks.some(wantsSaving) ? go(s, { kind: 'save-soon' }) : stay(s)

function changed(s: Session, desk: Desk, log: Log): Stepped {
  if (log === desk.log) return stay(s)
  const next = { ...desk, log, problems: [] }
  return go(
    withDesk(s, idOf(desk), () => next),
    { kind: 'keep-draft', entry: entryOf(next) },
    { kind: 'save-soon' },
  )
}

/** The item leaves the desk for the outbox, and the next one is in view at once. */
function finish(s: Session, e: Event & { kind: 'finish' }): Stepped {
  const { act, key } = e
  const [desk, ...behind] = s.desks
  if (desk === undefined) return stay(s)
  const sending: Sending = {
    key,
    act,
    work: desk.work,
    answers: e.answers ?? desk.log.answers,
    activeMs: desk.activeMs,
    activity: e.activity,
  }
  const left: Session = {
    ...s,
    desks: behind,
    outbox: [...s.outbox, sending],
    drafts: s.drafts.filter((d) => d.assignmentId !== idOf(desk)),
    finished: s.finished + 1,
    saving: s.saving === idOf(desk) ? undefined : s.saving,
    conflict: s.conflict?.assignmentId === idOf(desk) ? undefined : s.conflict,
    queue: s.queue.state === 'empty' ? { state: 'resting' } : s.queue,
  }
  const refilled = refill(left)
  const first: readonly Effect[] = s.outbox.length === 0 ? [{ kind: 'send', sending }] : []
  return go(
    refilled.session,
    { kind: 'keep-sending', sending },
    { kind: 'drop-draft', assignmentId: idOf(desk) },
    ...first,
    ...refilled.effects,
  )
}

const networkAfter = (failure: Failure): Session['network'] =>
  failure.kind === 'signed-out' ? 'signed-out' : failure.kind === 'network' ? 'down' : 'up'

/** One at a time, in order: the head of the outbox is the one under way. */
function sendNext(s: Session): readonly Effect[] {
  const sending = s.outbox[0]
  return sending === undefined ? [] : [{ kind: 'send', sending }]
}

function sendFailed(s: Session, key: string, failure: Failure): Stepped {
  const sending = s.outbox.find((o) => o.key === key)
  if (sending === undefined) return stay(s)
  if (failure.kind !== 'refused')
    return go({ ...s, network: networkAfter(failure) }, { kind: 'retry-soon' })
  const next: Session = {
    ...s,
    network: 'up',
    outbox: s.outbox.filter((o) => o.key !== key),
    refused: [...s.refused, { ...sending, code: failure.code, problems: failure.problems }],
  }
  return go(next, ...sendNext(next))
}

/** Take a refused item back to the desk, in front, with the answers as they were sent. */
function openRefused(s: Session, key: string): Stepped {
  const refused = s.refused.find((r) => r.key === key)
  if (refused === undefined) return stay(s)
  const { work } = refused
  const desk: Desk = {
    work,
    log: newLog(refused.answers),
    basedOn: work.draftVersion,
    saved: work.answers,
    activeMs: refused.activeMs,
    problems: refused.problems,
    mode: modeOf(work, sameJson(refused.answers, work.answers) ? 'as sent' : 'changed'),
    marks: refused.act.kind === 'review' ? refused.act.marks : [],
  }
  const next: Session = {
    ...s,
    refused: s.refused.filter((r) => r !== refused),
    desks: [desk, ...s.desks.filter((d) => idOf(d) !== work.assignmentId)],
  }
  return go(next, { kind: 'keep-draft', entry: entryOf(desk) }, { kind: 'drop-sending', key })
}

/** Ahead of the server, which keeps drafts of answers but none of reviews. */
const wantsSaving = (desk: Desk): boolean => answersItself(desk.work.stage) && isDirty(desk)

/** Start saving the first desk that is ahead of the server. */
function saveDue(s: Session): Stepped {
  const desk = s.saving !== undefined ? undefined : s.desks.find(wantsSaving)
  if (desk === undefined || s.conflict?.assignmentId === idOf(desk)) return stay(s)
  const attempt = { ...desk, attempted: desk.log.answers }
  return go(
    { ...withDesk(s, idOf(desk), () => attempt), saving: idOf(desk) },
    { kind: 'keep-draft', entry: entryOf(attempt) },
    { kind: 'save-draft', desk: attempt },
  )
}

function saved(s: Session, e: Event & { kind: 'saved' }): Stepped {
  const after = withDesk(
    { ...s, network: 'up', saving: s.saving === e.assignmentId ? undefined : s.saving },
    e.assignmentId,
    (d) => ({
      ...d,
      basedOn: e.version,
      saved: e.answers,
      attempted: undefined,
    }),
  )
  const desk = after.desks.find((d) => idOf(d) === e.assignmentId)
  if (desk === undefined) return stay(after)
  return isDirty(desk)
    ? go(after, { kind: 'keep-draft', entry: entryOf(desk) }, { kind: 'save-soon' })
    : go(after, { kind: 'drop-draft', assignmentId: e.assignmentId })
}

function saveFailed(s: Session, e: Event & { kind: 'save-failed' }): Stepped {
  const after: Session = { ...s, saving: s.saving === e.assignmentId ? undefined : s.saving }
  const at = s.desks.find((d) => idOf(d) === e.assignmentId)
  if (at === undefined) return stay(after)
  if (e.failure.kind !== 'refused')
    return go({ ...after, network: networkAfter(e.failure) }, { kind: 'retry-soon' })
  if (e.failure.code === 'assignment/stale-draft')
    return go(after, {
      kind: 'fetch-theirs',
      projectId: at.work.projectId,
      assignmentId: e.assignmentId,
    })
  const { code } = e.failure
  return stay(
    withDesk(after, e.assignmentId, (d) => ({ ...d, problems: [{ path: '', message: code }] })),
  )
}

/** The server's version of a draft that moved on. Not a conflict when it is what we sent ourselves. */
function theirs(s: Session, work: Work): Stepped {
  const desk = s.desks.find((d) => idOf(d) === work.assignmentId)
  if (desk === undefined) return stay(s)
  if (sameJson(work.answers, desk.attempted) || sameJson(work.answers, desk.log.answers))
    return go(
      withDesk(s, work.assignmentId, (d) => ({
        ...d,
        basedOn: work.draftVersion,
        saved: work.answers,
        attempted: undefined,
      })),
      { kind: 'save-soon' },
    )
  return stay({ ...s, conflict: { assignmentId: work.assignmentId, theirs: work } })
}

function resolve(s: Session, keep: 'mine' | 'theirs'): Stepped {
  if (s.conflict === undefined) return stay(s)
  const { assignmentId, theirs: other } = s.conflict
  const settled = { ...s, conflict: undefined }
  const based = { basedOn: other.draftVersion, saved: other.answers, attempted: undefined }
  if (keep === 'mine')
    return go(
      withDesk(settled, assignmentId, (d) => ({ ...d, ...based })),
      { kind: 'save-soon' },
    )
  return go(
    withDesk(settled, assignmentId, (d) => ({
      ...d,
      ...based,
      log: newLog(other.answers),
      problems: [],
    })),
    { kind: 'drop-draft', assignmentId },
  )
}

/** An item to work on now: gone back to, or asked for by its address. */
function opened(s: Session, work: Work): Stepped {
  const there = s.desks.find((d) => idOf(d) === work.assignmentId)
  const { desk, theirs: other } = deskFor(s, work)
  const front = there ?? desk
  const next: Session = { ...s, desks: [front, ...s.desks.filter((d) => d !== there)] }
  return saveIfAhead(
    other === 'newer' && there === undefined
      ? { ...next, conflict: { assignmentId: work.assignmentId, theirs: work } }
      : next,
  )
}

const first = (s: Session, to: (desk: Desk) => Desk): Stepped => {
  const desk = s.desks[0]
  return stay(desk === undefined ? s : withDesk(s, idOf(desk), to))
}

/** A mark is kept in the journal with the answers, and goes with the verdict. */
function marked(s: Session, spot: Spot, mark: Mark | undefined): Stepped {
  const desk = s.desks[0]
  if (desk === undefined || answersItself(desk.work.stage)) return stay(s)
  const others = desk.marks.filter((m) => !sameSpot(m, spot))
  const next = { ...desk, marks: mark === undefined ? others : [...others, mark].slice(-50) }
  return go(
    withDesk(s, idOf(desk), () => next),
    { kind: 'keep-draft', entry: entryOf(next) },
  )
}

/** Try what waits. The network counts as up once something came through, or nothing is left to try. */
function retry(s: Session): Stepped {
  const refilled = refill(s)
  const soon: readonly Effect[] = s.desks.some(wantsSaving) ? [{ kind: 'save-soon' }] : []
  const effects = [...sendNext(s), ...soon, ...refilled.effects]
  return { session: effects.length === 0 ? { ...s, network: 'up' } : refilled.session, effects }
}

/** The next session and what is to be done. Total: an event that means nothing now changes nothing. */
export function step(s: Session, e: Event): Stepped {
  const desk = s.desks[0]
  switch (e.kind) {
    case 'restored':
      return go(
        { ...s, drafts: e.drafts, outbox: [...e.outbox, ...s.outbox] },
        ...sendNext({ ...s, outbox: e.outbox }),
      )
    case 'ask':
      return refill(s.queue.state === 'closed' ? { ...s, queue: { state: 'resting' } } : s)
    case 'claimed':
      return claimed({ ...s, waits: e.waits }, e.rows)
    case 'claim-failed':
      return e.failure.kind === 'refused'
        ? stay({ ...s, queue: { state: 'closed', reason: e.failure.code } })
        : go(
            { ...s, queue: { state: 'resting' }, network: networkAfter(e.failure) },
            { kind: 'retry-soon' },
          )
    case 'opened':
      return opened(s, e.work)
    case 'change':
      return desk === undefined || desk.mode === 'look'
        ? stay(s)
        : changed(s, desk, change(desk.log, e.change))
    case 'undo':
      return desk === undefined || desk.mode === 'look'
        ? stay(s)
        : changed(s, desk, undo(desk.log).log)
    case 'redo':
      return desk === undefined || desk.mode === 'look'
        ? stay(s)
        : changed(s, desk, redo(desk.log).log)
    case 'fix':
      return first(s, (d) =>
        d.mode === 'look' && d.work.stage === 'review' ? { ...d, mode: 'fix' } : d,
      )
    case 'look':
      return desk?.mode === 'fix'
        ? go(
            withDesk(s, idOf(desk), (d) => ({
              ...d,
              mode: 'look',
              log: newLog(d.work.answers),
              problems: [],
            })),
            desk.marks.length > 0
              ? {
                  kind: 'keep-draft',
                  entry: entryOf({ ...desk, log: newLog(desk.work.answers) }),
                }
              : { kind: 'drop-draft', assignmentId: idOf(desk) },
          )
        : stay(s)
    case 'mark':
      return marked(s, e.spot, e.mark)
    case 'worked':
      return first(s, (d) => ({ ...d, activeMs: d.activeMs + e.activeMs }))
    case 'problems':
      return first(s, (d) => ({ ...d, problems: e.problems }))
    case 'finish':
      return finish(s, e)
    default:
      return afterNetwork(s, e)
  }
}

function afterNetwork(s: Session, e: Event): Stepped {
  switch (e.kind) {
    case 'sent': {
      const next: Session = { ...s, network: 'up', outbox: s.outbox.filter((o) => o.key !== e.key) }
      return go(next, { kind: 'drop-sending', key: e.key }, ...sendNext(next))
    }
    case 'send-failed':
      return sendFailed(s, e.key, e.failure)
    case 'open-refused':
      return openRefused(s, e.key)
    case 'drop-refused':
      return go(
        { ...s, refused: s.refused.filter((r) => r.key !== e.key) },
        { kind: 'drop-sending', key: e.key },
      )
    case 'save-due':
      return saveDue(s)
    case 'saved':
      return saved(s, e)
    case 'save-failed':
      return saveFailed(s, e)
    case 'theirs':
      return theirs(s, e.work)
    case 'resolve':
      return resolve(s, e.keep)
    case 'network':
      return e.network === 'down' ? stay({ ...s, network: 'down' }) : retry(s)
    default:
      return stay(s)
  }
}

/** How saving stands, for the mark in the top bar. */
export type SaveState =
  | { readonly state: 'saved' | 'saving' | 'changed' | 'conflict' | 'signed-out' }
  | { readonly state: 'offline' | 'refused'; readonly waiting: number }

export function saveState(s: Session): SaveState {
  if (s.refused.length > 0) return { state: 'refused', waiting: s.refused.length }
  if (s.conflict !== undefined) return { state: 'conflict' }
  const dirty = s.desks.filter(wantsSaving).length
  if (s.network === 'signed-out') return { state: 'signed-out' }
  if (s.network === 'down') return { state: 'offline', waiting: s.outbox.length + dirty }
  if (s.outbox.length > 0 || s.saving !== undefined) return { state: 'saving' }
  return { state: dirty > 0 ? 'changed' : 'saved' }
}
