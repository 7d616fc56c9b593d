import { WorkHours } from '@kasauti/core'
import { z } from 'zod'
import { DayOffId, Instant, UserId } from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

/** Days without work, both ends included, on the person's own calendar. */
export const DayOff = z.object({
  dayOffId: DayOffId,
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  title: z.string(),
  /** For everybody. */
  holiday: z.boolean(),
})
/** `guess`: the person has not said; what is shown is what is usual. */
export const PersonHours = WorkHours.extend({
  source: z.enum(['said', 'guess']),
  updatedAt: Instant.optional(),
})
const Calendar = z.object({ hours: PersonHours, daysOff: z.array(DayOff) })
const DayOffBody = z.object({
  firstDay: z.iso.date(),
  lastDay: z.iso.date(),
  title: z.string().trim().max(120).default(''),
})
const At = z.object({ dayOffId: DayOffId })

export const calendarOperations = operations('calendar', {
  mine: {
    method: 'GET',
    path: '/me/calendar',
    summary: 'My working hours, my days off and the holidays',
    may: 'signed-in',
    output: Calendar,
  },
  setHours: {
    method: 'PUT',
    path: '/me/working-hours',
    summary: 'Say when I work; seven lists of [from, to] in minutes of the day, Monday first',
    may: 'signed-in',
    body: WorkHours,
    output: PersonHours,
  },
  addDayOff: {
    method: 'POST',
    path: '/me/days-off',
    summary: 'Take days off',
    may: 'signed-in',
    body: DayOffBody,
    output: DayOff,
    errors: ['calendar/invalid'],
  },
  removeDayOff: {
    method: 'DELETE',
    path: '/me/days-off/:dayOffId',
    summary: 'Take days off back',
    may: 'signed-in',
    params: At,
    errors: ['calendar/not-found'],
  },
  person: {
    method: 'GET',
    path: '/projects/:projectId/members/:userId/calendar',
    summary: "A member's working hours and days off",
    may: ['lead', 'manager'],
    params: P.extend({ userId: UserId }),
    output: Calendar,
    errors: ['member/not-found'],
  },
  team: {
    method: 'GET',
    path: '/projects/:projectId/calendar',
    summary: "The members' planned hours, day by day",
    may: ['lead', 'manager'],
    params: P,
    query: z.object({
      /** The first day; without it, today in UTC. */
      from: z.iso.date().optional(),
      days: z.coerce.number().int().min(1).max(62).default(28),
    }),
    output: z.object({
      from: z.iso.date(),
      rows: z.array(
        z.object({
          userId: UserId,
          name: z.string(),
          zone: z.string(),
          source: z.enum(['said', 'guess']),
          /** Planned minutes of each day. */
          minutes: z.array(z.number().int()),
          /** Days off that touch the range. */
          daysOff: z.array(DayOff),
        }),
      ),
    }),
  },
})

export const holidayOperations = operations('holiday', {
  list: {
    method: 'GET',
    path: '/holidays',
    summary: 'Days off for everybody, from a year ago on',
    may: 'signed-in',
    output: z.object({ rows: z.array(DayOff) }),
  },
  add: {
    method: 'POST',
    path: '/holidays',
    summary: 'Add a day off for everybody',
    may: 'admin',
    body: DayOffBody.extend({ title: z.string().trim().min(1).max(120) }),
    output: DayOff,
    errors: ['calendar/invalid'],
  },
  remove: {
    method: 'DELETE',
    path: '/holidays/:dayOffId',
    summary: 'Take a holiday back',
    may: 'admin',
    params: At,
    errors: ['calendar/not-found'],
  },
})
