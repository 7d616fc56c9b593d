import { z } from 'zod'

/**
 * Where an item stands. `open`: wants more annotations; `annotated`: has all it wants, awaits review
 * (or is finished where the project does not review); `returned`: a reviewer sent at least one
 * annotation back; `accepted`: every annotation accepted or fixed; `skipped`: taken out by skips.
 */
export const itemStates = ['open', 'annotated', 'returned', 'accepted', 'skipped'] as const
export const ItemState = z.enum(itemStates)
export type ItemState = z.infer<typeof ItemState>

/** What an item's state follows from. Counts are of live annotations, by state. */
export type ItemTally = {
  readonly wanted: number
  readonly submitted: number
  readonly returned: number
  readonly accepted: number
  readonly withdrawn: boolean
}

/** An item's state is a function of its tally, never set by hand. */
export function itemState(t: ItemTally): ItemState {
  if (t.withdrawn) return 'skipped'
  if (t.returned > 0) return 'returned'
  if (t.accepted >= t.wanted) return 'accepted'
  if (t.submitted + t.accepted >= t.wanted) return 'annotated'
  return 'open'
}
