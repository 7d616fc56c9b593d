import { type Stage, stages } from '../assignment/index.ts'
import { beta, binomial, type Chance, gamma, normalFrom } from './chance.ts'
import type { Learnt } from './learn.ts'
import { type ForecastInput, flowOrder } from './types.ts'

/** The ends of all draws; infinite where the calendars were over first. */
export type Ends = {
  readonly all: Float64Array
  readonly stages: Readonly<Record<Stage, Float64Array>>
}

/** What differs between batches beside people: standard deviation of the log pace. */
const batchSd = 0.15
/** Work that comes in ahead of all: as if half a batch in three weeks had been seen, of half a day of all people. */
const came = { batches: 0.5, days: 21, teamDays: 0.5 }
/** Change of pace per week: of one person, beside the trend of all. */
const personTrendSd = 0.06
/** A trend fades: after three weeks a third of it is left. */
const trendWeeks = 3
/** A day of unforeseen absence is followed by another in so many cases. */
const absentAgain = 0.4
/** Work ahead is known as so much time, give or take; log scale. */
const aheadSd = 0.2
/** What a return rate tells is worth at most so many reviews: batches differ. */
const returnsWorth = 120

/** Mending what was returned takes so much of annotating it. */
const mending = 0.6
/** Active time on a day in planned time, at most: people work outside their hours too. */
const mostUse = 1.4
/** The last days are played in so many parts, so that a review comes after what it looks at. */
const partsOfDay = 6

const [annotate, review, adjudicate, audit] = [0, 1, 2, 3] as const
type At = 0 | 1 | 2 | 3

/**
 * Plays the days to come, `draws` times. Each draw takes everybody's pace, use of time, absences and the
 * rates from what is known of them, then goes day by day: what is ahead of the batch, then its later
 * stages, then annotating, then what that gave the later stages the same day.
 */
export function simulate(input: ForecastInput, learnt: Learnt, chance: Chance): Ends {
  const ends: Ends = {
    all: new Float64Array(input.draws),
    stages: Object.fromEntries(stages.map((s) => [s, new Float64Array(input.draws)])) as Record<
      Stage,
      Float64Array
    >,
  }
  const run = new Run(input, learnt, chance)
  for (let i = 0; i < input.draws; i++) {
    run.draw()
    ends.all[i] = run.end
    for (const [at, stage] of flowOrder.entries()) ends.stages[stage][i] = run.stageEnd[at] ?? 0
  }
  return ends
}

class Run {
  end = 0
  readonly stageEnd = new Float64Array(4)
  private readonly input: ForecastInput
  private readonly learnt: Learnt
  private readonly chance: Chance
  private readonly normal: () => number
  private readonly count: number
  private readonly days: number
  /** The stages of a person, a bit each; at p * 4 + s: items per active millisecond in this draw. */
  private readonly takes: Uint8Array
  private readonly rate: Float64Array
  private readonly slope: Float64Array
  private readonly use: Float64Array
  private readonly absent: Float64Array
  private readonly away: Uint8Array
  /** Active milliseconds a person has today and has left. */
  private readonly whole: Float64Array
  private readonly left: Float64Array
  /** Returned to a person; and what they wrote, whose returns are theirs. */
  private readonly back: Float64Array
  private readonly wrote: Float64Array
  private backAll = 0
  private wroteAll = 0
  /** Items a person may still annotate. */
  private readonly fresh: Float64Array
  private readonly ahead: Float64Array
  /** Batches a day that come in ahead of all in this draw, and active time of those that did. */
  private comes = 0
  private readonly teamDay: number
  /** How days differ, of one person; log scale. */
  private readonly daySd: number
  private unforeseen = 0
  private readonly aheadOf: readonly Uint8Array[]
  /** Waiting now, per stage, and parts of one item that are done. */
  private readonly waiting = new Float64Array(4)
  private readonly part = new Float64Array(4)
  private itemParts = 0
  private returns = 0
  private auditFails = 0

  constructor(input: ForecastInput, learnt: Learnt, chance: Chance) {
    this.input = input
    this.learnt = learnt
    this.chance = chance
    this.normal = normalFrom(chance)
    const n = input.people.length
    this.count = n
    this.days = Math.max(0, ...input.people.map((p) => p.plan.workMs.length))
    this.takes = Uint8Array.from(input.people, (p) =>
      flowOrder.reduce((bits, stage, s) => bits | (p.stages.includes(stage) ? 1 << s : 0), 0),
    )
    this.rate = new Float64Array(n * 4)
    this.slope = new Float64Array(n)
    this.use = new Float64Array(n)
    this.absent = new Float64Array(n)
    this.away = new Uint8Array(n)
    this.whole = new Float64Array(n)
    this.left = new Float64Array(n)
    this.back = new Float64Array(n)
    this.wrote = new Float64Array(n)
    this.fresh = new Float64Array(n)
    this.ahead = new Float64Array(input.ahead.length)
    this.teamDay = teamDayOf(input, learnt)
    this.daySd = Math.hypot(learnt.use.within, learnt.pace.annotate.levels.within)
    this.aheadOf = input.ahead.map((a) =>
      Uint8Array.from(input.people, (p) => (a.people.includes(p.id) ? 1 : 0)),
    )
  }

