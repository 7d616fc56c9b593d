/** When a batch is good enough to be handed over, as data its requester and lead agreed on. */
import { z } from 'zod'

const Share = z.number().min(0).max(1)
/** Each is a share 0..1; what is left out is not asked for. */
export const AcceptanceCriteria = z.object({
  /** Of the items in the work, those through the whole workflow. */
  minDone: Share.optional(),
  /** Of the items in the work, those accepted. */
  minAccepted: Share.optional(),
  /** Of the verdicts given, those that returned. */
  maxReturned: Share.optional(),
  /** Of the answers to hidden gold, those that were right. */
  minGold: Share.optional(),
})
export type AcceptanceCriteria = z.infer<typeof AcceptanceCriteria>

export const criterionNames = ['minDone', 'minAccepted', 'maxReturned', 'minGold'] as const

export type CriteriaCounts = {
  /** Items that are in the work: neither skipped out of it nor made gold. */
  readonly items: number
  readonly done: number
  readonly accepted: number
  readonly reviews: number
  readonly returns: number
  readonly goldAnswered: number
  readonly goldCorrect: number
}

/** One criterion and what there is: `count` of `of`; nothing to judge by (`of` 0) is not met. */
export type CriterionCheck = {
  readonly criterion: (typeof criterionNames)[number]
  readonly wanted: number
  readonly count: number
  readonly of: number
  readonly verdict: 'met' | 'unmet' | 'unknown'
}

const measured = (c: CriteriaCounts) =>
  ({
    minDone: [c.done, c.items],
    minAccepted: [c.accepted, c.items],
    maxReturned: [c.returns, c.reviews],
    minGold: [c.goldCorrect, c.goldAnswered],
  }) as const

/**
 * Holds what was asked against what there is, in the order of `criterionNames`. Shares are compared as
 * whole numbers where they can be (`count >= wanted x of`), with room for the rounding of decimal shares.
 * `unknown`: nothing there to judge by yet.
 */
export function checkCriteria(
  criteria: AcceptanceCriteria,
  counts: CriteriaCounts,
): readonly CriterionCheck[] {
  const found = measured(counts)
  return criterionNames.flatMap((criterion) => {
    const wanted = criteria[criterion]
    if (wanted === undefined) return []
    const [count, of] = found[criterion]
    const over = count - wanted * of
    const slack = 1e-9 * Math.max(1, of)
    const holds = criterion === 'maxReturned' ? over <= slack : over >= -slack
    const verdict = of === 0 ? 'unknown' : holds ? 'met' : 'unmet'
    return [{ criterion, wanted, count, of, verdict } as const]
  })
}

/** All are met; nobody asked for anything: met too. */
export const criteriaMet = (checks: readonly CriterionCheck[]): boolean =>
  checks.every((check) => check.verdict === 'met')
