/** Everything a forecast is made of, from what is kept of people, work and days. */
import {
  type Ahead,
  addDays,
  type DayPlan,
  type ForecastInput,
  type ForecastPerson,
  guessedWorkHours,
  KasautiError,
  type PastDay,
  planDays,
  type Stage,
  stageOf,
  workingMs,
} from '@kasauti/core'
import { type PersonCalendar, readCalendars } from '../calendar/index.ts'
import { dayOf } from '../item/index.ts'
import type { App, Db } from '../platform/app.ts'
import { loadWorkflow } from '../workflow/index.ts'
import {
  type ActiveDay,
  listActive,
  listAhead,
  listProjectPace,
  listProjectTakers,
  sumCame,
} from './around-storage.ts'
import { flowOf } from './flow.ts'
import { partOf } from './part.ts'
import {
  countAnnotatedBy,
  countWaiting,
  findSubject,
  type Handled,
  listHandled,
  listPersonDays,
  listTakers,
  type PersonDay,
  type Place,
  type Subject,
  sumVerdicts,
} from './storage.ts'

const pastDays = 14
/** Verdicts are rarer than items, urgent batches rarer still. */
const verdictDays = 28
const cameDays = 56
const horizonDays = 300
/** One annotation, while nothing tells. */
const guessedMs = 90_000
const dayMs = 86_400_000

export type Gathered = {
  readonly input: ForecastInput
  /** The calendar of people nobody knows yet. */
  readonly newcomer: DayPlan
  /** People whose working hours are a guess. */
  readonly guessedHours: number
  /** Days off ahead on which these people would work, in the next eight weeks; and of how many of them. */
  readonly daysOff: { readonly days: number; readonly people: number }
  readonly overlap: number
}

/** Throws `batch/not-found`, `project/not-found`. */
export async function gather(
  app: App,
  db: Db,
  o: Place & { readonly now: Date; readonly draws: number },
): Promise<Gathered> {
  const { now } = o
  const nowMs = now.getTime()
  const work = await workOf(app, db, o)
  const team = await teamOf(db, { ...o, work })
  const holidays = team.calendars('').off
  const newcomer = planDays(guessedWorkHours, { nowMs, days: horizonDays }, holidays)
  const known = team.people.map((p) => team.calendars(p.id))
  const { subject, waiting, flow, handled } = work
  return {
    input: {
      nowMs,
      ...(subject.due_at === null ? {} : { dueMs: subject.due_at.getTime() }),
      waiting: {
        annotate: Math.max(0, subject.wanted - subject.annotations) + subject.returned,
        review: flow.reviewsEach > 0 ? waiting.review : 0,
        adjudicate: flow.adjudicated > 0 ? waiting.adjudicate : 0,
        audit: flow.audited > 0 ? waiting.audit : 0,
      },
      flow,
      people: team.people,
      ahead: team.ahead,
      came: await cameOf(db, { ...o, projectIds: team.projectIds, handled }),
      history: historyOf(handled, o.batchId),
      draws: o.draws,
    },
    newcomer,
    guessedHours: known.filter((c) => c.source === 'guess').length,
    daysOff: daysOffOf(known, now),
    overlap: stageOf(work.workflow, 'annotate')?.overlap ?? 1,
  }
}

/** The work itself: what is left of it, how it moves on, and who did what of late. */
async function workOf(app: App, db: Db, o: Place & { readonly now: Date }) {
  const { projectId, now } = o
  const subject = await findSubject(db, o)
  if (!subject) throw new KasautiError('project/not-found')
  if (o.batchId !== undefined && subject.state === null) throw new KasautiError('batch/not-found')
  const today = dayOf(now)
  const from = addDays(today, -pastDays)
  const [workflow, waiting, takers, timed, days, verdicts] = await Promise.all([
    loadWorkflow(app, db, { projectId, version: subject.workflow_version }),
    countWaiting(db, o),
    listTakers(db, projectId, now),
    listHandled(db, projectId, from),
    listPersonDays(db, projectId, from),
    sumVerdicts(db, projectId, addDays(today, -verdictDays)),
  ])
  const handled = timed.length > 0 ? timed : handledOf(days, projectId)
  const flow = flowOf(workflow, verdicts)
  return { subject, from, workflow, waiting, takers, handled, flow }
}
type Work = Awaited<ReturnType<typeof workOf>>

