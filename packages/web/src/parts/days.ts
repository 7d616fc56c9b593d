const dayMs = 86_400_000

/** The last `n` days up to `until` (ISO dates), days without work filled with `empty`. */
export function lastDays<D extends { readonly day: string }>(
  days: readonly D[],
  until: string,
  o: { readonly n: number; readonly empty: Omit<D, 'day'> },
): D[] {
  const known = new Map(days.map((d) => [d.day, d]))
  const last = Date.parse(`${until}T00:00:00Z`)
  return Array.from({ length: o.n }, (_, i) => {
    const day = new Date(last - (o.n - 1 - i) * dayMs).toISOString().slice(0, 10)
    return known.get(day) ?? ({ ...o.empty, day } as D)
  })
}

/** A round number at or above `max` (1, 2 or 5 times a power of ten), for the top of an axis. */
export function axisTop(max: number): number {
  if (max <= 4) return 4
  const power = 10 ** Math.floor(Math.log10(max))
  return [1, 2, 5, 10].map((k) => k * power).find((top) => top >= max) ?? max
}
