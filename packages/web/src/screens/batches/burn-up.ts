import type { WholeBatch } from './batch.ts'

type Day = WholeBatch['days'][number]
export type BurnPoint = { readonly day: string; readonly submitted: number; readonly done: number }

const dayMs = 86_400_000
const shownAtMost = 400

/** What had come together by each UTC day, from nothing on the day before work began to `today`; the last 400. */
export function burnUp(days: readonly Day[], today: string): BurnPoint[] {
  const first = days[0]
  if (!first) return []
  const known = new Map(days.map((d) => [d.day, d]))
  const last = [today, days.at(-1)?.day ?? today].sort().at(-1) ?? today
  const dayBefore = new Date(Date.parse(first.day) - dayMs).toISOString().slice(0, 10)
  const line: BurnPoint[] = [{ day: dayBefore, submitted: 0, done: 0 }]
  let [submitted, done] = [0, 0]
  for (let at = Date.parse(first.day); at <= Date.parse(last); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10)
    submitted += known.get(day)?.submitted ?? 0
    done += known.get(day)?.done ?? 0
    line.push({ day, submitted, done })
  }
  return line.slice(-shownAtMost)
}