/** The people who do it, their calendars, and what else they have to do. */
async function teamOf(db: Db, o: Place & { readonly now: Date; readonly work: Work }) {
  const { projectId, batchId, now, work } = o
  const { subject, handled, from, flow } = work
  const parts = partOf(work.takers, { ...work, now })
  const userIds = [...parts].flatMap(([id, stages]) => (stages.length > 0 ? [id] : []))
  const annotators = userIds.filter((id) => parts.get(id)?.includes('annotate'))
  const twice = flow.overlap > 1 && batchId !== undefined
  const [calendars, active, ahead, done] = await Promise.all([
    readCalendars(db, { userIds, from }),
    listActive(db, { userIds, from }),
    aheadOf(db, { ...o, subject, annotators, handled, from }),
    twice ? countAnnotatedBy(db, { projectId, batchId }) : new Map<string, number>(),
  ])
  const here = new Set([projectId, ...ahead.projects])
  const people = userIds.map((id): ForecastPerson => {
    const calendar = calendars(id)
    const own = active.filter((a) => a.user_id === id)
    return {
      id,
      stages: parts.get(id) ?? [],
      past: pastOf(id, { calendar, active: own, handled, now }),
      plan: planDays(calendar.hours, { nowMs: now.getTime(), days: horizonDays }, calendar.off),
      share: shareOf(own, here),
      ...(twice ? { freshItems: Math.max(0, subject.items - (done.get(id) ?? 0)) } : {}),
    }
  })
  const projectIds = [...new Set([...here, ...active.map((a) => a.project_id)])]
  return { people, calendars, ahead: ahead.work, projectIds }
}

async function cameOf(
  db: Db,
  o: Place & {
    readonly now: Date
    readonly projectIds: readonly string[]
    readonly handled: readonly Handled[]
  },
): Promise<ForecastInput['came']> {
  const from = new Date(o.now.getTime() - cameDays * dayMs)
  const { batches, wanted } = await sumCame(db, { ...o, from })
  return { days: cameDays, batches, activeMs: wanted * meanMs(o.handled, 'annotate') }
}

/** Where no handling times are kept: a person's day, parted by what they did; checking is half an annotation. */
function handledOf(days: readonly PersonDay[], batchId: string): Handled[] {
  return days.flatMap((d) => {
    const counts: readonly (readonly [Stage, number, number])[] = [
      ['annotate', d.submitted, 1],
      ['review', d.reviewed, 0.5],
      ['adjudicate', d.adjudicated, 1],
      ['audit', d.audited, 0.5],
    ]
    const weight = counts.reduce((sum, [, n, w]) => sum + n * w, 0)
    return counts.flatMap(([stage, n, w]) =>
      n > 0 && d.active_ms > 0
        ? [{ ...d, batch_id: batchId, stage, n, active_ms: (d.active_ms * n * w) / weight }]
        : [],
    )
  })
}

/** Days since somebody's first activity: before, they were not there, or we do not know. */
function pastOf(
  userId: string,
  o: {
    calendar: PersonCalendar
    active: readonly ActiveDay[]
    handled: readonly Handled[]
    now: Date
  },
): PastDay[] {
  const days: PastDay[] = []
  const handled = o.handled.filter((h) => h.user_id === userId)
  const seen = [...o.active, ...handled].map((a) => a.day)
  const first = seen.reduce((a, b) => (a < b ? a : b), '9999-12-31')
  for (let ago = pastDays; ago >= 1; ago--) {
    const day = dayOf(new Date(o.now.getTime() - ago * dayMs))
    if (day < first) continue
    const stages: Partial<Record<Stage, { items: number; activeMs: number }>> = {}
    for (const h of handled) {
      if (h.day !== day) continue
      const s = stages[h.stage] ?? { items: 0, activeMs: 0 }
      stages[h.stage] = { items: s.items + h.n, activeMs: s.activeMs + h.active_ms }
    }
    const startMs = Date.parse(`${day}T00:00:00Z`)
    const own = Object.values(stages).reduce((sum, s) => sum + s.activeMs, 0)
    const all = o.active.filter((a) => a.day === day).reduce((sum, a) => sum + a.active_ms, 0)
    days.push({
      ago,
      workMs: workingMs(o.calendar.hours, { startMs, endMs: startMs + dayMs }, o.calendar.off),
      activeMs: Math.max(all, own),
      stages,
    })
  }
  return days
}

