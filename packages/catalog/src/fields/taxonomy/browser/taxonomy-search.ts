import type { Locale } from '@kasauti/core'
import { localText } from '@kasauti/core'
import type { TaxonomyNode } from '../../../task-schema/schema.ts'
import { fold, skeleton } from './fold.ts'

/** A taxonomy made ready for searching and browsing, once per version. */
export type TaxonomyIndex = {
  readonly nodes: readonly TaxonomyNode[]
  readonly byId: ReadonlyMap<string, TaxonomyNode>
  readonly children: ReadonlyMap<string | undefined, readonly TaxonomyNode[]>
  /** Folded titles of each node, each between line breaks; the same for all names (titles and aliases). */
  readonly titles: readonly string[]
  readonly names: readonly string[]
  readonly skeletons: readonly string[]
}

/** Every name between line breaks, every word after a space or a break: prefixes are found by `includes`. */
const lines = (names: readonly string[]) => `\n${names.join('\n')}\n`

type Folded = {
  readonly titles: string[]
  readonly names: string[]
  readonly skeletons: string[]
}

function foldNode(node: TaxonomyNode, into: Folded): void {
  const titles = [node.title.en, ...(node.title.hi ? [node.title.hi] : [])]
  const names = [...titles, ...(node.aliases ?? [])]
  into.titles.push(lines(titles.map(fold)))
  into.names.push(lines(names.map(fold)))
  into.skeletons.push(lines(names.map(skeleton)))
}

function indexed(nodes: readonly TaxonomyNode[], folded: Folded): TaxonomyIndex {
  const children = new Map<string | undefined, TaxonomyNode[]>()
  for (const node of nodes) {
    const siblings = children.get(node.parent)
    if (siblings) siblings.push(node)
    else children.set(node.parent, [node])
  }
  return { nodes, byId: new Map(nodes.map((n) => [n.id, n])), children, ...folded }
}

export function indexTaxonomy(nodes: readonly TaxonomyNode[]): TaxonomyIndex {
  const folded: Folded = { titles: [], names: [], skeletons: [] }
  for (const node of nodes) foldNode(node, folded)
  return indexed(nodes, folded)
}

/** The same in slices of about 8 ms, with a pause between them, so that the page stays responsive. */
export async function indexInSlices(
  nodes: readonly TaxonomyNode[],
  pause: () => Promise<void>,
): Promise<TaxonomyIndex> {
  const folded: Folded = { titles: [], names: [], skeletons: [] }
  let until = performance.now() + 8
  for (const node of nodes) {
    foldNode(node, folded)
    if (performance.now() < until) continue
    await pause()
    until = performance.now() + 8
  }
  return indexed(nodes, folded)
}

/** How well a folded phrase fits a node: lower is better, `undefined` is no match. */
function fit(index: TaxonomyIndex, at: number, phrase: string, bones: string): number | undefined {
  const titles = index.titles[at] ?? ''
  const names = index.names[at] ?? ''
  if (names.includes(phrase)) {
    if (titles.includes(`\n${phrase}\n`)) return 0
    if (names.includes(`\n${phrase}\n`)) return 1
    if (titles.includes(`\n${phrase}`)) return 2
    if (titles.includes(` ${phrase}`)) return 3
    if (names.includes(`\n${phrase}`)) return 4
    return names.includes(` ${phrase}`) ? 5 : 8
  }
  if (bones.length < 2) return undefined
  const skeletons = index.skeletons[at] ?? ''
  if (skeletons.includes(`\n${bones}`)) return 6
  return skeletons.includes(` ${bones}`) ? 7 : undefined
}

type Query = { readonly phrase: string; readonly bones: string }

function score(
  index: TaxonomyIndex,
  at: number,
  whole: Query,
  words: readonly Query[],
): number | undefined {
  const asWhole = fit(index, at, whole.phrase, whole.bones)
  if (asWhole !== undefined || words.length < 2) return asWhole
  let sum = 10
  for (const word of words) {
    const one = fit(index, at, word.phrase, word.bones)
    if (one === undefined) return undefined
    sum += one
  }
  return sum
}

/**
 * The best `limit` nodes for what was typed, best first: exact, prefix and word matches of titles,
 * then of aliases, then Roman spellings of Hindi, then anywhere. Order of the taxonomy among equals.
 * One pass over all nodes, no allocation per node that does not match.
 */
export function searchTaxonomy(
  index: TaxonomyIndex,
  typed: string,
  options: { readonly limit: number; readonly leavesOnly: boolean },
): readonly TaxonomyNode[] {
  const query = (phrase: string): Query => ({
    phrase,
    bones: /\p{Script=Latin}/u.test(phrase) ? skeleton(phrase) : '',
  })
  const phrase = fold(typed)
  if (phrase === '') return []
  const words = phrase.split(' ').map(query)
  const whole = query(phrase)
  const byScore: TaxonomyNode[][] = []
  for (let i = 0; i < index.nodes.length; i++) {
    const node = index.nodes[i]
    if (node === undefined || (options.leavesOnly && index.children.has(node.id))) continue
    const s = score(index, i, whole, words)
    if (s === undefined) continue
    byScore[s] ??= []
    byScore[s].push(node)
  }
  return byScore.flat().filter(Boolean).slice(0, options.limit)
}

/** Titles from the root to the node's parent. Stops at a cycle or a missing parent. */
export function pathAbove(
  index: TaxonomyIndex,
  node: TaxonomyNode,
  locale: Locale,
): readonly string[] {
  const above: string[] = []
  const seen = new Set([node.id])
  for (let id = node.parent; id !== undefined && !seen.has(id); ) {
    const parent = index.byId.get(id)
    if (parent === undefined) break
    seen.add(id)
    above.unshift(localText(parent.title, locale))
    id = parent.parent
  }
  return above
}

export type TreeRow = {
  readonly node: TaxonomyNode
  readonly depth: number
  readonly open: boolean | undefined
}

/** The rows of the tree with some branches open; `open` is undefined on leaves. */
export function treeRows(index: TaxonomyIndex, opened: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = []
  const walk = (parent: string | undefined, depth: number) => {
    for (const node of index.children.get(parent) ?? []) {
      const branch = index.children.has(node.id)
      const open = branch ? opened.has(node.id) : undefined
      rows.push({ node, depth, open })
      if (open === true && depth < 60) walk(node.id, depth + 1)
    }
  }
  walk(undefined, 0)
  return rows
}

/** A title in parts, those that match what was typed marked. Offsets follow folding, character by character. */
export function highlight(
  title: string,
  typed: string,
): readonly { readonly text: string; readonly hit: boolean }[] {
  const words = fold(typed).split(' ').filter(Boolean)
  const marks = [...new Intl.Segmenter('hi').segment(title)].map((g) => g.segment)
  const folded = marks.map((g) => fold(g))
  const hits = new Set<number>()
  for (const word of words) {
    for (let start = 0; start < marks.length; start++) {
      let got = ''
      for (let end = start; end < marks.length && got.length < word.length; end++) {
        got += folded[end] ?? ''
        if (folded[end] === '' || !(word.startsWith(got) || got.startsWith(word))) break
        if (got.startsWith(word)) for (let k = start; k <= end; k++) hits.add(k)
      }
    }
  }
  const parts: { text: string; hit: boolean }[] = []
  marks.forEach((text, i) => {
    const last = parts.at(-1)
    if (last && last.hit === hits.has(i)) last.text += text
    else parts.push({ text, hit: hits.has(i) })
  })
  return parts
}