  draw(): void {
    this.take()
    this.stageEnd.fill(this.input.nowMs)
    this.end = this.input.nowMs
    if (this.nothingWaits()) return
    for (let day = 0; day < this.days; day++) if (this.live(day)) return
    this.end = Number.POSITIVE_INFINITY
    for (let s = 0; s < 4; s++)
      if ((this.waiting[s] ?? 0) > 0) this.stageEnd[s] = Number.POSITIVE_INFINITY
  }

  /** Everything of a draw that does not change by the day. */
  private take(): void {
    const { input, learnt, normal } = this
    const { ownShare, others } = input.history
    const batch = normal() * batchSd * (1 - ownShare) * Math.sqrt(1 + 1 / Math.max(1, others))
    this.comes =
      gamma(came.batches + input.came.batches, this.chance, normal) / (came.days + input.came.days)
    this.unforeseen = 0
    const trend = learnt.trend.mean + learnt.trend.sd * normal()
    const useShift = normal() * Math.sqrt(learnt.use.commonVar)
    const shift = flowOrder.map((s) => normal() * Math.sqrt(learnt.pace[s].levels.commonVar))
    for (const [p, person] of input.people.entries()) {
      const slope = trend + personTrendSd * normal()
      this.slope[p] = slope
      const use = learnt.use.of(person.id)
      this.use[p] = use.mean + use.shared * useShift + Math.sqrt(use.ownVar) * normal()
      const { a, b } = learnt.absentOf(person.id)
      this.absent[p] = beta({ a, b }, this.chance, normal) * (1 - absentAgain)
      this.away[p] = 0
      this.fresh[p] = person.freshItems ?? Number.POSITIVE_INFINITY
      for (const [s, stage] of flowOrder.entries()) {
        const pace = learnt.pace[stage]
        const level = pace.levels.of(person.id)
        const log = level.mean + level.shared * (shift[s] ?? 0) + Math.sqrt(level.ownVar) * normal()
        this.rate[p * 4 + s] = Math.exp(-(log + batch + slope * pace.ageWeeks))
      }
    }
    for (const [i, ahead] of input.ahead.entries())
      this.ahead[i] = ahead.activeMs * Math.exp(aheadSd * normal() - aheadSd ** 2 / 2)
    this.returns = this.rateOf(input.flow.returns.seen, input.flow.returns.returned)
    this.auditFails = this.rateOf(input.flow.auditFails.seen, input.flow.auditFails.failed)
    for (const [s, stage] of flowOrder.entries()) this.waiting[s] = input.waiting[stage]
    this.part.fill(0)
    this.back.fill(0)
    this.backAll = 0
    this.wroteAll = 0
    for (const [p, person] of input.people.entries()) {
      const wrote = person.stages.includes('annotate') ? 1 : 0
      this.wrote[p] = wrote
      this.wroteAll += wrote
    }
    this.itemParts = 0
  }

  /** One in ten while nothing is known. */
  private rateOf(seen: number, happened: number): number {
    const worth = Math.min(1, returnsWorth / Math.max(1, seen))
    return beta(
      { a: 0.5 + happened * worth, b: 4.5 + (seen - happened) * worth },
      this.chance,
      this.normal,
    )
  }

  private nothingWaits(): boolean {
    const w = this.waiting
    return (w[0] ?? 0) + (w[1] ?? 0) + (w[2] ?? 0) + (w[3] ?? 0) + this.backAll <= 0
  }

  /** Lives one day; true when the batch was done in it. */
  private live(day: number): boolean {
    const today = this.wake(day)
    if (day > 1 && this.chance() < this.comes) this.comeIn()
    if (today.total <= 0) return false
    const parts = this.isNearEnd(today.total) ? partsOfDay : 1
    const length = (today.end - today.start) / parts
    for (let part = 0; part < parts; part++) {
      this.livePart({ start: today.start + part * length, length, parts })
      if (!this.nothingWaits()) continue
      this.end = Math.max(...this.stageEnd)
      return true
    }
    return false
  }

