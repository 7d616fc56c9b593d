/**
 * The working session as a state machine: the items on the desk, what was sent off, what came back.
 * Pure: `step(session, event)` gives the next session and the effects to carry out (see runner.ts).
 *
 * Nothing is lost: an answer is on a desk (and its draft in the journal), or in the outbox (and in
 * the journal) until the server confirmed it, or among the refused, which only a person empties.
 */
import type { WireOutput } from '@kasauti/contract'
import type { Beat, Problem } from '@kasauti/core'
import { type Answers, digestOf, type Spot, sameJson, sameSpot } from './answers.ts'
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
  /** Digests of what was sent as a draft without a confirmation yet: found there, it is no conflict. */
  readonly tried: readonly string[]
  /** Why the draft as it is now was refused: not sent again before it changes. */
  readonly stuck?: string | undefined
  readonly activeMs: number
  readonly problems: readonly Problem[]
  /** Of a review or an audit the answers are looked at; a reviewer may change them: `fix`. */
  readonly mode: 'answer' | 'look' | 'fix'
  /** What a reviewer marked, at most one mark for a place. */
  readonly marks: readonly Mark[]
}
export type Act =
  | { readonly kind: 'submit' }
  /** Nobody finished it: a draft the server did not take. Only among the refused. */
  | { readonly kind: 'draft' }
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
  /** The draft version these answers were built on, and what was sent as a draft without a confirmation. */
  readonly basedOn?: number | undefined
  readonly tried?: readonly string[] | undefined
  /** Why the server did not take it. It is then the person's to decide, also after a reload. */
  readonly refusal?: Refusal | undefined
}
type Refusal = { readonly code: string; readonly problems: readonly Problem[] }
export type Refused = Sending & Refusal
/** What the server said when it took something: proof of what was sent. */
export type Receipt = {
  readonly key: string
  readonly act: Act['kind']
  readonly projectId: string
  readonly assignmentId: string
  /** What the item is called. */
  readonly item: string
  /** By the server's clock; the page's where the server said none. */
  readonly at: string
  readonly annotationId?: string | undefined
  readonly revision?: number | undefined
  readonly hash?: string | undefined
}
/** An item in hand as the journal keeps it, with its place on the desk. */
export type KeptWork = { readonly work: Work; readonly place: number }
/** A draft in the journal. */
export type DraftEntry = {
  readonly projectId: string
  readonly stage: Stage
  readonly assignmentId: string
  readonly answers: Answers
  readonly basedOn: number
  readonly tried?: readonly string[] | undefined
  /** The server has it as well. It stays, in case the item is not in these hands any more one day. */
  readonly there?: 'yes' | undefined
  readonly marks?: readonly Mark[] | undefined
}
export type Failure =
  | { readonly kind: 'network' }
  | { readonly kind: 'signed-out' }
  /** The server failed at it: the runner tries a few times more, then has it as refused. */
  | { readonly kind: 'broken'; readonly code: string }
  | { readonly kind: 'refused'; readonly code: string; readonly problems: readonly Problem[] }

/** What a journal gives back. */
export type Kept = {
  readonly drafts: readonly DraftEntry[]
  readonly outbox: readonly Sending[]
  readonly works?: readonly KeptWork[] | undefined
  /** Newest first. */
  readonly receipts?: readonly Receipt[] | undefined
}

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
  /** Items in hand before a reload, until the server says which still are. */
  readonly shelf: readonly KeptWork[]
  /** `unsure`: the desks come from the journal and the server has not confirmed them. */
  readonly hold: 'sure' | 'unsure'
  /** The last place given to an item in hand. */
  readonly lastPlace: number
  /** `failing`: this browser keeps no safety copy now. */
  readonly journal: 'good' | 'failing'
  /** What the server took last, newest first. */
  readonly receipts: readonly Receipt[]
}

