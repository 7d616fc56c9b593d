import type { Merged } from '../../kinds.ts'
import { tally } from '../tally.ts'
import { type ChoiceAnswer, type ChoiceConfig, chosen } from './schema.ts'

/**
 * Single: the option with most votes. Multiple: every option that more than half chose, brought
 * within `min` and `max` by votes. Of equals, the earlier option in the config.
 */
export function mergeChoices(
  answers: readonly ChoiceAnswer[],
  config: ChoiceConfig,
): Merged<ChoiceAnswer> | undefined {
  if (answers.length === 0) return undefined
  const inOrder = (answer: ChoiceAnswer): ChoiceAnswer =>
    typeof answer === 'string'
      ? answer
      : config.options.map((o) => o.value).filter((v) => answer.includes(v))
  const votes = tally(answers.map(inOrder), (a) => JSON.stringify(a))
  const counts = config.options
    .map(({ value }, i) => ({
      value,
      i,
      n: answers.filter((a) => chosen(a).includes(value)).length,
    }))
    .sort((a, b) => b.n - a.n || a.i - b.i)
  if (config.mode === 'single') return { answer: counts[0]?.value ?? '', votes }
  const wanted = counts.filter((c) => c.n * 2 > answers.length).length
  const size = Math.min(Math.max(wanted, config.min ?? 1), config.max ?? counts.length)
  const picked = counts.slice(0, size).sort((a, b) => a.i - b.i)
  return { answer: picked.map((c) => c.value), votes }
}
