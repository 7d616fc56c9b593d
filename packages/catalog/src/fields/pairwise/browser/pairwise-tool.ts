import { digitOf } from '../../../browser/keys.ts'
import type { FieldTool } from '../../../browser/kinds.ts'

export type Tie = 'both-good' | 'both-bad'
export type PairwiseConfig = { readonly input: string; readonly ties: readonly Tie[] }
export type PairwiseAnswer = { readonly better: string } | { readonly tie: Tie }

/** What can be said, in the order of the buttons: the first side, the ties, the other sides. */
export function verdicts(
  config: PairwiseConfig,
  candidates: readonly string[],
): readonly PairwiseAnswer[] {
  const [first, ...rest] = candidates
  return [
    ...(first === undefined ? [] : [{ better: first }]),
    ...config.ties.map((tie) => ({ tie })),
    ...rest.map((better) => ({ better })),
  ]
}

export const sameVerdict = (a: PairwiseAnswer | undefined, b: PairwiseAnswer): boolean =>
  a !== undefined &&
  ('tie' in a ? 'tie' in b && a.tie === b.tie : 'better' in b && a.better === b.better)

const give = (value: PairwiseAnswer | undefined, next: PairwiseAnswer | undefined) =>
  next === undefined
    ? ('unhandled' as const)
    : { answer: sameVerdict(value, next) ? undefined : next }

const side = (candidate: string | undefined) =>
  candidate === undefined ? undefined : { better: candidate }

export const pairwiseTool: FieldTool<PairwiseConfig, PairwiseAnswer> = {
  key(config, value, { code, shift, candidates }) {
    if (shift) return 'unhandled'
    if (code === 'ArrowLeft') return give(value, side(candidates[0]))
    if (code === 'ArrowRight') return give(value, side(candidates.at(-1)))
    const digit = digitOf(code)
    return digit === undefined ? 'unhandled' : give(value, verdicts(config, candidates)[digit - 1])
  },
  hints: (config, { candidates }) => [
    { keys: [`1–${verdicts(config, candidates).length}`], message: 'pairwise.hint' },
    { keys: ['←', '→'], message: 'pairwise.sides' },
  ],
  complete: (_config, value) => value !== undefined,
  marks: (value) => ('better' in value ? { [value.better]: '✓' } : {}),
}
