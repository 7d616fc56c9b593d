import type { Merged } from '../../kinds.ts'
import { tally } from '../tally.ts'
import { comparePairs } from './compare.ts'
import type { PairwiseAnswer } from './schema.ts'

/**
 * The answer with most votes. Of equals, the one nearest to all answers, then preferences before
 * ties, then in code unit order: the votes show a dead heat.
 */
export function mergePairs(answers: readonly PairwiseAnswer[]): Merged<PairwiseAnswer> | undefined {
  const votes = tally(answers, (a) => ('better' in a ? `a ${a.better}` : `b ${a.tie}`))
  const [first] = votes
  if (!first) return undefined
  const far = (a: PairwiseAnswer) =>
    votes.reduce((s, v) => s + v.n * comparePairs(a, v.answer).distance, 0)
  let best = first
  for (const vote of votes) {
    if (vote.n === first.n && far(vote.answer) < far(best.answer)) best = vote
  }
  return { answer: best.answer, votes }
}