export type Event =
  | ({ readonly kind: 'restored' } & Kept)
  /** The server takes its time: go on with what the journal has. */
  | { readonly kind: 'shelf-due' }
  | { readonly kind: 'ask' }
  /** Have so many items at hand, to work on without a network. */
  | { readonly kind: 'take-along'; readonly count: number }
  | { readonly kind: 'journal'; readonly journal: 'good' | 'failing' }
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
  | { readonly kind: 'sent'; readonly key: string; readonly receipt?: Receipt | undefined }
  | { readonly kind: 'send-failed'; readonly key: string; readonly failure: Failure }
  | { readonly kind: 'open-refused'; readonly key: string }
  | { readonly kind: 'send-again'; readonly key: string }
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
  /** An item taken over from another tab: as the server has it (if it can be asked) and as that tab left it in the journal. */
  | {
      readonly kind: 'took-over'
      readonly assignmentId: string
      readonly work?: Work | undefined
      readonly draft?: DraftEntry | undefined
    }
  /** The item of a draft that the journal has without its item. */
  | { readonly kind: 'stray'; readonly work: Work }
  /** Given back: off the desk, out of the journal. */
  | { readonly kind: 'given-back'; readonly assignmentIds: readonly string[] }
  | { readonly kind: 'resolve'; readonly keep: 'mine' | 'theirs' }
  | { readonly kind: 'network'; readonly network: 'up' | 'down' }

export type Effect =
  | {
      readonly kind: 'claim'
      readonly count: number
      readonly holding: readonly string[]
      /** Kept longer: for work without a network. */
      readonly ahead?: 'yes'
    }
  | { readonly kind: 'save-draft'; readonly desk: Desk }
  | { readonly kind: 'fetch-theirs'; readonly projectId: string; readonly assignmentId: string }
  | { readonly kind: 'send'; readonly sending: Sending }
  | JournalEffect
  | { readonly kind: 'save-soon' }
  | { readonly kind: 'retry-soon' }
/** What goes to the journal; those of one step together, before anything else of it. */
export type JournalEffect =
  | { readonly kind: 'keep-draft'; readonly entry: DraftEntry }
  | { readonly kind: 'drop-draft'; readonly assignmentId: string }
  | { readonly kind: 'keep-sending'; readonly sending: Sending }
  | { readonly kind: 'drop-sending'; readonly key: string }
  | { readonly kind: 'keep-work'; readonly kept: KeptWork }
  | { readonly kind: 'drop-work'; readonly assignmentId: string }
  | { readonly kind: 'keep-receipt'; readonly receipt: Receipt }
  | { readonly kind: 'drop-receipt'; readonly key: string }

export type Stepped = { readonly session: Session; readonly effects: readonly Effect[] }

/** The item in view and two behind it. */
const wantedDesks = 3
/** Asked for at once, at most. */
export const aheadAtMost = 20
/** In hand, at most: what the server is told of. */
const heldAtMost = 60
const receiptsKept = 50
/** Digests of unconfirmed drafts kept; more failures in a row and a conflict may be shown that is none. */
const triedKept = 40

export const newSession = (): Session => ({
  desks: [],
  outbox: [],
  refused: [],
  queue: { state: 'resting' },
  network: 'up',
  drafts: [],
  waits: [],
  finished: 0,
  shelf: [],
  hold: 'sure',
  lastPlace: 0,
  journal: 'good',
  receipts: [],
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
  tried: desk.tried,
  there: isDirty(desk) ? undefined : 'yes',
  marks: desk.marks,
})

const withDesk = (s: Session, id: string, to: (desk: Desk) => Desk): Session => ({
  ...s,
  desks: s.desks.map((d) => (idOf(d) === id ? to(d) : d)),
})

/** What the server has of the answers: of a review, its draft is apart from the answers under review. */
const heldThere = (work: Work): Answers => work.draft ?? work.answers

/** A desk for an item, with the draft the journal kept of it, if that went further than the server's. */
function deskFor(
  s: Pick<Session, 'drafts'>,
  work: Work,
): { readonly desk: Desk; readonly theirs: 'older' | 'newer' } {
  const kept = s.drafts.find((d) => d.assignmentId === work.assignmentId)
  const there = heldThere(work)
  const as = (answers: Answers) => (sameJson(answers, work.answers) ? 'as sent' : 'changed')
  const plain: Desk = {
    work,
    log: newLog(there),
    basedOn: work.draftVersion,
    saved: there,
    tried: [],
    activeMs: work.activeMs,
    problems: [],
    mode: modeOf(work, as(there)),
    marks: kept?.marks ?? [],
  }
  if (kept === undefined || kept.there === 'yes' || sameJson(kept.answers, there))
    return { desk: plain, theirs: 'older' }
  const moved = work.draftVersion > kept.basedOn && !isOneOf(there, kept.tried)
  const desk: Desk = {
    ...plain,
    log: newLog(kept.answers),
    mode: modeOf(work, as(kept.answers)),
    // An old base: should the other version not be shown now, saving finds it and shows it then.
    ...(moved ? { basedOn: kept.basedOn, tried: kept.tried ?? [] } : {}),
  }
  return { desk, theirs: moved ? 'newer' : 'older' }
}

