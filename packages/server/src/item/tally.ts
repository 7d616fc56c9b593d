/** The numbers an item carries, and what follows from them. */
import { type ItemState, itemState, type Stage } from '@kasauti/core'

export type Tally = {
  readonly wanted: number
  readonly leased: number
  readonly submitted: number
  readonly returned: number
  readonly accepted: number
  readonly withdrawn: boolean
  readonly removed: boolean
  readonly gold: boolean
  /** Annotations that wait for a verdict. */
  readonly due: number
  /** What it waits for once its annotations are through. */
  readonly pending: 'nothing' | 'adjudicate' | 'audit'
  /** An adjudicator has decided. */
  readonly decided: boolean
  readonly activeMs: number
}

export type Step = Stage | 'done'
/** Where in its workflow an item stands; what is taken out is done. */
export function stepOf(t: Tally): Step {
  const state = itemState(t)
  if (state === 'open' || state === 'returned') return 'annotate'
  if (state === 'skipped' || state === 'gold') return 'done'
  if (t.due > 0) return 'review'
  return t.pending === 'nothing' ? 'done' : t.pending
}

export const annotationsOf = (t: Tally): number => t.submitted + t.returned + t.accepted

/** How many more people may be given the item. */
export const slotsOf = (t: Tally): number =>
  t.withdrawn || t.removed || t.gold || t.decided
    ? 0
    : Math.max(0, t.wanted - t.leased - annotationsOf(t))

/** What a project counts, as a change of one item. Removed items count nowhere. */
export type CountDelta = {
  readonly items: number
  readonly open: number
  readonly annotated: number
  readonly returned: number
  readonly accepted: number
  readonly skipped: number
  readonly annotations: number
  readonly reviews: number
  /** Annotations asked for; items through the whole workflow. */
  readonly wanted: number
  readonly done: number
  /** Items by what they wait for. */
  readonly byReview: number
  readonly byAdjudicate: number
  readonly byAudit: number
}

const counted = (t: Tally): CountDelta => {
  const in_ = (state: ItemState) => (!t.removed && itemState(t) === state ? 1 : 0)
  const at = (step: Step) => (!t.removed && stepOf(t) === step ? 1 : 0)
  return {
    items: t.removed ? 0 : 1,
    open: in_('open'),
    annotated: in_('annotated'),
    returned: in_('returned'),
    accepted: in_('accepted'),
    skipped: in_('skipped'),
    annotations: t.removed ? 0 : annotationsOf(t),
    reviews: 0,
    wanted: t.removed || t.withdrawn || t.gold ? 0 : t.wanted,
    done: !t.removed && !t.withdrawn && !t.gold && stepOf(t) === 'done' ? 1 : 0,
    byReview: at('review'),
    byAdjudicate: at('adjudicate'),
    byAudit: at('audit'),
  }
}

/** Two counts, number by number. */
function combine(a: CountDelta, b: CountDelta, how: (a: number, b: number) => number): CountDelta {
  const out: Record<keyof CountDelta, number> = { ...a }
  for (const name of Object.keys(a) as (keyof CountDelta)[]) out[name] = how(a[name], b[name])
  return out
}

/** The change of the project's counts when an item goes from one tally to another. */
export const countDelta = (before: Tally, after: Tally, reviews = 0): CountDelta => ({
  ...combine(counted(after), counted(before), (now, was) => now - was),
  reviews,
})

/** The sum of changes. */
export const addDeltas = (a: CountDelta, b: CountDelta): CountDelta =>
  combine(a, b, (one, other) => one + other)

/** The shard of a project's counts that a person's work is added to: 0..63. */
export function shardOf(userId: string): number {
  let h = 0
  for (const c of userId) h = (Math.imul(h, 31) + c.charCodeAt(0)) | 0
  return h & 63
}
