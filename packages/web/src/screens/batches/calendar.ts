/** The days of a month in whole weeks, Monday first. Days are of the device's own calendar. */
const pad = (n: number) => String(n).padStart(2, '0')

/** `2026-08-01`, as the device's clock says. */
export const dayOf = (at: Date): string =>
  `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`
export const monthOf = (at: Date): string => dayOf(at).slice(0, 7)

/** Noon: a day's date stays the same whatever an hour more or less. */
export const noonOf = (day: string): Date => new Date(`${day}T12:00:00`)

const daysAfter = (day: string, n: number): string => {
  const at = noonOf(day)
  at.setDate(at.getDate() + n)
  return dayOf(at)
}

/** The weeks that hold a month (`2026-08`): from the Monday at or before its first day on. */
export function weeksOf(month: string): string[][] {
  const first = noonOf(`${month}-01`)
  const monday = daysAfter(dayOf(first), -((first.getDay() + 6) % 7))
  const weeks: string[][] = []
  for (let day = monday; day.slice(0, 7) <= month; day = daysAfter(day, 7))
    weeks.push(Array.from({ length: 7 }, (_, n) => daysAfter(day, n)))
  return weeks
}

/** The month `n` months later. */
export function monthAfter(month: string, n: number): string {
  const at = noonOf(`${month}-01`)
  at.setMonth(at.getMonth() + n)
  return monthOf(at)
}

/** The same day of the month `n` months later, or that month's last. */
export function dayInMonth(day: string, n: number): string {
  const month = monthAfter(day.slice(0, 7), n)
  const last = weeksOf(month)
    .flat()
    .filter((d) => d.startsWith(month))
    .at(-1)
  const same = `${month}-${day.slice(8)}`
  return last !== undefined && same > last ? last : same
}

/** Where a key leads from a day; `undefined`: nowhere. */
export function dayByKey(day: string, key: string): string | undefined {
  const weekday = (noonOf(day).getDay() + 6) % 7
  switch (key) {
    case 'ArrowLeft':
      return daysAfter(day, -1)
    case 'ArrowRight':
      return daysAfter(day, 1)
    case 'ArrowUp':
      return daysAfter(day, -7)
    case 'ArrowDown':
      return daysAfter(day, 7)
    case 'Home':
      return daysAfter(day, -weekday)
    case 'End':
      return daysAfter(day, 6 - weekday)
    case 'PageUp':
      return dayInMonth(day, -1)
    case 'PageDown':
      return dayInMonth(day, 1)
    default:
      return undefined
  }
}

/** The last moment of a day as a due date; and the day of one. */
export const dueAtEndOf = (day: string): string => new Date(`${day}T23:59:59.000`).toISOString()
export const dayOfDue = (dueAt: string | undefined): string =>
  dueAt === undefined ? '' : dayOf(new Date(dueAt))
