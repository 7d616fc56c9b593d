export type Day = { readonly day: string; readonly submitted: number; readonly reviewed: number }

const dayMs = 86_400_000

/** The last `n` days up to `until` (ISO dates), days without work filled with zero. */
export function lastDays(days: readonly Day[], until: string, n: number): Day[] {
  const known = new Map(days.map((d) => [d.day, d]))
  const last = Date.parse(`${until}T00:00:00Z`)
  return Array.from({ length: n }, (_, i) => {
    const day = new Date(last - (n - 1 - i) * dayMs).toISOString().slice(0, 10)
    return known.get(day) ?? { day, submitted: 0, reviewed: 0 }
  })
}

/** A round number at or above `max` (1, 2 or 5 times a power of ten), for the top of an axis. */
export function axisTop(max: number): number {
  if (max <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(max))
  return [1, 2, 5, 10].map((k) => k * power).find((top) => top >= max) ?? max
}
