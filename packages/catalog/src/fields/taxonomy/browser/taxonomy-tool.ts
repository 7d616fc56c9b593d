import type { FieldTool } from '../../../browser/kinds.ts'

export type TaxonomyConfig = {
  readonly taxonomy: string
  readonly version: number
  readonly mode: 'single' | 'multiple'
  readonly leavesOnly: boolean
}
export type TaxonomyAnswer = { readonly version: number; readonly nodes: readonly string[] }

/** Choose a node, or take it out when it was chosen. */
export function pick(
  config: TaxonomyConfig,
  value: TaxonomyAnswer | undefined,
  id: string,
): TaxonomyAnswer | undefined {
  const now = value?.nodes ?? []
  if (now.includes(id)) {
    const nodes = now.filter((n) => n !== id)
    return nodes.length === 0 ? undefined : { version: config.version, nodes }
  }
  return { version: config.version, nodes: config.mode === 'single' ? [id] : [...now, id] }
}

/** Last used first, without doubles, at most nine: they have the keys 1 to 9. */
export const remember = (recent: readonly string[], id: string): readonly string[] =>
  [id, ...recent.filter((r) => r !== id)].slice(0, 9)

/** The list state of the editor: which row the arrows stand on. */
export const moveCursor = (cursor: number, step: number, rows: number): number =>
  rows === 0 ? 0 : Math.max(0, Math.min(rows - 1, cursor + step))

/** The editor's search box takes the keys; the frame has none to give. */
export const taxonomyTool: FieldTool<TaxonomyConfig, TaxonomyAnswer> = {
  key: (_config, value, { code }) => {
    if (code !== 'Backspace' || value === undefined) return 'unhandled'
    const nodes = value.nodes.slice(0, -1)
    return { answer: nodes.length === 0 ? undefined : { version: value.version, nodes } }
  },
  hints: () => [
    { keys: ['अ a'], message: 'taxonomy.typeHint' },
    { keys: ['↑', '↓'], message: 'taxonomy.moveHint' },
    { keys: ['⏎'], message: 'taxonomy.pickHint' },
  ],
  complete: (config, value) => config.mode === 'single' && value !== undefined,
}
