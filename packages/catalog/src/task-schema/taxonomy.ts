import { codedProblem, localText, type Problem } from '@kasauti/core'
import type { TaxonomyTree } from '../kinds.ts'
import { unstorables } from './problems.ts'
import type { TaxonomyNode } from './schema.ts'

const deepest = 32
const nodeLimit = 50_000

/** What is wrong with a taxonomy: `nodes.3.parent` and why; nothing if it is a tree or several. */
export function checkTaxonomy(nodes: readonly TaxonomyNode[]): Problem[] {
  return wrongIn(nodes).map(codedProblem)
}

function wrongIn(nodes: readonly TaxonomyNode[]): Problem[] {
  if (nodes.length === 0) return [{ path: 'nodes', message: 'must have at least 1 node' }]
  if (nodes.length > nodeLimit) {
    return [{ path: 'nodes', message: `must have at most ${nodeLimit} nodes` }]
  }
  const byId = new Map(nodes.map((n) => [n.id, n]))
  const seen = new Map<string, number>()
  return nodes.flatMap((node, i) => {
    const path = `nodes.${i}`
    const first = seen.get(node.id)
    seen.set(node.id, first ?? i)
    const named = first === undefined ? nameProblem(node.id) : `is the id of nodes.${first} already`
    const placed = parentProblem(node, byId)
    return [
      ...(named ? [{ path: `${path}.id`, message: named }] : []),
      ...(placed ? [{ path: `${path}.parent`, message: placed }] : []),
      ...unstorables(node, path),
    ]
  })
}

function nameProblem(id: string): string | undefined {
  if (/[|/\p{Cc}]/u.test(id)) return 'must not contain | / or control characters'
  return id === id.trim() ? undefined : 'must not begin or end with a space'
}

function parentProblem(
  node: TaxonomyNode,
  byId: ReadonlyMap<string, TaxonomyNode>,
): string | undefined {
  if (node.parent === undefined) return undefined
  if (!byId.has(node.parent)) return `there is no node ${node.parent}`
  let above = byId.get(node.parent)
  for (let depth = 1; above; depth++) {
    if (above.id === node.id) return 'leads back to the node itself'
    if (depth >= deepest) return `is deeper than ${deepest} levels`
    above = above.parent === undefined ? undefined : byId.get(above.parent)
  }
  return undefined
}

/** Indexes a checked taxonomy. A parent may stand after its children. */
export function taxonomyTree(nodes: readonly TaxonomyNode[]): TaxonomyTree {
  const byId = new Map(nodes.map((n) => [n.id, n]))
  const parents = new Set(nodes.map((n) => n.parent))
  return {
    has: (id) => byId.has(id),
    isLeaf: (id) => byId.has(id) && !parents.has(id),
    path: (id) => {
      const path: string[] = []
      let node = byId.get(id)
      while (node && path.length <= deepest) {
        path.unshift(node.id)
        node = node.parent === undefined ? undefined : byId.get(node.parent)
      }
      return path
    },
    title: (id, locale) => {
      const node = byId.get(id)
      return node ? localText(node.title, locale) : id
    },
  }
}
