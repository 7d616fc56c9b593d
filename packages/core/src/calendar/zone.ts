/** Wall clocks and instants, from what Intl knows of a zone. Instants are milliseconds since the epoch. */

const formats = new Map<string, Intl.DateTimeFormat>()
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

/** The wall clock of a zone at an instant, written as if it were UTC, in whole seconds. */
export function wallClock(zone: string, atMs: number): number {
  const part: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) part[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const offsetAt = (zone: string, atMs: number): number =>
  wallClock(zone, atMs) - Math.floor(atMs / 1000) * 1000

const dayMs = 86_400_000
/** Offsets at the two noons (UTC) around a wall time: they differ only where a clock is changed. */
const offsets = new Map<string, number>()
function cachedOffset(zone: string, atMs: number): number {
  const key = `${zone} ${atMs}`
  let known = offsets.get(key)
  if (known === undefined) {
    if (offsets.size > 20_000) offsets.clear()
    known = offsetAt(zone, atMs)
    offsets.set(key, known)
  }
  return known
}

/**
 * The first instant at which a zone's clock shows `wall` (written as if UTC) or more. A time that a
 * clock skips is the moment of the change; of a time that comes twice it is the first.
 */
export function instantOf(zone: string, wall: number): number {
  const noon = Math.floor(wall / dayMs) * dayMs + dayMs / 2
  const before = cachedOffset(zone, noon - 2 * dayMs)
  const after = cachedOffset(zone, noon + 2 * dayMs)
  if (before === after) return wall - after
  const early = wall - Math.max(before, after)
  const late = wall - Math.min(before, after)
  for (const at of [early, late]) if (wallClock(zone, at) === wall) return at
  let [low, high] = [early, late]
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (wallClock(zone, middle) < wall) low = middle
    else high = middle
  }
  return high
}

/** The date on a zone's clock, as `YYYY-MM-DD`. */
export const dayIn = (zone: string, atMs: number): string =>
  new Date(wallClock(zone, atMs)).toISOString().slice(0, 10)

/** The date `n` days after a date. */
export const addDays = (day: string, n: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10)

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: string): number => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