/** Part of a person's active time that went to this project and those whose work stands ahead. */
function shareOf(active: readonly ActiveDay[], here: ReadonlySet<string>): number {
  const all = active.reduce((sum, a) => sum + a.active_ms, 0)
  if (all <= 0) return 1
  const own = active.reduce((sum, a) => sum + (here.has(a.project_id) ? a.active_ms : 0), 0)
  // Who has not begun here yet is counted on with a half: how they will part their time is not known.
  return own > 0 ? own / all : 0.5
}

function meanMs(handled: readonly Handled[], stage: Stage): number {
  const of = handled.filter((h) => h.stage === stage)
  const items = of.reduce((sum, h) => sum + h.n, 0)
  return items > 0 ? of.reduce((sum, h) => sum + h.active_ms, 0) / items : guessedMs
}

function historyOf(handled: readonly Handled[], batchId: string | undefined) {
  const all = handled.reduce((sum, h) => sum + h.n, 0)
  const own = handled.reduce((sum, h) => sum + (h.batch_id === batchId ? h.n : 0), 0)
  const others = new Set(handled.map((h) => h.batch_id).filter((id) => id !== batchId)).size
  return { ownShare: all > 0 ? own / all : 0, others: Math.max(1, others) }
}

/** Work that is handed out before, in active time of our people; other projects' own people do their part of it. */
async function aheadOf(
  db: Db,
  o: Place & {
    subject: Subject
    annotators: readonly string[]
    handled: readonly Handled[]
    from: string
  },
): Promise<{ work: Ahead[]; projects: string[] }> {
  const rows = await listAhead(db, {
    userIds: o.annotators,
    projectId: o.projectId,
    batchId: o.batchId,
    dueAt: o.subject.due_at,
    // Of a whole project: only what has a due date stands before it.
    priority: o.batchId === undefined ? 32_767 : (o.subject.priority ?? 0),
  })
  const projects = [...new Set(rows.map((r) => r.project_id))]
  if (projects.length === 0) return { work: [], projects }
  const [paces, takers] = await Promise.all([
    listProjectPace(db, { projectIds: projects, from: o.from }),
    listProjectTakers(db, projects),
  ])
  const ours = new Set(o.annotators)
  const work = rows.map((row) => {
    const all = takers.filter(
      (t) => t.project_id === row.project_id && t.roles.includes('associate'),
    )
    const people = all.map((t) => t.user_id).filter((id) => ours.has(id))
    if (row.project_id === o.projectId)
      return { activeMs: row.left * meanMs(o.handled, 'annotate'), people: o.annotators }
    const pace = paces.find((p) => p.project_id === row.project_id)
    const done = pace ? pace.submitted + pace.reviewed / 2 : 0
    const each = pace && done > 0 ? pace.active_ms / done : guessedMs
    return { activeMs: (row.left * each * people.length) / Math.max(1, all.length), people }
  })
  return { work: work.filter((w) => w.people.length > 0 && w.activeMs > 0), projects }
}

/** Working days of the next eight weeks that somebody has off. */
function daysOffOf(calendars: readonly PersonCalendar[], now: Date) {
  let days = 0
  let people = 0
  for (const c of calendars) {
    const at = { nowMs: now.getTime(), days: 56 }
    const missed =
      c.off.length === 0 ? 0 : worked(planDays(c.hours, at)) - worked(planDays(c.hours, at, c.off))
    days += missed
    if (missed > 0) people += 1
  }
  return { days, people }
}
const worked = (plan: DayPlan): number => plan.workMs.filter((ms) => ms > 0).length
