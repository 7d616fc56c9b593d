import type { Merged } from '../../kinds.ts'
import { tally } from '../tally.ts'
import { notApplicable, type RatingAnswer } from './schema.ts'

/** The median level, of two middle ones the lower; `not-applicable` if more than half say so. */
export function mergeRatings(answers: readonly RatingAnswer[]): Merged<RatingAnswer> | undefined {
  if (answers.length === 0) return undefined
  const votes = tally(answers, String)
  const levels = answers.filter((a) => a !== notApplicable).sort((a, b) => a - b)
  if (levels.length * 2 < answers.length) return { answer: notApplicable, votes }
  return { answer: levels[Math.floor((levels.length - 1) / 2)] ?? notApplicable, votes }
}