/** A desk without the server's word: as the journal has the item and what was last done at it. */
function deskFromJournal(s: Pick<Session, 'drafts'>, work: Work): Desk {
  const kept = s.drafts.find((d) => d.assignmentId === work.assignmentId)
  const { desk } = deskFor({ drafts: kept ? [{ ...kept, there: undefined }] : [] }, work)
  if (kept === undefined) return desk
  const known = kept.there === 'yes' ? { saved: kept.answers } : {}
  return { ...desk, basedOn: kept.basedOn, tried: kept.tried ?? [], ...known }
}

const isOneOf = (answers: Answers, tried: readonly string[] | undefined): boolean =>
  tried !== undefined && tried.length > 0 && tried.includes(digestOf(answers))

const inOutbox = (s: Session): readonly string[] => s.outbox.map((o) => o.work.assignmentId)

/** Ask for as many items as are missing behind the desk, unless asking is of no use now. */
function refill(s: Session, wanted = wantedDesks): Stepped {
  if (s.queue.state === 'asking' || s.queue.state === 'closed') return stay(s)
  // What the journal remembers is asked for anew: the server says what is still in these hands.
  const doubtful = s.hold === 'unsure' ? s.desks.length : s.shelf.length
  const known = s.hold === 'unsure' ? [] : s.desks.map(idOf)
  const missing = Math.max(wanted - known.length, doubtful)
  if (missing <= 0) return stay(s)
  const holding = [...known, ...inOutbox(s)]
  if (holding.length >= heldAtMost) return stay(s)
  const count = Math.min(missing, aheadAtMost)
  const claim = { kind: 'claim', count, holding } as const
  return go(
    { ...s, queue: { state: 'asking' } },
    count > wantedDesks ? { ...claim, ahead: 'yes' } : claim,
  )
}

/** What came back goes before what was handed out, but not over what is in view or begun. */
function returnedFirst(before: Session, desks: readonly Desk[]): readonly Desk[] {
  const had = new Set(before.desks.map(idOf))
  const back = desks.filter((d) => d.work.returned !== undefined && !had.has(idOf(d)))
  if (back.length === 0) return desks
  const [front, ...rest] = desks.filter((d) => !back.includes(d))
  if (front === undefined) return back
  const stays = isDirty(front) || (before.hold === 'sure' && before.desks.length > 0)
  return stays ? [front, ...back, ...rest] : [...back, front, ...rest]
}

function claimed(s: Session, rows: readonly Work[]): Stepped {
  const sending = new Set(inOutbox(s))
  const here = new Map(s.desks.map((d) => [idOf(d), d]))
  let next: Session = {
    ...s,
    network: 'up',
    queue: { state: rows.length === 0 ? 'empty' : 'resting' },
    hold: 'sure',
    shelf: [],
  }
  const effects: Effect[] = []
  const places = new Map([
    ...s.shelf.map((k) => [k.work.assignmentId, k.place] as const),
    ...s.desks.map((d, n) => [idOf(d), n] as const),
  ])
  for (const work of rows) {
    const id = work.assignmentId
    const there = here.get(id)
    if (sending.has(id) || (there && s.hold === 'sure')) continue
    // A desk from the journal: what was done at it since then stands as if it were kept there.
    const { desk, theirs } = deskFor(there ? { drafts: [entryOf(there)] } : s, work)
    const seen = there ? { ...desk, log: isDirty(desk) ? there.log : desk.log } : desk
    next = there ? withDesk(next, id, () => seen) : { ...next, desks: [...next.desks, seen] }
    if (theirs === 'newer' && next.conflict === undefined)
      next = { ...next, conflict: { assignmentId: id, theirs: work } }
    const known = places.get(id)
    const first = known === undefined && work.returned !== undefined
    if (known === undefined && !first) next = { ...next, lastPlace: next.lastPlace + 1 }
    const place = known ?? (first ? Math.min(0, ...places.values()) - 1 : next.lastPlace)
    places.set(id, place)
    effects.push({ kind: 'keep-work', kept: { work, place } })
  }
  // In the order in which they lay here before.
  const order = (d: Desk) => places.get(idOf(d)) ?? next.lastPlace
  if (s.shelf.length > 0)
    next = { ...next, desks: next.desks.toSorted((a, b) => order(a) - order(b)) }
  next = { ...next, desks: returnedFirst(s, next.desks) }
  const settled = settleRest(s, next, rows)
  const saving = saveIfAhead(settled.session)
  return go(saving.session, ...effects, ...settled.effects, ...saving.effects)
}

