import type { TaxonomyNode } from '../task-schema/schema.ts'

/**
 * Reads a taxonomy written as an outline, one node a line, two spaces deeper for each level:
 * `id | English title | Hindi title | alias, alias`.
 */
export function nodesOf(outline: string): TaxonomyNode[] {
  const above: string[] = []
  return outline
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const depth = (line.length - line.trimStart().length) / 2
      const [id = '', en = '', hi = '', aliases = ''] = line.split('|').map((cell) => cell.trim())
      const parent = above[depth - 1]
      above[depth] = id
      return {
        id,
        ...(parent && depth > 0 ? { parent } : {}),
        title: { en, hi },
        aliases: aliases.split(',').flatMap((a) => (a.trim() === '' ? [] : [a.trim()])),
      }
    })
}
