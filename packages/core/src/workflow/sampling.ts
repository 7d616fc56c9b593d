/** Which finished things a stage looks at: a share that follows from what is known, a draw anyone can repeat. */
import { betaQuantile } from '../gold/index.ts'
import { mix } from '../presentation/index.ts'
import type { Sampling } from './workflow.ts'

/** What reviews and audits found of a person's work so far. */
export type PersonRecord = {
  readonly reviewed: number
  /** Of those, returned or fixed. */
  readonly returned: number
}
export const unknownPerson: PersonRecord = { reviewed: 0, returned: 0 }

/** The bound is passed by the true error rate with a chance of 5 %. */
const certainty = 0.95

/**
 * A person's error rate at worst: the upper 95 % bound of the posterior Beta(1 + returned, 1 + the others)
 * from a uniform prior (Bayes 1763), over that of somebody nothing is known of. 1 of a newcomer.
 */
export function errorAtWorst({ reviewed, returned }: PersonRecord): number {
  const bound = betaQuantile(certainty, 1 + returned, 1 + Math.max(0, reviewed - returned))
  return Math.min(1, bound / certainty)
}

/**
 * The share of finished things that is looked at, 0..1. `adaptive`: everything where the item's people
 * agree less than asked for; else as much as the person may err at worst, between `least` and `most`:
 * newcomers `most`.
 * @param known.agreement of the item's annotations, 0..1; `undefined` with fewer than two
 */
export function sampleShare(
  sampling: Sampling,
  known: { readonly person: PersonRecord; readonly agreement?: number | undefined },
): number {
  switch (sampling.kind) {
    case 'all':
      return 1
    case 'share':
      return sampling.share
    case 'adaptive': {
      if (known.agreement !== undefined && known.agreement < sampling.below) return 1
      const most = Math.max(sampling.least, sampling.most)
      return Math.min(most, Math.max(sampling.least, errorAtWorst(known.person)))
    }
  }
}

const salts = { review: 0x7e71e3, audit: 0xa0d17 } as const

/**
 * Whether a thing is in the sample. A function of the project's seed, the stage and the thing's id: the
 * sample can be drawn again and checked, and a larger share holds the smaller one.
 */
export function isSampled(
  share: number,
  of: { readonly seed: number; readonly stage: 'review' | 'audit'; readonly id: string },
): boolean {
  if (share >= 1) return true
  let h = mix(of.seed, salts[of.stage])
  for (const c of of.id) h = mix(h, c.codePointAt(0) ?? 0)
  return h / 2 ** 32 < share
}