/** As if the server had nothing of what was begun: saving it says what became of the item. */
const doubted = (desk: Desk): Desk => ({
  ...desk,
  saved: desk.work.draftVersion > 0 ? {} : heldThere(desk.work),
})

/**
 * What the journal had in hand and the server does not give any more. Untouched, it goes: if it is
 * ours after all, it comes again. With answers of one's own it stays, and saving says what became of it.
 */
function settleRest(before: Session, s: Session, rows: readonly Work[]): Stepped {
  const given = new Set(rows.map((w) => w.assignmentId))
  const sending = new Set(inOutbox(s))
  const gone = (id: string) => !given.has(id) && !sending.has(id)
  const effects: Effect[] = []
  let next = s
  if (before.hold === 'unsure')
    for (const desk of before.desks.filter((d) => gone(idOf(d)) && !isDirty(d))) {
      const begun = doubted(desk)
      if (isDirty(begun)) {
        next = withDesk(next, idOf(desk), () => begun)
        continue
      }
      next = { ...next, desks: next.desks.filter((d) => idOf(d) !== idOf(desk)) }
      effects.push({ kind: 'drop-work', assignmentId: idOf(desk) })
    }
  for (const { work } of before.shelf.filter((k) => gone(k.work.assignmentId))) {
    const desk = doubted(deskFromJournal(s, work))
    if (isDirty(desk)) next = { ...next, desks: [...next.desks, desk] }
    else effects.push({ kind: 'drop-work', assignmentId: work.assignmentId })
  }
  return go(next, ...effects)
}

/** The desks as they were before the page went, while the server does not say which still are. */
function takeFromShelf(s: Session): Stepped {
  if (s.shelf.length === 0 || s.desks.length > 0) return stay(s)
  const sending = new Set(inOutbox(s))
  const desks = s.shelf
    .filter((k) => !sending.has(k.work.assignmentId))
    .map((k) => deskFromJournal(s, k.work))
  return saveIfAhead({ ...s, desks, shelf: [], hold: 'unsure' })
}

/** What the journal brought back and the server does not have yet goes there without another key. */
const saveIfAhead = (s: Session): Stepped =>
  s.desks.some(wantsSaving) ? go(s, { kind: 'save-soon' }) : stay(s)

function changed(s: Session, desk: Desk, log: Log): Stepped {
  if (log === desk.log) return stay(s)
  const next = { ...desk, log, problems: [], stuck: undefined }
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
    basedOn: desk.basedOn,
    tried: desk.tried,
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
    { kind: 'drop-work', assignmentId: idOf(desk) },
    ...first,
    ...refilled.effects,
  )
}

const networkAfter = (failure: Failure): Session['network'] =>
  failure.kind === 'signed-out' ? 'signed-out' : failure.kind === 'refused' ? 'up' : 'down'

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
  const { code, problems } = failure
  const kept: Sending = { ...sending, refusal: { code, problems } }
  const next: Session = {
    ...s,
    network: 'up',
    outbox: s.outbox.filter((o) => o.key !== key),
    refused: [...s.refused, { ...kept, code, problems }],
  }
  const saving = saveIfAhead({ ...next, desks: [...next.desks, ...typedSince(s, sending)] })
  return go(
    saving.session,
    { kind: 'keep-sending', sending: kept },
    ...sendNext(next),
    ...saving.effects,
  )
}

/** What the journal brought back of an item besides what was sent of it: another tab went on with it. */
function typedSince(s: Session, { work, answers }: Sending): readonly Desk[] {
  const draft = s.drafts.find((d) => d.assignmentId === work.assignmentId)
  const here = s.desks.some((d) => idOf(d) === work.assignmentId)
  if (here || draft === undefined || sameJson(draft.answers, answers)) return []
  return [deskFromJournal(s, work)]
}

