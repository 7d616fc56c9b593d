import type { AnswerContext, Comparison } from '../../kinds.ts'
import { pathOf, type TaxonomyAnswer, type TaxonomyConfig } from './schema.ts'

/**
 * 1 - 2 depth(lowest common ancestor) / (depth(a) + depth(b)), top nodes at depth 1 (Wu and Palmer
 * 1994, "Verb semantics and lexical selection"). 0 for the same node, 1 under different top nodes.
 */
export function nodeDistance(a: readonly string[], b: readonly string[]): number {
  let shared = 0
  while (shared < a.length && shared < b.length && a[shared] === b[shared]) shared++
  return 1 - (2 * shared) / (a.length + b.length)
}

/** Each node against its nearest in the other answer, averaged over the nodes of both. */
export function compareNodes(
  a: TaxonomyAnswer,
  b: TaxonomyAnswer,
  ...[config, context]: [TaxonomyConfig, AnswerContext]
): Comparison {
  const left = a.nodes.map((id) => ({ id, path: pathOf(id, config, context) }))
  const right = b.nodes.map((id) => ({ id, path: pathOf(id, config, context) }))
  if (left.length + right.length === 0) return { distance: 0, aligned: [] }
  if (left.length === 0 || right.length === 0) return { distance: 1, aligned: [] }
  const there = left.map((node) => nearest(node, right))
  const back = right.map((node) => nearest(node, left))
  const sum = [...there, ...back].reduce((s, n) => s + n.distance, 0)
  const aligned = [
    ...there.map((n) => [n.of, n.id] as const),
    ...back.filter((n) => !there.some((t) => t.id === n.of)).map((n) => [n.id, n.of] as const),
  ]
  return { distance: sum / (left.length + right.length), aligned }
}

type Node = { readonly id: string; readonly path: readonly string[] }

function nearest(
  node: Node,
  others: readonly Node[],
): { of: string; id: string; distance: number } {
  let best = { of: node.id, id: '', distance: Number.POSITIVE_INFINITY }
  for (const other of others) {
    const distance = nodeDistance(node.path, other.path)
    if (distance < best.distance) best = { of: node.id, id: other.id, distance }
  }
  return best
}
