/**
 * Made-up teams that do a batch item by item, for trying forecasts on. Nothing here is the forecast's own
 * model: people learn and tire, items are hard or easy, absences come in runs, urgent work comes in between,
 * an author mends what is returned, nobody annotates an item twice. The forecast is told what a server
 * would know at that moment, and never what happened afterwards.
 */
import {
  addDays,
  type Chance,
  chanceFrom,
  type DayRange,
  dayIn,
  type ForecastInput,
  type ForecastPerson,
  type PastDay,
  planDays,
  spansOn,
  type WorkHours,
} from '@kasauti/core'
import { BatchRun, type Worker } from './simulated-batch.ts'

export type Told = {
  readonly input: ForecastInput
  /** When the batch really was done. */
  readonly endMs: number
  readonly size: string
}

const hour = 3_600_000
const minute = 60_000
const normalOf = (chance: Chance) => () =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())

/** One team and one batch; the same of the same seed. */
export function tellBatch(seed: number, draws: number): Told {
  return new Team(seed, draws).told()
}

class Team {
  readonly chance: Chance
  private readonly normal: () => number
  private readonly draws: number
  readonly workers: Worker[]
  readonly nowMs: number
  readonly overlap: number
  readonly reviewed: number
  readonly hardness: number
  readonly returnsLike: number
  readonly toAuthor: boolean
  /** A change of the guideline or the tool: from a day on all takes longer or shorter. */
  private readonly turn: { day: string; factor: number }
  aheadMs = 0
  urgent: { atMs: number; ms: number }[] = []

  constructor(seed: number, draws: number) {
    this.chance = chanceFrom(seed)
    this.normal = normalOf(this.chance)
    this.draws = draws
    const { chance, normal } = this
    const base = Date.UTC(2026, Math.floor(chance() * 12), 1 + Math.floor(chance() * 27))
    this.nowMs = base + Math.floor((3 + chance() * 11) * 60) * minute
    this.overlap = this.pick([1, 1, 1, 2, 3])
    this.reviewed = this.pick([0, 1, 1, 0.3])
    this.hardness = Math.exp(0.13 * normal())
    this.returnsLike = Math.exp(0.3 * normal())
    this.toAuthor = chance() < 0.7
    const turns = chance() < 0.2
    this.turn = {
      day: addDays(new Date(base).toISOString().slice(0, 10), Math.floor(chance() * 20) - 6),
      factor: turns ? Math.exp(0.12 * normal()) : 1,
    }
    this.workers = this.hire(base)
  }

  pick<T>(of: readonly T[]): T {
    return of[Math.floor(this.chance() * of.length)] as T
  }

  private hire(base: number): Worker[] {
    const { chance, normal } = this
    const day = new Date(base).toISOString().slice(0, 10)
    const holidays: DayRange[] = []
    for (let n = 0; n < 3; n++) {
      const at = addDays(day, Math.floor(chance() * 60) - 14)
      if (chance() < 0.5) holidays.push({ firstDay: at, lastDay: at })
    }
    const annotators = Math.max(this.overlap + 1, 3 + Math.floor(chance() * 10))
    const reviewers = this.reviewed > 0 ? 1 + Math.floor(chance() * Math.max(1, annotators / 3)) : 0
    const seconds = 25 * Math.exp(chance() * 2.6)
    const tempo = 0.25 + chance() * 0.2
    return Array.from({ length: annotators + reviewers }, (_, n) => {
      const leave = addDays(day, Math.floor(chance() * 50) - 14)
      // Of a single reviewer nobody could review what they annotate.
      const both = n >= annotators && reviewers > 1 && chance() < 0.4
      const speed = Math.exp(tempo * normal())
      return {
        id: `p${n}`,
        hours: this.hoursOf(),
        off: [
          ...holidays,
          ...(chance() < 0.35
            ? [{ firstDay: leave, lastDay: addDays(leave, Math.floor(chance() * 6)) }]
            : []),
        ],
        stages: n < annotators ? ['annotate'] : both ? ['annotate', 'review'] : ['review'],
        paceMs: seconds * 1000 * speed,
        reviewMs: seconds * 1000 * (0.3 + chance() * 0.3) * Math.exp(0.3 * normal()),
        spread: 0.4 + chance() * 0.5,
        idle: 0.15 + chance() * 0.5,
        falls: 0.05 * chance() ** 2 + (chance() < 0.1 ? 0.04 : 0.005),
        elsewhere: chance() < 0.35 ? chance() * 0.5 : 0,
        sloppy: Math.min(0.4, 0.1 * Math.exp(0.6 * normal())),
        learnt: chance() < 0.25 ? 0 : 1000,
        learns: 80 + chance() * 300,
        dayFactor: 0.1 * normal(),
        sickUntil: '',
      } satisfies Worker
    })
  }

