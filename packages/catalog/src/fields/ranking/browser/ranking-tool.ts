import { digitOf } from '../../../browser/keys.ts'
import type { FieldTool } from '../../../browser/kinds.ts'

export type RankingConfig = { readonly input: string; readonly ties: 'allowed' | 'refused' }
/** Best group first; a group of several is a tie. While it is being made, candidates may be missing. */
export type RankingAnswer = readonly (readonly string[])[]

/** Where to put a candidate: into an existing group, or as a new group before the group at `at`. */
export type Place = { readonly into: number } | { readonly before: number }

const tidy = (groups: RankingAnswer): RankingAnswer | undefined => {
  const left = groups.filter((g) => g.length > 0)
  return left.length === 0 ? undefined : left
}

/** Put a candidate somewhere, taking it out of where it was. Places are those before the move. */
export function place(
  value: RankingAnswer | undefined,
  candidate: string,
  where: Place,
): RankingAnswer | undefined {
  const groups = (value ?? []).map((g) => g.filter((c) => c !== candidate))
  if ('into' in where && groups[where.into] !== undefined)
    return tidy(groups.map((g, i) => (i === where.into ? [...g, candidate].sort() : g)))
  const at = 'into' in where ? groups.length : where.before
  return tidy([...groups.slice(0, at), [candidate], ...groups.slice(at)])
}

export const remove = (value: RankingAnswer | undefined, candidate: string) =>
  tidy((value ?? []).map((g) => g.filter((c) => c !== candidate)))

export const unplaced = (value: RankingAnswer | undefined, candidates: readonly string[]) =>
  candidates.filter((c) => !(value ?? []).some((g) => g.includes(c)))

/** Take back the last placement: the last candidate of the last group. */
const dropLast = (value: RankingAnswer) => {
  const last = value.at(-1)?.at(-1)
  return last === undefined ? value : remove(value, last)
}

const pressed = (code: string, candidates: readonly string[]) => {
  const digit = digitOf(code)
  if (digit !== undefined) return candidates[digit - 1]
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return candidates.find((c) => c === letter)
}

export const rankingTool: FieldTool<RankingConfig, RankingAnswer> = {
  key(config, value, { code, shift, candidates }) {
    if (code === 'Backspace' && value !== undefined) return { answer: dropLast(value) }
    const candidate = pressed(code, candidates)
    if (candidate === undefined) return 'unhandled'
    const tie = shift && config.ties === 'allowed'
    const others = remove(value, candidate) ?? []
    return {
      answer: place(
        others,
        candidate,
        tie && others.length > 0 ? { into: others.length - 1 } : { before: others.length },
      ),
    }
  },
  hints: (config, { candidates }) => [
    { keys: [`1–${candidates.length}`], message: 'ranking.hint' },
    ...(config.ties === 'allowed'
      ? [{ keys: [`Shift 1–${candidates.length}`], message: 'ranking.tieHint' }]
      : []),
    { keys: ['⌫'], message: 'ranking.backHint' },
  ],
  complete: (_config, value, { candidates }) =>
    candidates.length > 0 && unplaced(value, candidates).length === 0,
  marks: (value) =>
    Object.fromEntries(value.flatMap((group, i) => group.map((c) => [c, String(i + 1)]))),
}
