import type { PersonCalendar } from './read.ts'
import type { DayOffRow } from './storage.ts'

export const presentDayOff = (row: DayOffRow) => ({
  dayOffId: row.day_off_id,
  firstDay: row.first_day,
  lastDay: row.last_day,
  title: row.title,
  holiday: row.user_id === null,
})

export const presentHours = (c: PersonCalendar) => ({
  zone: c.hours.zone,
  week: c.hours.week,
  source: c.source,
  ...(c.updatedAt ? { updatedAt: c.updatedAt } : {}),
})

export const presentCalendar = (c: PersonCalendar) => ({
  hours: presentHours(c),
  daysOff: c.daysOff.map(presentDayOff),
})
