import type { WireOutput } from '@kasauti/contract'
import { type Locale, localText } from '@kasauti/core'
import { titleIn } from '../../parts/index.ts'

type Field = WireOutput<'schema.get'>['schema']['fields'][number]
export type Choice = { readonly value: string; readonly label: string }

type Node = {
  readonly id: string
  readonly parent?: string | undefined
  readonly title: Parameters<typeof localText>[0]
}

/** The nodes of a taxonomy by their paths of titles: `Sports › Cricket`. */
export function nodeChoices(nodes: readonly Node[], locale: Locale): Choice[] {
  const byId = new Map(nodes.map((n) => [n.id, n]))
  const paths = new Map<string, string>()
  const pathOf = (node: Node, left: number): string => {
    const known = paths.get(node.id)
    if (known !== undefined) return known
    const above = node.parent === undefined || left === 0 ? undefined : byId.get(node.parent)
    const title = localText(node.title, locale)
    const path = above ? `${pathOf(above, left - 1)} › ${title}` : title
    paths.set(node.id, path)
    return path
  }
  return nodes.map((node) => ({ value: node.id, label: pathOf(node, deepest) }))
}
const deepest = 40

/**
 * Values to offer for a field's filter, read from its config: the options of a choice, the levels of
 * a rating. Empty for kinds that list none; then the value is typed.
 */
export function answerChoices(field: Field, locale: Locale): Choice[] {
  const listed = field.config?.['options'] ?? field.config?.['levels']
  if (!Array.isArray(listed)) return []
  return listed.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('value' in one)) return []
    const value = String(one.value)
    const title = titleIn('title' in one ? one.title : undefined, locale) ?? value
    return [{ value, label: title === value ? value : `${value} · ${title}` }]
  })
}
