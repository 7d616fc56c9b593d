import type { AnswerContext, Merged } from '../../kinds.ts'
import { tally } from '../tally.ts'
import { nodeDistance } from './compare.ts'
import { pathOf, type TaxonomyAnswer, type TaxonomyConfig } from './schema.ts'

/**
 * Single: the node with most votes. Multiple: every node that more than half chose, at least one.
 * Of equals, the node nearest to all that were chosen, then the first id. Nodes come in id order.
 */
export function mergeNodes(
  answers: readonly TaxonomyAnswer[],
  config: TaxonomyConfig,
  context: AnswerContext,
): Merged<TaxonomyAnswer> | undefined {
  if (answers.length === 0) return undefined
  const sorted = answers.map((a) => ({ version: config.version, nodes: [...a.nodes].sort() }))
  const votes = tally(sorted, (a) => JSON.stringify(a.nodes))
  const all = sorted.flatMap((a) => a.nodes)
  const paths = new Map(all.map((id) => [id, pathOf(id, config, context)]))
  const far = (id: string): number =>
    all.reduce(
      (s, other) => s + nodeDistance(paths.get(id) ?? [id], paths.get(other) ?? [other]),
      0,
    )
  const counts = [...new Set(all)]
    .map((id) => ({ id, n: all.filter((x) => x === id).length, far: far(id) }))
    .sort((a, b) => b.n - a.n || nearer(a.far, b.far) || (a.id < b.id ? -1 : 1))
  const wanted = counts.filter((c) => c.n * 2 > answers.length).length
  const size = config.mode === 'single' ? 1 : Math.max(1, wanted)
  const nodes = counts
    .slice(0, size)
    .map((c) => c.id)
    .sort()
  return { answer: { version: config.version, nodes }, votes }
}

/** Sums in another order may differ in the last bits; they count as equal. */
const nearer = (a: number, b: number): number => (Math.abs(a - b) < 1e-9 ? 0 : a - b)
