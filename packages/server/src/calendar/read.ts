/** What is known of when people work: what they said, or the usual week as a guess. */
import { type DayRange, guessedWorkHours, WorkHours } from '@kasauti/core'
import type { Db } from '../platform/app.ts'
import { type DayOffRow, type HoursRow, listDaysOff, listHours } from './storage.ts'

export type PersonCalendar = {
  readonly hours: WorkHours
  readonly source: 'said' | 'guess'
  readonly updatedAt: Date | undefined
  readonly daysOff: readonly DayOffRow[]
  /** The same, with the holidays in it, for reckoning. */
  readonly off: readonly DayRange[]
}

/** The calendars of people, their days off and holidays from a day on. Nobody is left out. */
export async function readCalendars(
  db: Db,
  o: { userIds: readonly string[]; from: string; to?: string },
): Promise<(userId: string) => PersonCalendar> {
  const [hours, daysOff] = await Promise.all([listHours(db, o.userIds), listDaysOff(db, o)])
  const said = new Map(hours.map((row) => [row.user_id, row]))
  return (userId) => {
    const row = said.get(userId)
    const own = daysOff.filter((d) => d.user_id === null || d.user_id === userId)
    const known = row && readHours(row)
    return {
      hours: known ?? guessedWorkHours,
      source: known ? 'said' : 'guess',
      updatedAt: known && row.updated_at,
      daysOff: own,
      off: own.map((d) => ({ firstDay: d.first_day, lastDay: d.last_day })),
    }
  }
}

/** A zone that this runtime no longer knows is as good as nothing said. */
const readHours = (row: HoursRow): WorkHours | undefined =>
  WorkHours.safeParse({ zone: row.zone, week: row.week }).data