  private livePart(now: Now): void {
    for (let p = 0; p < this.count; p++) this.left[p] = (this.whole[p] ?? 0) / now.parts
    this.unforeseen = this.spendAhead(this.unforeseen)
    for (let i = 0; i < this.ahead.length; i++)
      this.ahead[i] = this.spendAhead(this.ahead[i] ?? 0, this.aheadOf[i])
    this.mend(now)
    for (const s of [audit, adjudicate, review, annotate] as const) this.work(s, now)
    // Within a day that is lived in one, later stages also take up what it gave.
    if (now.parts === 1) for (const s of [audit, adjudicate, review] as const) this.work(s, now)
  }

  /** Can a stage be through within two days like this one? */
  private isNearEnd(total: number): boolean {
    let ahead = 0
    for (const ms of this.ahead) ahead += Math.max(0, ms)
    if (ahead > 2 * total) return false
    let needed = 0
    for (let s = 0; s < 4; s++) {
      const rate = this.rateOfAll(s)
      if (rate > 0) needed = Math.max(needed, ((this.waiting[s] ?? 0) / rate) * this.count)
    }
    return needed < 2 * total
  }

  /** Items of a stage in a millisecond that all its people are active. */
  private rateOfAll(s: number): number {
    let rate = 0
    for (let p = 0; p < this.count; p++)
      if (((this.takes[p] ?? 0) >> s) & 1) rate += this.rate[p * 4 + s] ?? 0
    return rate
  }

  /** Who is there today, and with how much active time. */
  private wake(day: number): { start: number; end: number; total: number } {
    let start = Number.POSITIVE_INFINITY
    let end = 0
    let total = 0
    for (let p = 0; p < this.count; p++) {
      const active = this.activeOn(p, day)
      this.whole[p] = active
      if (active <= 0) continue
      const plan = this.input.people[p]?.plan
      total += active
      start = Math.min(start, plan?.startMs[day] ?? 0)
      end = Math.max(end, plan?.endMs[day] ?? 0)
    }
    return { start, end, total }
  }

  /** A person's active time on a day; nothing on a day off or away. */
  private activeOn(p: number, day: number): number {
    const person = this.input.people[p]
    const planned = person?.plan.workMs[day] ?? 0
    if (!person || planned <= 0 || this.isAway(p)) return 0
    const faded = trendWeeks * (1 - Math.exp(-day / 7 / trendWeeks))
    const sd = this.daySd
    const log =
      (this.use[p] ?? 0) - (this.slope[p] ?? 0) * faded + sd * this.normal() - (sd * sd) / 2
    return planned * Math.min(mostUse, Math.exp(log)) * person.share
  }

  private isAway(p: number): boolean {
    const chance = this.away[p] ? absentAgain : (this.absent[p] ?? 0)
    this.away[p] = this.chance() < chance ? 1 : 0
    return this.away[p] === 1
  }

  /** Unforeseen work, exponential in size, of the mean of what came before. */
  private comeIn(): void {
    const { batches, activeMs } = this.input.came
    const usual = came.batches * came.teamDays * this.teamDay
    const mean = (usual + activeMs) / (came.batches + batches)
    this.unforeseen += -Math.log(1 - this.chance()) * mean
  }

  /** Spends time of today on work ahead, and gives what of it is left. */
  private spendAhead(wanted: number, who?: Uint8Array): number {
    if (wanted <= 0) return 0
    const isAmong = (p: number) => (who ? who[p] === 1 : ((this.takes[p] ?? 0) & 1) === 1)
    let total = 0
    for (let p = 0; p < this.count; p++) if (isAmong(p)) total += this.left[p] ?? 0
    if (total <= 0) return wanted
    const f = Math.min(1, wanted / total)
    for (let p = 0; p < this.count; p++)
      if (isAmong(p)) this.left[p] = (this.left[p] ?? 0) * (1 - f)
    return wanted - total * f
  }

  /** Everybody mends what came back to them. */
  private mend(now: Now): void {
    if (this.backAll <= 0) return
    let mended = 0
    for (let p = 0; p < this.count; p++) {
      const back = this.back[p] ?? 0
      if (back <= 0) continue
      const rate = (this.rate[p * 4] ?? 0) / mending
      const items = Math.min(back, (this.left[p] ?? 0) * rate)
      // A part of an item is kept as part of the whole heap.
      const whole = items >= back ? back : Math.floor(items)
      this.back[p] = back - whole
      this.left[p] = Math.max(0, (this.left[p] ?? 0) - items / rate)
      mended += whole
    }
    if (mended === 0) return
    this.backAll -= mended
    this.passOn(annotate, mended)
    this.stageEnd[annotate] = now.start + this.usedBy(annotate, now.parts) * now.length
  }