  private hoursOf(): WorkHours {
    const start = 8 * 60 + Math.floor(this.chance() * 6) * 30
    const long = this.chance() < 0.2 ? 4 * 60 : 8 * 60 + Math.floor(this.chance() * 3) * 30
    const day: [number, number][] =
      long > 300
        ? [
            [start, start + 240],
            [start + 270, start + long],
          ]
        : [[start, start + long]]
    const saturday = this.chance() < 0.15 ? day : []
    return {
      zone: this.pick(['Asia/Kolkata', 'Asia/Kolkata', 'Asia/Kolkata', 'Europe/Berlin']),
      week: [day, day, day, day, day, saturday, []],
    }
  }

  /** Is the person there that day? Falling ill lasts one to four days. */
  private there(w: Worker, day: string): boolean {
    if (w.sickUntil >= day) return false
    if (this.chance() < w.falls) {
      w.sickUntil = addDays(day, Math.floor(this.chance() ** 2 * 4))
      return false
    }
    w.dayFactor = 0.5 * w.dayFactor + 0.12 * this.normal()
    return true
  }

  /** The stretches of a day a person really works on what this team does. */
  stretches(w: Worker, day: string): { startMs: number; endMs: number }[] {
    const spans = spansOn(w.hours, day, w.off)
    if (spans.length === 0 || !this.there(w, day)) return []
    const late = this.chance() < 0.3 ? this.chance() * 40 * minute : 0
    const meeting = this.chance() < 0.25 ? (20 + this.chance() * 80) * minute : 0
    const planned = spans.reduce((sum, s) => sum + s.endMs - s.startMs, 0)
    const other = Math.min(0.9, w.elsewhere * (0.4 + 1.2 * this.chance())) * planned
    let lost = late + meeting + other
    return spans.flatMap((s) => {
      const cut = Math.min(lost, s.endMs - s.startMs)
      lost -= cut
      return cut < s.endMs - s.startMs ? [{ startMs: s.startMs + cut, endMs: s.endMs }] : []
    })
  }

  private handlingMs(
    w: Worker,
    piece: { hard: number },
    at: { ms: number; sinceMs: number },
  ): number {
    const day = dayIn('UTC', at.ms)
    const tired = 1 + 0.02 * Math.max(0, (at.ms - at.sinceMs) / hour - 4)
    const new_ = 1 + 0.6 * Math.exp(-w.learnt / w.learns)
    const turned = day >= this.turn.day ? this.turn.factor : 1
    const noise = Math.exp(w.spread * this.normal() - w.spread ** 2 / 2)
    return w.paceMs * piece.hard * noise * tired * new_ * turned * Math.exp(w.dayFactor)
  }

  pauseMs(w: Worker, handling: number): number {
    const long = this.chance() < 0.01 ? 12 * minute * this.chance() : 0
    return -Math.log(1 - this.chance()) * w.idle * handling + long
  }

  /** Two weeks of work before, as a server would have them. */
  private past(w: Worker, ownFrom: number): PastDay[] {
    const before = Math.exp(0.13 * this.normal())
    const out: PastDay[] = []
    for (let ago = 14; ago >= 1; ago--) {
      const day = dayIn(w.hours.zone, this.nowMs - ago * 24 * hour)
      const workMs = spansOn(w.hours, day, w.off).reduce((s, x) => s + x.endMs - x.startMs, 0)
      const stretches = this.stretches(w, day)
      const did = { annotate: { items: 0, activeMs: 0 }, review: { items: 0, activeMs: 0 } }
      const hard = ago <= ownFrom ? this.hardness : before
      for (const s of stretches)
        for (let t = s.startMs; t < s.endMs; ) {
          const stage = w.stages.length > 1 ? this.pick(w.stages) : (w.stages[0] ?? 'annotate')
          const ms = this.once(w, stage, {
            hard: hard * this.itemHard(),
            atMs: t,
            sinceMs: s.startMs,
          })
          did[stage].items += 1
          did[stage].activeMs += ms
          t += ms + this.pauseMs(w, ms)
        }
      const own = did.annotate.activeMs + did.review.activeMs
      const planned = stretches.reduce((sum, s) => sum + s.endMs - s.startMs, 0)
      const other = planned > 0 ? Math.max(0, workMs * w.elsewhere * 0.8) : 0
      out.push({ ago, workMs, activeMs: own + other, stages: did })
    }
    return out
  }

