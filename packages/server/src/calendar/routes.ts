import { addDays, KasautiError, spansOn } from '@kasauti/core'
import { dayOf } from '../item/index.ts'
import { type Ctx, handlers } from '../platform/http/index.ts'
import { audit } from '../system/index.ts'
import { presentCalendar, presentDayOff, presentHours } from './presenter.ts'
import { readCalendars } from './read.ts'
import {
  countDaysOff,
  deleteDayOff,
  insertDayOff,
  listDaysOff,
  listTeam,
  saveHours,
} from './storage.ts'

/** Past days off are shown so long. */
const shownDays = 365
const longestDays = 366
const mostAtOnce = 200

export const routes = handlers({
  'calendar.mine': async (ctx) => presentCalendar(await calendarOf(ctx, ctx.caller.userId)),

  'calendar.setHours': async (ctx, { body }) => {
    await saveHours(ctx.db, { userId: ctx.caller.userId, hours: body, now: ctx.now })
    return presentHours(await calendarOf(ctx, ctx.caller.userId))
  },

  'calendar.addDayOff': (ctx, { body }) => add(ctx, ctx.caller.userId, body),

  'calendar.removeDayOff': async (ctx, { params }) => {
    await remove(ctx, { ...params, userId: ctx.caller.userId })
    return {}
  },

  'calendar.person': async (ctx, { params }) => {
    const team = await listTeam(ctx.db, params.projectId)
    if (!team.some((m) => m.user_id === params.userId)) throw new KasautiError('member/not-found')
    return presentCalendar(await calendarOf(ctx, params.userId))
  },

  'calendar.team': async (ctx, { params, query }) => {
    const from = query.from ?? dayOf(ctx.now)
    const team = await listTeam(ctx.db, params.projectId)
    const userIds = team.map((m) => m.user_id)
    const to = addDays(from, query.days - 1)
    const calendars = await readCalendars(ctx.db, { userIds, from, to })
    const days = Array.from({ length: query.days }, (_, n) => addDays(from, n))
    return {
      from,
      rows: team.map((m) => {
        const c = calendars(m.user_id)
        return {
          userId: m.user_id,
          name: m.name,
          zone: c.hours.zone,
          source: c.source,
          minutes: days.map((day) =>
            spansOn(c.hours, day, c.off).reduce(
              (sum, s) => sum + Math.round((s.endMs - s.startMs) / 60_000),
              0,
            ),
          ),
          daysOff: c.daysOff.map(presentDayOff),
        }
      }),
    }
  },

  'holiday.list': async (ctx) => {
    const from = addDays(dayOf(ctx.now), -shownDays)
    return { rows: (await listDaysOff(ctx.db, { userIds: [], from })).map(presentDayOff) }
  },

  'holiday.add': async (ctx, { body }) => {
    const made = await add(ctx, null, body)
    await audit(ctx.db, ctx, 'holiday.added', {
      title: body.title,
      days: `${body.firstDay}/${body.lastDay}`,
    })
    return made
  },

  'holiday.remove': async (ctx, { params }) => {
    const gone = await remove(ctx, { ...params, userId: null })
    await audit(ctx.db, ctx, 'holiday.removed', {
      title: gone.title,
      days: `${gone.first_day}/${gone.last_day}`,
    })
    return {}
  },
})

async function calendarOf(ctx: Ctx, userId: string) {
  const from = addDays(dayOf(ctx.now), -shownDays)
  return (await readCalendars(ctx.db, { userIds: [userId], from }))(userId)
}

async function add(
  ctx: Ctx,
  userId: string | null,
  body: { firstDay: string; lastDay: string; title: string },
) {
  refuse(body.lastDay < body.firstDay, 'ends before it begins')
  refuse(body.lastDay > addDays(body.firstDay, longestDays - 1), 'is at most a year long')
  refuse(
    (await countDaysOff(ctx.db, userId, dayOf(ctx.now))) >= mostAtOnce,
    `is one too many: there are ${mostAtOnce} already`,
  )
  const dayOffId = ctx.app.newId()
  const row = { ...body, dayOffId, userId, createdBy: ctx.caller.userId, now: ctx.now }
  await insertDayOff(ctx.db, row)
  return { ...body, dayOffId, holiday: userId === null }
}

function refuse(when: boolean, message: string): void {
  if (!when) return
  throw new KasautiError('calendar/invalid', undefined, {
    problems: [{ path: 'body.lastDay', message }],
  })
}

async function remove(ctx: Ctx, at: { dayOffId: string; userId: string | null }) {
  const gone = await deleteDayOff(ctx.db, at)
  if (!gone) throw new KasautiError('calendar/not-found')
  return gone
}