/** Back into the outbox, as it was sent; a draft goes back to the desk. */
function sendAgain(s: Session, key: string): Stepped {
  const refused = s.refused.find((r) => r.key === key)
  if (refused === undefined) return stay(s)
  if (refused.act.kind === 'draft') return openRefused(s, key)
  const { code: _code, problems: _problems, refusal: _refusal, ...sending } = refused
  const next: Session = {
    ...s,
    refused: s.refused.filter((r) => r.key !== key),
    outbox: [...s.outbox, sending],
  }
  return go(
    next,
    { kind: 'keep-sending', sending },
    ...(s.outbox.length === 0 ? sendNext(next) : []),
  )
}

/** Take a refused item back to the desk, in front, with the answers as they were sent. */
function openRefused(s: Session, key: string): Stepped {
  const refused = s.refused.find((r) => r.key === key)
  if (refused === undefined) return stay(s)
  const { work } = refused
  const desk: Desk = {
    work,
    log: newLog(refused.answers),
    basedOn: refused.basedOn ?? work.draftVersion,
    saved: heldThere(work),
    tried: refused.tried ?? [],
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
  return go(
    next,
    { kind: 'keep-draft', entry: entryOf(desk) },
    { kind: 'keep-work', kept: { work, place: 0 } },
    { kind: 'drop-sending', key },
    { kind: 'save-soon' },
  )
}

/** Ahead of the server, and not refused by it as it is now. */
const wantsSaving = (desk: Desk): boolean => isDirty(desk) && desk.stuck === undefined

/** Start saving the first desk that is ahead of the server. */
function saveDue(s: Session): Stepped {
  if (s.saving !== undefined) return stay(s)
  const desk = s.desks.find((d) => wantsSaving(d) && s.conflict?.assignmentId !== idOf(d))
  if (desk === undefined) return stay(s)
  const digest = digestOf(desk.log.answers)
  const tried = [...desk.tried.filter((t) => t !== digest), digest].slice(-triedKept)
  const attempt = { ...desk, tried }
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
      tried: [],
      stuck: undefined,
    }),
  )
  const desk = after.desks.find((d) => idOf(d) === e.assignmentId)
  const others = saveIfAhead(after)
  if (desk === undefined) return others
  return go(after, { kind: 'keep-draft', entry: entryOf(desk) }, ...others.effects)
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
  const { code, problems } = e.failure
  const front = after.desks[0] === at
  if (front || !lostCodes.has(code))
    return saveIfAhead(
      withDesk(after, e.assignmentId, (d) => ({
        ...d,
        stuck: code,
        problems: front ? [{ path: '', message: code }] : d.problems,
      })),
    )
  return setAside(after, at, { code, problems })
}

/** The work is not in these hands any more. */
const lostCodes = new Set([
  'assignment/expired',
  'assignment/wrong-state',
  'assignment/not-found',
  'auth/forbidden',
  'project/not-found',
  'project/archived',
])

/** A draft the server will not have, of an item that waited: shown, for the person to decide. */
function setAside(s: Session, desk: Desk, refusal: Refusal): Stepped {
  const sending: Sending = {
    key: `draft-${idOf(desk)}`,
    act: { kind: 'draft' },
    work: desk.work,
    answers: desk.log.answers,
    activeMs: desk.activeMs,
    basedOn: desk.basedOn,
    tried: desk.tried,
    refusal,
  }
  const next: Session = {
    ...s,
    desks: s.desks.filter((d) => d !== desk),
    refused: [...s.refused.filter((r) => r.key !== sending.key), { ...sending, ...refusal }],
  }
  const saving = saveIfAhead(next)
  return go(
    saving.session,
    { kind: 'keep-sending', sending },
    { kind: 'drop-draft', assignmentId: idOf(desk) },
    { kind: 'drop-work', assignmentId: idOf(desk) },
    ...saving.effects,
  )
}

