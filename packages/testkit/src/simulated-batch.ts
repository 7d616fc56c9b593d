/** A batch done by a made-up team, one item after the other. */
import { addDays, type Chance, type DayRange, dayIn, type WorkHours } from '@kasauti/core'

export type Worker = {
  readonly id: string
  readonly hours: WorkHours
  readonly off: readonly DayRange[]
  readonly stages: readonly ('annotate' | 'review')[]
  readonly paceMs: number
  readonly reviewMs: number
  readonly spread: number
  readonly idle: number
  readonly falls: number
  readonly elsewhere: number
  readonly sloppy: number
  learnt: number
  readonly learns: number
  dayFactor: number
  sickUntil: string
}
type Span = { readonly startMs: number; readonly endMs: number }
type Piece = { readonly hard: number; left: number; readonly authors: Set<string> }
type Written = { readonly author: Worker; readonly piece: Piece }

/** What a batch needs of its team. */
export type Workplace = {
  readonly workers: readonly Worker[]
  readonly nowMs: number
  readonly overlap: number
  /** Share of annotations that are reviewed. */
  readonly reviewed: number
  readonly hardness: number
  readonly returnsLike: number
  readonly toAuthor: boolean
  /** Active time of work that stands ahead, and what will come in ahead. */
  readonly aheadMs: number
  readonly urgent: readonly { readonly atMs: number; readonly ms: number }[]
  readonly chance: Chance
  pick<T>(of: readonly T[]): T
  itemHard(): number
  stretches(w: Worker, day: string): Span[]
  pauseMs(w: Worker, handling: number): number
  once(
    w: Worker,
    stage: 'annotate' | 'review',
    at: { hard: number; atMs: number; sinceMs: number },
  ): number
}
type At = { readonly w: Worker; readonly atMs: number; readonly sinceMs: number }
/** How long something takes, and what then. */
type Job = { readonly ms: number; readonly after: () => void }
type Busy = {
  readonly w: Worker
  t: number
  day: string
  stretches: Span[]
  job: Job | undefined
}

const dayMs = 86_400_000
const lastDays = 149
const wait = 600_000

export class BatchRun {
  private readonly at: Workplace
  private readonly pieces: Piece[]
  private readonly waiting: Written[]
  private readonly back: Written[] = []
  private readonly urgent: { readonly atMs: number; readonly ms: number }[]
  private inWork = 0
  private first = 0
  private ahead: number
  private endMs: number

  constructor(at: Workplace, size: { items: number; due: number }) {
    this.at = at
    const annotators = at.workers.filter((w) => w.stages.includes('annotate'))
    const hard = () => at.hardness * at.itemHard()
    this.pieces = Array.from({ length: size.items }, () => ({
      hard: hard(),
      left: at.overlap,
      authors: new Set(),
    }))
    this.waiting = Array.from({ length: size.due }, () => ({
      author: at.pick(annotators),
      piece: { hard: hard(), left: 0, authors: new Set() },
    }))
    this.urgent = [...at.urgent]
    this.ahead = at.aheadMs
    this.endMs = at.nowMs
  }

  /** When it is done; infinite if not within 150 days. */
  end(): number {
    const { nowMs, workers } = this.at
    const busy = workers.map((w): Busy => {
      const day = addDays(dayIn(w.hours.zone, nowMs), -1)
      return { w, t: nowMs, day, stretches: [], job: undefined }
    })
    while (!this.isDone()) {
      const next = busy.reduce((a, b) => (b.t < a.t ? b : a))
      if (next.t > nowMs + lastDays * dayMs) return Number.POSITIVE_INFINITY
      this.goOn(next)
    }
    return this.endMs
  }

  private isDone(): boolean {
    while (this.first < this.pieces.length && this.pieces[this.first]?.left === 0) this.first++
    const open = this.pieces.length - this.first
    return open + this.inWork + this.waiting.length + this.back.length === 0
  }

  private goOn(b: Busy): void {
    if (b.job) this.finish(b, b.job)
    else this.begin(b)
  }

  private finish(b: Busy, job: Job): void {
    job.after()
    this.inWork -= 1
    this.endMs = Math.max(this.endMs, b.t)
    b.job = undefined
    b.t += this.at.pauseMs(b.w, job.ms)
  }

  private begin(b: Busy): void {
    const now = b.stretches[0]
    if (!now) {
      b.day = addDays(b.day, 1)
      b.stretches = this.at.stretches(b.w, b.day).filter((s) => s.endMs > this.at.nowMs)
      const tomorrow = Date.parse(`${addDays(b.day, 1)}T00:00:00Z`)
      b.t = Math.max(b.t, b.stretches[0]?.startMs ?? tomorrow)
      return
    }
    b.t = Math.max(b.t, now.startMs)
    if (b.t >= now.endMs) {
      b.stretches.shift()
      return
    }
    b.job = this.next({ w: b.w, atMs: b.t, sinceMs: now.startMs })
    if (b.job) this.inWork += 1
    b.t += b.job?.ms ?? wait
  }

  /** What somebody takes up: what stands ahead, what came back, reviews, then new items. */
  private next(at: At): Job | undefined {
    while (this.urgent[0] && this.urgent[0].atMs <= at.atMs)
      this.ahead += this.urgent.shift()?.ms ?? 0
    const annotates = at.w.stages.includes('annotate')
    return (
      (annotates ? (this.other(at) ?? this.mend(at)) : undefined) ??
      (at.w.stages.includes('review') ? this.review(at) : undefined) ??
      (annotates ? this.annotate(at) : undefined)
    )
  }

  private other(at: At): Job | undefined {
    if (this.ahead <= 0) return undefined
    const ms = this.at.once(at.w, 'annotate', { ...at, hard: 1 })
    this.ahead -= ms
    return { ms, after: () => {} }
  }

  private mend(at: At): Job | undefined {
    const k = this.back.findIndex((b) => !this.at.toAuthor || b.author === at.w)
    const [one] = k < 0 ? [] : this.back.splice(k, 1)
    if (!one) return undefined
    const ms = 0.5 * this.at.once(at.w, 'annotate', { ...at, hard: one.piece.hard })
    return { ms, after: () => this.written(one) }
  }

  private review(at: At): Job | undefined {
    const k = this.waiting.findIndex((x) => x.author !== at.w)
    const [one] = k < 0 ? [] : this.waiting.splice(k, 1)
    if (!one) return undefined
    const ms = this.at.once(at.w, 'review', { ...at, hard: one.piece.hard })
    const bad = this.at.chance() < one.author.sloppy * this.at.returnsLike
    return { ms, after: () => bad && this.back.push(one) }
  }

  private annotate(at: At): Job | undefined {
    for (let i = this.first; i < this.pieces.length; i++) {
      const piece = this.pieces[i]
      if (!piece || piece.left === 0 || piece.authors.has(at.w.id)) continue
      piece.left -= 1
      piece.authors.add(at.w.id)
      const ms = this.at.once(at.w, 'annotate', { ...at, hard: piece.hard })
      return { ms, after: () => this.written({ author: at.w, piece }) }
    }
    return undefined
  }

  private written(one: Written): void {
    if (this.at.chance() < this.at.reviewed) this.waiting.push(one)
  }
}