  /** Does what can be done of a stage now; who can do nothing else goes first. */
  private work(s: At, now: Now): void {
    const begun = this.part[s] ?? 0
    const wanted = (this.waiting[s] ?? 0) - begun
    if (wanted <= 0) return
    let asked = 1 << s
    for (let k = 0; k < 4; k++) if ((this.waiting[k] ?? 0) > 0) asked |= 1 << k
    let done = this.spend(s, wanted, { asked, who: 'only' })
    if (done < wanted - 1e-9) done += this.spend(s, wanted - done, { asked, who: 'others' })
    const whole = Math.min(this.waiting[s] ?? 0, Math.floor(begun + done + 1e-6))
    this.part[s] = Math.max(0, begun + done - whole)
    if (whole === 0) return
    this.waiting[s] = (this.waiting[s] ?? 0) - whole
    this.passOn(s, whole)
    this.stageEnd[s] = now.start + this.usedBy(s, now.parts) * now.length
  }

  private spend(
    s: At,
    wanted: number,
    of: { readonly asked: number; readonly who: 'only' | 'others' },
  ): number {
    const bit = 1 << s
    const isAmong = (p: number) => {
      const can = (this.takes[p] ?? 0) & of.asked
      return of.who === 'only' ? can === bit : (can & bit) !== 0 && can !== bit
    }
    let total = 0
    for (let p = 0; p < this.count; p++) if (isAmong(p)) total += this.canDo(p, s)
    if (total <= 0) return 0
    const f = Math.min(1, wanted / total)
    for (let p = 0; p < this.count; p++) {
      if (!isAmong(p)) continue
      const items = this.canDo(p, s) * f
      this.left[p] = Math.max(0, (this.left[p] ?? 0) - items / (this.rate[p * 4 + s] ?? 1))
      if (s !== annotate) continue
      this.fresh[p] = (this.fresh[p] ?? 0) - items
      this.wrote[p] = (this.wrote[p] ?? 0) + items
      this.wroteAll += items
    }
    return total * f
  }

  private canDo(p: number, s: At): number {
    const items = (this.left[p] ?? 0) * (this.rate[p * 4 + s] ?? 0)
    return s === annotate ? Math.min(items, this.fresh[p] ?? items) : items
  }

  /** The part of the present time of a stage's people that is used up. */
  private usedBy(s: At, parts: number): number {
    let whole = 0
    let left = 0
    for (let p = 0; p < this.count; p++)
      if (((this.takes[p] ?? 0) >> s) & 1) {
        whole += (this.whole[p] ?? 0) / parts
        left += this.left[p] ?? 0
      }
    return whole > 0 ? 1 - left / whole : 1
  }

  private passOn(s: At, whole: number): void {
    const { flow } = this.input
    if (s === annotate) {
      const sure = Math.floor(flow.reviewsEach)
      this.add(review, whole * sure + this.some(whole, flow.reviewsEach - sure))
      this.itemParts += whole / flow.overlap
      const items = Math.floor(this.itemParts + 1e-9)
      this.itemParts -= items
      this.add(adjudicate, this.some(items, flow.adjudicated))
      this.add(audit, this.some(items, flow.audited))
    } else if (s === review) this.redo(this.some(whole, this.returns))
    else if (s === audit) this.redo(this.some(whole, this.auditFails))
  }

  private add(to: At, n: number): void {
    this.waiting[to] = (this.waiting[to] ?? 0) + n
  }

  private some(n: number, p: number): number {
    return binomial({ n, p }, this.chance, this.normal)
  }

  /** Returned: to who wrote it, or to all, of whom nobody annotates it twice. */
  private redo(n: number): void {
    this.itemParts -= n / this.input.flow.overlap
    if (this.input.flow.onReturn === 'another') {
      this.add(annotate, n)
      for (let p = 0; p < this.count; p++) this.fresh[p] = (this.fresh[p] ?? 0) + n
      return
    }
    this.backAll += n
    for (let i = 0; i < n; i++) {
      const p = this.anAuthor()
      this.back[p] = (this.back[p] ?? 0) + 1
    }
  }

  private anAuthor(): number {
    let at = this.chance() * this.wroteAll
    let last = 0
    for (let p = 0; p < this.count; p++) {
      const wrote = this.wrote[p] ?? 0
      if (wrote <= 0) continue
      last = p
      at -= wrote
      if (at <= 0) break
    }
    return last
  }
}

/** Active time of all who annotate on a usual working day. */
function teamDayOf(input: ForecastInput, learnt: Learnt): number {
  let sum = 0
  for (const p of input.people) {
    if (!p.stages.includes('annotate')) continue
    const days = p.plan.workMs.filter((ms) => ms > 0)
    if (days.length > 0) sum += days.reduce((a, b) => a + b, 0) / days.length
  }
  return sum * Math.exp(learnt.use.common)
}

/** A part of a day: when it begins, how long it lasts, how many a day has. */
type Now = { readonly start: number; readonly length: number; readonly parts: number }
