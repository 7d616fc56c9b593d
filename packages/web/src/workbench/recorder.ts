/**
 * Notices a person's activity at the item in view, as marks gathered into beats (`activeTime` of the
 * core has the rule they are counted by). Without a page: `watch.ts` tells it what happens there, the
 * runner takes beats to send.
 */
import { type ActivityKind, type ActivityMark, type Beat, idleCutOffMs } from '@kasauti/core'
import { BeatLog } from './beat-log.ts'

export type Clocks = {
  /** Of this tab: never set, may stop while the machine sleeps. Milliseconds. */
  readonly monotonicMs: () => number
  /** Of the machine: may be set. Milliseconds since 1970. */
  readonly wallMs: () => number
}
/** What holds of the page. */
export type Page = {
  readonly visible: boolean
  readonly focused: boolean
  readonly playing: boolean
  /** The field that has the focus. */
  readonly field?: string | undefined
}

/** Two ticks further apart: the machine slept, or its wall clock was set forward. */
const sleepAfterMs = 5000

/** As long as a beat takes it. */
const fieldIn = (page: Page): string | undefined => page.field?.slice(0, 40)

export class Recorder {
  readonly tab: string
  readonly #clocks: Clocks
  readonly #logs = new Map<string, BeatLog>()
  #page: Page = { visible: false, focused: false, playing: false }
  #viewed: string | undefined
  #touchedMs = Number.NEGATIVE_INFINITY
  #seen: { readonly monotonicMs: number; readonly wallMs: number }
  #workedMs = 0

  constructor(tab: string, clocks: Clocks) {
    this.tab = tab
    this.#clocks = clocks
    this.#seen = this.#now()
  }

  /** Another item is in view, or none. */
  inView(assignmentId: string | undefined): void {
    const atMs = this.#alive()
    if (assignmentId === this.#viewed) return
    this.#mark(atMs, 'hide')
    this.#viewed = assignmentId
    if (assignmentId === undefined) return
    const log = this.#logOf(assignmentId)
    for (const mark of this.#standing(atMs)) log.add(mark)
    log.openedMs = atMs
  }
  page(change: Partial<Page>): void {
    const atMs = this.#alive()
    const before = this.#page
    const after = { ...before, ...change, field: fieldIn({ ...before, ...change }) }
    this.#page = after
    if (after.visible !== before.visible) this.#mark(atMs, after.visible ? 'show' : 'hide')
    if (after.playing !== before.playing) this.#mark(atMs, after.playing ? 'play' : 'pause')
    if (!after.focused) {
      if (before.focused) this.#mark(atMs, 'blur')
    } else if (!before.focused || after.field !== before.field)
      this.#mark(atMs, 'focus', after.field)
  }
  /** Noted at most once a second. */
  touch(): void {
    const atMs = this.#alive()
    if (atMs - this.#touchedMs < 1000) return
    this.#touchedMs = atMs
    this.#mark(atMs, 'touch')
  }
  /** To be called every second. @returns active milliseconds since the last call, for showing */
  tick(): number {
    this.#alive()
    const worked = this.#workedMs
    this.#workedMs = 0
    return worked
  }
  /** Items of which there is something to send. */
  waiting(): readonly string[] {
    const atMs = this.#alive()
    return [...this.#logs].flatMap(([id, log]) =>
      log.waits || this.#isOpen(id, log, atMs) ? [id] : [],
    )
  }
  /** All beats of an item that nobody confirmed, the open one closed now: for sending. */
  take(assignmentId: string): readonly Beat[] {
    const atMs = this.#alive()
    const log = this.#logOf(assignmentId)
    if (this.#isOpen(assignmentId, log, atMs)) this.#close(assignmentId, log, atMs)
    return log.unconfirmed()
  }
  /** What `take` would give, the last beat staying open: for keeping. */
  peek(assignmentId: string): readonly Beat[] {
    const atMs = this.#alive()
    const log = this.#logOf(assignmentId)
    const open = this.#isOpen(assignmentId, log, atMs)
    return log.unconfirmed(open ? [log.beat(atMs, this.#clocks.wallMs())] : [])
  }
  /** The server has them, or something that will bring them there. */
  confirm(assignmentId: string, beats: readonly Beat[]): void {
    this.#logOf(assignmentId).confirm(beats)
  }
  /** Beats of an earlier page, or of a sending that was refused: taken with the next. */
  restore(assignmentId: string, beats: readonly Beat[]): void {
    this.#logOf(assignmentId).restore(beats)
  }

  #now() {
    const { monotonicMs, wallMs } = this.#clocks
    return { monotonicMs: Math.round(monotonicMs()), wallMs: wallMs() }
  }
  #logOf(id: string): BeatLog {
    const found = this.#logs.get(id)
    if (found) return found
    const made = new BeatLog(this.tab, this.#seen.monotonicMs)
    this.#logs.set(id, made)
    return made
  }
  #mark(atMs: number, kind: ActivityKind, field?: string): void {
    const id = this.#viewed
    if (id === undefined) return
    const log = this.#logOf(id)
    log.add(field === undefined ? [atMs, kind] : [atMs, kind, field])
    if (log.full) this.#close(id, log, atMs)
  }
  /** How the page stands, for a beat or a view that begins. */
  #standing(atMs: number): ActivityMark[] {
    const { visible, focused, playing, field } = this.#page
    const marks: ActivityMark[] = []
    if (Number.isFinite(this.#touchedMs)) marks.push([this.#touchedMs, 'touch'])
    if (visible) marks.push([atMs, 'show'])
    if (focused) marks.push(field === undefined ? [atMs, 'focus'] : [atMs, 'focus', field])
    if (playing) marks.push([atMs, 'play'])
    return marks
  }
  #activeUntil(atMs: number): number {
    const { visible, focused, playing } = this.#page
    if (this.#viewed === undefined || !visible || !focused) return Number.NEGATIVE_INFINITY
    return playing ? atMs : Math.min(atMs, this.#touchedMs + idleCutOffMs)
  }
  /** Before anything else: count what was worked, and notice that the machine slept. */
  #alive(): number {
    const now = this.#now()
    const before = this.#seen
    this.#seen = now
    const passed = now.monotonicMs - before.monotonicMs
    const slept = passed > sleepAfterMs || now.wallMs - before.wallMs - passed > sleepAfterMs
    // A page in the background ticks seldom, and nothing counts there.
    if (slept && this.#page.visible) {
      this.#mark(before.monotonicMs, 'sleep')
      this.#mark(now.monotonicMs, 'wake')
    } else this.#workedMs += Math.max(0, this.#activeUntil(now.monotonicMs) - before.monotonicMs)
    return now.monotonicMs
  }
  #isOpen(id: string, log: BeatLog, atMs: number): boolean {
    return log.marked || (id === this.#viewed && this.#activeUntil(atMs) > log.openedMs)
  }
  #close(id: string, log: BeatLog, atMs: number): void {
    const beat = log.beat(atMs, this.#clocks.wallMs())
    log.close(beat, id === this.#viewed ? this.#standing(atMs) : [])
  }
}
