/** How often a person meets hidden gold, and what their answers to it say. */
import { betaCdf, betaQuantile } from './beta.ts'

export { betaCdf, betaQuantile } from './beta.ts'

/** What a project's hidden gold is to be, as shares of a person's new items. */
export type GoldPolicy = { readonly least: number; readonly most: number }
export const goldPolicy: GoldPolicy = { least: 0.03, most: 0.2 }

/** A person's answers to gold in a project. */
export type GoldStanding = {
  readonly answered: number
  readonly correct: number
  /** Cumulative sum against a decline, in log-likelihood units: 0..`declineAt`. */
  readonly cusum: number
}
export const newStanding: GoldStanding = { answered: 0, correct: 0, cusum: 0 }

/** Share of errors that is normal, and the one that is to be noticed. */
export const declineFrom = 0.05
export const declineTo = 0.12
/**
 * The sum at which a decline is certain enough. Counted from 0, someone at `declineFrom` gets there after
 * 2,470 answers on average, someone at `declineTo` after 88 (half of them within 74).
 */
export const declineAt = 4

const wrongStep = Math.log(declineTo / declineFrom)
const rightStep = Math.log((1 - declineTo) / (1 - declineFrom))

/** What an answer adds to the sum: its log-likelihood ratio of decline to normal. */
export const goldStep = (answer: 'right' | 'wrong'): number =>
  answer === 'wrong' ? wrongStep : rightStep

/** The next sum of a Bernoulli CUSUM (Page 1954; Reynolds and Stoumbos 1999), not held at its limit. */
export const nextCusum = (cusum: number, correct: 'right' | 'wrong'): number =>
  Math.max(0, cusum + goldStep(correct))

/** What is known after one more answer. The sum stops at its limit, so that work well done takes it back. */
export function updateStanding(s: GoldStanding, answer: 'right' | 'wrong'): GoldStanding {
  return {
    answered: s.answered + 1,
    correct: s.correct + (answer === 'right' ? 1 : 0),
    cusum: Math.min(declineAt, nextCusum(s.cusum, answer)),
  }
}

/** A standing from all answers, oldest first. */
export const standingOf = (answers: Iterable<'right' | 'wrong'>): GoldStanding => {
  let s = newStanding
  for (const answer of answers) s = updateStanding(s, answer)
  return s
}

/** Whether the latest answers show a decline. */
export const hasDeclined = (s: GoldStanding): boolean => s.cusum >= declineAt

export type ShareInterval = {
  readonly n: number
  /** Of the posterior. */
  readonly mean: number
  readonly low: number
  readonly high: number
}
/**
 * The share of right answers to expect of somebody: the posterior Beta(1 + right, 1 + wrong) from a
 * uniform prior (Bayes 1763), its mean and its equal-tailed interval.
 * @param level 0..1, the interval's probability
 */
export function shareRight(
  s: Pick<GoldStanding, 'answered' | 'correct'>,
  level = 0.9,
): ShareInterval {
  const a = 1 + s.correct
  const b = 1 + s.answered - s.correct
  const tail = (1 - level) / 2
  return {
    n: s.answered,
    mean: a / (a + b),
    low: betaQuantile(tail, a, b),
    high: betaQuantile(1 - tail, a, b),
  }
}

/** Half of the 90 % interval's width: known well enough, and not yet known. */
const narrow = 0.05
const wide = 0.1

/**
 * The chance that the next new item of a person is gold: `most` until their share of right answers is
 * known to +-10 points (90 %), falling to `least` at +-5; never lower than a decline calls for. It
 * depends on nothing but the standing, so where the last gold was tells nothing about the next.
 */
export function goldHazard(s: GoldStanding, policy: GoldPolicy): number {
  const { low, high } = shareRight(s)
  const unknown = clamp(((high - low) / 2 - narrow) / (wide - narrow))
  const declining = clamp(s.cusum / declineAt)
  return policy.least + (policy.most - policy.least) * Math.max(unknown, declining)
}

const clamp = (x: number): number => Math.min(1, Math.max(0, x))

/** Where gold stands among new items, each place decided by itself. @param chance of [0, 1), one per place */
export const goldPlaces = (hazard: number, chance: readonly number[]): readonly boolean[] =>
  chance.map((c) => c < hazard)

/**
 * How surely a gold looks wrong, 0..1: the chance that more than half of good people would not answer
 * like it, from a uniform prior. @param of answers by people who are mostly right on other gold
 */
export function goldDoubt(of: { readonly answered: number; readonly correct: number }): number {
  if (of.answered === 0) return 0
  const wrong = of.answered - of.correct
  return 1 - betaCdf(0.5, 1 + wrong, 1 + of.correct)
}