/** The server's version of a draft that moved on. Not a conflict when it is what we sent ourselves. */
function theirs(s: Session, work: Work): Stepped {
  const desk = s.desks.find((d) => idOf(d) === work.assignmentId)
  if (desk === undefined) return stay(s)
  const there = heldThere(work)
  if (
    isOneOf(there, desk.tried) ||
    sameJson(there, desk.log.answers) ||
    sameJson(there, desk.saved)
  )
    return go(
      withDesk(s, work.assignmentId, (d) => ({
        ...d,
        basedOn: work.draftVersion,
        saved: there,
      })),
      { kind: 'save-soon' },
    )
  return stay({ ...s, conflict: { assignmentId: work.assignmentId, theirs: work } })
}

function resolve(s: Session, keep: 'mine' | 'theirs'): Stepped {
  if (s.conflict === undefined) return stay(s)
  const { assignmentId, theirs: other } = s.conflict
  const settled = { ...s, conflict: undefined }
  const there = heldThere(other)
  const based = { basedOn: other.draftVersion, saved: there, tried: [], stuck: undefined }
  if (keep === 'mine')
    return go(
      withDesk(settled, assignmentId, (d) => ({ ...d, ...based })),
      { kind: 'save-soon' },
    )
  return go(
    withDesk(settled, assignmentId, (d) => ({
      ...d,
      ...based,
      log: newLog(there),
      problems: [],
    })),
    { kind: 'drop-draft', assignmentId },
  )
}

/** Work goes on here with what the other tab left. What only this tab has is not given up unasked. */
function tookOver(s: Session, e: Event & { kind: 'took-over' }): Stepped {
  const at = s.desks.find((d) => idOf(d) === e.assignmentId)
  if (at === undefined) return stay(s)
  if (e.work === undefined) return tookOverUnasked(s, at, e.draft)
  if (e.work.state !== 'leased') return leftElsewhere(s, at, e.work)
  const { desk, theirs: other } = deskFor({ drafts: e.draft ? [e.draft] : [] }, e.work)
  const known = sameJson(desk.log.answers, at.log.answers)
  const front = { ...desk, log: known ? at.log : desk.log }
  const next = withDesk(s, idOf(at), () => front)
  return saveIfAhead(
    other === 'newer' ? { ...next, conflict: { assignmentId: idOf(at), theirs: e.work } } : next,
  )
}

/** Without a network the journal is all there is to go by. */
function tookOverUnasked(s: Session, at: Desk, draft: DraftEntry | undefined): Stepped {
  const left = draft ? deskFromJournal({ drafts: [draft] }, at.work) : at
  const front = sameJson(left.log.answers, at.log.answers) ? { ...left, log: at.log } : left
  return go(
    withDesk(s, idOf(at), () => front),
    { kind: 'keep-work', kept: { work: at.work, place: 0 } },
  )
}

/** The other tab finished the item, or its lease is over: what only this tab has of it is put aside. */
function leftElsewhere(s: Session, desk: Desk, there: Work): Stepped {
  const over = there.state === 'expired' || there.state === 'released'
  const begun = over ? isDirty(doubted(desk)) : !sameJson(desk.log.answers, there.answers)
  if (begun) {
    const code = over ? 'assignment/expired' : 'assignment/wrong-state'
    const aside = setAside(s, desk, { code, problems: [] })
    const refilled = refill(aside.session)
    return go(refilled.session, ...aside.effects, ...refilled.effects)
  }
  const refilled = refill({ ...s, desks: s.desks.filter((d) => d !== desk) })
  return go(
    refilled.session,
    { kind: 'drop-work', assignmentId: idOf(desk) },
    { kind: 'drop-draft', assignmentId: idOf(desk) },
    ...refilled.effects,
  )
}

function stray(s: Session, work: Work): Stepped {
  const id = work.assignmentId
  const known = [...s.desks, ...s.outbox, ...s.refused].some((x) => x.work.assignmentId === id)
  const desk = deskFromJournal(s, work)
  const begun = !sameJson(desk.log.answers, work.state === 'submitted' ? work.answers : {})
  if (known || !begun) return stay(s)
  if (work.state === 'leased') return saveIfAhead({ ...s, desks: [...s.desks, desk] })
  const over = work.state === 'expired' || work.state === 'released'
  const code = over ? 'assignment/expired' : 'assignment/wrong-state'
  return setAside(s, desk, { code, problems: [] })
}

