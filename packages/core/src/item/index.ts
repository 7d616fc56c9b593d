import { z } from 'zod'

/**
 * Where an item stands. `open`: wants more annotations; `annotated`: has all it wants, awaits review
 * (or is finished where no reviewer looks at it); `returned`: a reviewer sent at least one annotation
 * back; `accepted`: every annotation accepted or fixed, or the adjudicator decided; `skipped`: taken out;
 * `gold`: kept out of the queue to stand in it unrecognised.
 */
export const itemStates = ['open', 'annotated', 'returned', 'accepted', 'skipped', 'gold'] as const
export const ItemState = z.enum(itemStates)
export type ItemState = z.infer<typeof ItemState>

/** What an item's state follows from. Counts are of live annotations, by state. */
export type ItemTally = {
  readonly gold?: boolean
  /** An adjudicator has decided. */
  readonly decided?: boolean
  readonly wanted: number
  readonly submitted: number
  readonly returned: number
  readonly accepted: number
  readonly withdrawn: boolean
}

/** An item's state is a function of its tally, never set by hand. */
export function itemState(t: ItemTally): ItemState {
  if (t.withdrawn) return 'skipped'
  if (t.gold && t.submitted + t.returned + t.accepted === 0) return 'gold'
  if (t.decided) return 'accepted'
  if (t.returned > 0) return 'returned'
  if (t.accepted >= t.wanted) return 'accepted'
  if (t.submitted + t.accepted >= t.wanted) return 'annotated'
  return 'open'
}
