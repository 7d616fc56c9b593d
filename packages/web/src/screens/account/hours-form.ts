/** The week a person types, and what is wrong with it. Minutes since midnight; a day ends at 1440. */

export type Span = [number, number]
export type Week = readonly (readonly Span[])[]
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const two = (n: number) => String(n).padStart(2, '0')
/** As a time field shows it; midnight at the end of a day is 00:00. */
export const timeText = (minutes: number): string =>
  `${two(Math.floor(minutes / 60) % 24)}:${two(minutes % 60)}`

/** What a time field says; an emptied field says nothing. */
export function readTime(text: string, end: 'from' | 'to'): number | undefined {
  const parts = /^(\d\d):(\d\d)/.exec(text)
  if (!parts) return undefined
  const minutes = Number(parts[1]) * 60 + Number(parts[2])
  return minutes === 0 && end === 'to' ? 1440 : minutes
}

export type Problem = 'backwards' | 'overlaps'
/** What is wrong with the spans of a day, by their place. */
export function problemsOf(day: readonly Span[]): (Problem | undefined)[] {
  return day.map(([from, to], i) => {
    if (from >= to) return 'backwards'
    const before = day[i - 1]
    return before && from < before[1] ? 'overlaps' : undefined
  })
}
export const isSound = (week: Week): boolean =>
  week.every((day) => problemsOf(day).every((p) => p === undefined))

/** A day with one more span: after the last one, or the usual hours on an empty day. */
export function withSpan(day: readonly Span[]): Span[] {
  const last = day.at(-1)
  if (!last) return [[600, 1080]]
  const from = Math.min(1380, last[1] + 30)
  return [...day, [from, Math.min(1440, from + 120)]]
}

export const withDay = (week: Week, at: number, day: readonly Span[]): Week =>
  week.map((old, i) => (i === at ? day : old))

/** Minutes of work in the week. */
export const minutesOf = (week: Week): number =>
  week.flat().reduce((sum, [from, to]) => sum + Math.max(0, to - from), 0)
