import { z } from 'zod'

const dayMinutes = 24 * 60
const Minute = z.number().int().min(0).max(dayMinutes)

/** Working spans of one weekday in minutes since midnight, `[from, to)`, in order, not overlapping. */
export const DayHours = z
  .array(z.tuple([Minute, Minute]))
  .max(6)
  .refine(
    (spans) =>
      spans.every(([from, to], i) => from < to && from >= (i === 0 ? 0 : (spans[i - 1]?.[1] ?? 0))),
    'spans run forward, in order, without overlapping',
  )
export type DayHours = z.infer<typeof DayHours>

/** Is it a time zone this runtime knows, by its IANA name? */
export function isZone(zone: string): boolean {
  // Offsets like "+05:30" are accepted by some runtimes only, and have no summer time.
  if (!/^[A-Za-z][A-Za-z0-9_+/-]*$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
export const Zone = z.string().max(64).refine(isZone, 'no time zone of that name')

/** When a person works: seven days, Monday first, on the clock of a zone. */
export const WorkHours = z.object({ zone: Zone, week: z.array(DayHours).length(7) })
export type WorkHours = z.infer<typeof WorkHours>

const officeDay: DayHours = [
  [10 * 60, 13 * 60 + 30],
  [14 * 60, 18 * 60],
]
/** What is taken for somebody who has not said: a guess, and to be shown as one. */
export const guessedWorkHours: WorkHours = {
  zone: 'Asia/Kolkata',
  week: [officeDay, officeDay, officeDay, officeDay, officeDay, [], []],
}

/** Minutes of work in a usual week. */
export const weekMinutes = (hours: WorkHours): number =>
  hours.week.flat().reduce((sum, [from, to]) => sum + to - from, 0)

/** Days without work, both ends included, as ISO dates on the person's calendar. */
export type DayRange = { readonly firstDay: string; readonly lastDay: string }
export const isOff = (day: string, off: readonly DayRange[]): boolean =>
  off.some((o) => o.firstDay <= day && day <= o.lastDay)
