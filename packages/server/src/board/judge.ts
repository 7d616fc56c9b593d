/** What the board makes of the numbers: how old waits are, who is stuck. */
import { ageHours } from '@kasauti/contract'

const hour = 3_600_000
const day = 24 * hour

/** Counts of waits below each of `ageHours`, and of older ones. */
export function ageCounts(since: readonly Date[], now: Date): number[] {
  const counts = [...ageHours, 0].map(() => 0)
  for (const at of since) {
    const hours = (now.getTime() - at.getTime()) / hour
    const found = ageHours.findIndex((limit) => hours < limit)
    const place = found < 0 ? ageHours.length : found
    counts[place] = (counts[place] ?? 0) + 1
  }
  return counts
}

export type Standing = {
  readonly held: number
  readonly oldestHeldAt: Date | undefined
  readonly oldestReturnAt: Date | undefined
  readonly lastAt: Date | undefined
  /** Verdicts of the last seven days. */
  readonly accepted: number
  readonly returned: number
}
export type Stuck = 'held-long' | 'returned-long' | 'quiet' | 'many-returns'

/**
 * Why somebody should look at a person's work: an item held over two hours, returned work untouched
 * for a day, work held and nothing done for half an hour, a third of ten or more verdicts returned.
 */
export function whyStuck(s: Standing, now: Date): Stuck[] {
  const olderThan = (at: Date | undefined, ms: number) =>
    at !== undefined && now.getTime() - at.getTime() > ms
  const verdicts = s.accepted + s.returned
  const reasons: [Stuck, boolean][] = [
    ['held-long', olderThan(s.oldestHeldAt, 2 * hour)],
    ['returned-long', olderThan(s.oldestReturnAt, day)],
    ['quiet', s.held > 0 && olderThan(s.lastAt, hour / 2)],
    ['many-returns', verdicts >= 10 && s.returned * 3 >= verdicts],
  ]
  return reasons.filter(([, holds]) => holds).map(([reason]) => reason)
}
