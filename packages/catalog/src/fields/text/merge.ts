import type { Merged } from '../../kinds.ts'
import { medoid, tally } from '../tally.ts'
import { textDistance } from './compare.ts'

/** The text nearest to all others; of equals the one with more votes, then the first in code unit order. */
export function mergeTexts(answers: readonly string[]): Merged<string> | undefined {
  const votes = tally(answers, (a) => a)
  const answer = medoid(votes, (a, b) => textDistance(a.normalize('NFC'), b.normalize('NFC')))
  return answer === undefined ? undefined : { answer, votes }
}