  itemHard = () => Math.exp(0.35 * this.normal() - 0.06)

  once(
    w: Worker,
    stage: 'annotate' | 'review',
    at: { hard: number; atMs: number; sinceMs: number },
  ): number {
    const ms = this.handlingMs(w, { hard: at.hard }, { ms: at.atMs, sinceMs: at.sinceMs })
    if (stage === 'review') return (ms * w.reviewMs) / w.paceMs
    w.learnt += 1
    return ms
  }

  told(): Told {
    const ownFrom = this.pick([0, 0, 3, 8])
    const people = this.workers.map((w) => this.person(w, ownFrom))
    const annotators = this.workers.filter((w) => w.stages.includes('annotate'))
    const dayItems = annotators.reduce((sum, w) => sum + (5 * hour) / (w.paceMs * (1 + w.idle)), 0)
    const wantedDays = 0.5 + 24 * this.chance() ** 2
    const items = Math.min(6000, Math.max(10, Math.round((dayItems * wantedDays) / this.overlap)))
    const due = this.reviewed > 0 ? Math.floor(this.chance() * dayItems * 0.5 * this.reviewed) : 0
    const reviews = Math.floor(60 * this.chance() ** 2 * 10)
    const before = annotators.reduce((s, w) => s + w.sloppy, 0) / annotators.length
    let returned = 0
    for (let n = 0; n < reviews; n++) if (this.chance() < before) returned++
    const aheadDays = this.chance() < 0.5 ? this.chance() * 4 : 0
    this.aheadMs = aheadDays * 4.5 * hour * annotators.length
    this.urgent = this.urgentWork(this.nowMs, 150)
    const input: ForecastInput = {
      nowMs: this.nowMs,
      waiting: { annotate: items * this.overlap, review: due, adjudicate: 0, audit: 0 },
      flow: {
        overlap: this.overlap,
        reviewsEach: this.reviewed,
        returns: { seen: reviews, returned },
        onReturn: this.toAuthor ? 'author' : 'another',
        adjudicated: 0,
        audited: 0,
        auditFails: { seen: 0, failed: 0 },
      },
      people: people.map((p) => (p.stages.includes('annotate') ? { ...p, freshItems: items } : p)),
      ahead:
        this.aheadMs > 0
          ? [
              {
                activeMs: this.aheadMs * Math.exp(0.2 * this.normal()),
                people: annotators.map((w) => w.id),
              },
            ]
          : [],
      came: this.came(),
      history: { ownShare: ownFrom / 14, others: 1 },
      draws: this.draws,
    }
    const endMs = new BatchRun(this, { items, due }).end()
    const size = wantedDays < 3 ? 'days' : wantedDays < 10 ? 'weeks' : 'month'
    return { input, endMs, size }
  }

  private person(w: Worker, ownFrom: number): ForecastPerson {
    const past = this.past(w, ownFrom)
    const all = past.reduce((s, d) => s + d.activeMs, 0)
    const own = past.reduce(
      (s, d) => s + (d.stages.annotate?.activeMs ?? 0) + (d.stages.review?.activeMs ?? 0),
      0,
    )
    return {
      id: w.id,
      stages: w.stages,
      past,
      plan: planDays(w.hours, { nowMs: this.nowMs, days: 150 }, w.off),
      share: all > 0 ? own / all : 1,
    }
  }

  /** Urgent work: about once in three weeks, a third of a day to a day of the team. */
  private urgentWork(fromMs: number, days: number): { atMs: number; ms: number }[] {
    const out: { atMs: number; ms: number }[] = []
    const people = this.workers.filter((w) => w.stages.includes('annotate')).length
    for (let t = fromMs; ; ) {
      t += -Math.log(1 - this.chance()) * 21 * 24 * hour
      if (t > fromMs + days * 24 * hour) return out
      out.push({ atMs: t, ms: (0.3 + this.chance()) * 4.5 * hour * people * 0.6 })
    }
  }

  /** What of it came in the eight weeks before. */
  private came(): ForecastInput['came'] {
    const before = this.urgentWork(this.nowMs, 56)
    return {
      days: 56,
      batches: before.length,
      activeMs: before.reduce((sum, u) => sum + u.ms, 0),
    }
  }
}
