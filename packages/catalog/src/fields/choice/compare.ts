import type { Comparison } from '../../kinds.ts'
import { type ChoiceAnswer, chosen } from './schema.ts'

/** Jaccard distance of the chosen sets (Jaccard 1901); of single choices that is 0 or 1. */
export function compareChoices(a: ChoiceAnswer, b: ChoiceAnswer): Comparison {
  const left = new Set(chosen(a))
  const right = new Set(chosen(b))
  const all = new Set([...left, ...right])
  const aligned = [...all].map((value) => {
    return [left.has(value) ? value : undefined, right.has(value) ? value : undefined] as const
  })
  const shared = [...left].filter((v) => right.has(v)).length
  return { distance: all.size === 0 ? 0 : 1 - shared / all.size, aligned }
}