function givenBack(s: Session, ids: readonly string[]): Stepped {
  const gone = new Set(ids)
  return go(
    { ...s, desks: s.desks.filter((d) => !gone.has(idOf(d))) },
    ...ids.map((assignmentId) => ({ kind: 'drop-work', assignmentId }) as const),
  )
}

/** An item to work on now: gone back to, or asked for by its address. */
function opened(s: Session, work: Work): Stepped {
  const there = s.desks.find((d) => idOf(d) === work.assignmentId)
  const { desk, theirs: other } = deskFor(s, work)
  const front = there ?? desk
  const next: Session = { ...s, desks: [front, ...s.desks.filter((d) => d !== there)] }
  const saving = saveIfAhead(
    other === 'newer' && there === undefined
      ? { ...next, conflict: { assignmentId: work.assignmentId, theirs: work } }
      : next,
  )
  return go(saving.session, { kind: 'keep-work', kept: { work, place: 0 } }, ...saving.effects)
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
  const saving = saveDue(refilled.session)
  const effects = [...sendNext(s), ...saving.effects, ...refilled.effects]
  return { session: effects.length === 0 ? { ...s, network: 'up' } : saving.session, effects }
}

function restored(s: Session, e: Event & { kind: 'restored' }): Stepped {
  const found = e.outbox.filter((o) => o.refusal === undefined)
  const refused = e.outbox.flatMap((o) => (o.refusal ? [{ ...o, ...o.refusal }] : []))
  const next: Session = {
    ...s,
    drafts: e.drafts,
    outbox: [...found, ...s.outbox],
    refused: [...refused, ...s.refused],
    shelf: [...(e.works ?? [])].sort((a, b) => a.place - b.place),
    lastPlace: Math.max(0, ...(e.works ?? []).map((k) => k.place)),
    receipts: e.receipts ?? [],
  }
  return go(next, ...(s.outbox.length === 0 ? sendNext(next) : []))
}

function sent(s: Session, e: Event & { kind: 'sent' }): Stepped {
  const receipts = e.receipt ? [e.receipt, ...s.receipts] : s.receipts
  const next: Session = {
    ...s,
    network: 'up',
    outbox: s.outbox.filter((o) => o.key !== e.key),
    receipts: receipts.slice(0, receiptsKept),
  }
  return go(
    next,
    { kind: 'drop-sending', key: e.key },
    ...(e.receipt ? [{ kind: 'keep-receipt', receipt: e.receipt } as const] : []),
    ...receipts.slice(receiptsKept).map(({ key }) => ({ kind: 'drop-receipt', key }) as const),
    ...sendNext(next),
  )
}

/** The next session and what is to be done. Total: an event that means nothing now changes nothing. */
export function step(s: Session, e: Event): Stepped {
  const desk = s.desks[0]
  switch (e.kind) {
    case 'restored':
      return restored(s, e)
    case 'shelf-due':
      return takeFromShelf(s)
    case 'take-along':
      return refill(s, Math.min(e.count, aheadAtMost))
    case 'ask':
      return refill(s.queue.state === 'closed' ? { ...s, queue: { state: 'resting' } } : s)
    case 'claimed':
      return claimed({ ...s, waits: e.waits }, e.rows)
    case 'claim-failed':
      return e.failure.kind === 'refused'
        ? stay({ ...s, queue: { state: 'closed', reason: e.failure.code } })
        : claimLost(s, e.failure)
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
            { kind: 'keep-draft', entry: entryOf({ ...desk, log: newLog(desk.work.answers) }) },
            { kind: 'save-soon' },
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

function claimLost(s: Session, failure: Failure): Stepped {
  const shelved = takeFromShelf({
    ...s,
    queue: { state: 'resting' },
    network: networkAfter(failure),
  })
  return go(shelved.session, ...shelved.effects, { kind: 'retry-soon' })
}

function afterNetwork(s: Session, e: Event): Stepped {
  switch (e.kind) {
    case 'sent':
      return sent(s, e)
    case 'send-again':
      return sendAgain(s, e.key)
    case 'took-over':
      return tookOver(s, e)
    case 'stray':
      return stray(s, e.work)
    case 'given-back':
      return givenBack(s, e.assignmentIds)
    case 'journal':
      return stay(e.journal === s.journal ? s : { ...s, journal: e.journal })
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
      // Out of reach, the next try of everything tries drafts too.
      return s.network === 'up' ? saveDue(s) : stay(s)
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
