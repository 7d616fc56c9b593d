/** Reads a taxonomy as people have it: JSON, CSV/TSV with a header, or indented lines. */
import { checkTaxonomy, parseWith, TaxonomyNode } from '@kasauti/catalog'
import type { Problem } from '@kasauti/core'

type TaxonomyShape = 'json' | 'table' | 'indented'
export type ReadTaxonomy = {
  readonly shape: TaxonomyShape
  readonly nodes: readonly TaxonomyNode[]
  readonly problems: readonly Problem[]
}

/** Cells of delimited text (RFC 4180: quotes, doubled quotes, line breaks inside quotes). */
function cells(text: string, delimiter: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted: 'no' | 'yes' = 'no'
  const endCell = () => {
    rows.at(-1)?.push(cell)
    cell = ''
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted === 'yes') {
      if (c !== '"') cell += c
      else if (text[i + 1] === '"') {
        cell += '"'
        i++
      } else quoted = 'no'
    } else if (c === '"' && cell === '') quoted = 'yes'
    else if (c === delimiter) endCell()
    else if (c === '\n') {
      endCell()
      rows.push([])
    } else if (c !== '\r') cell += c
  }
  endCell()
  return rows.filter((r) => r.some((x) => x.trim() !== ''))
}

const names: Readonly<Record<string, string>> = {
  id: 'id',
  key: 'id',
  code: 'id',
  parent: 'parent',
  parent_id: 'parent',
  parentid: 'parent',
  en: 'en',
  title: 'en',
  title_en: 'en',
  name: 'en',
  label: 'en',
  hi: 'hi',
  title_hi: 'hi',
  hindi: 'hi',
  aliases: 'aliases',
  alias: 'aliases',
  synonyms: 'aliases',
}
const splitAliases = (text: string) =>
  text
    .split(/[|;]/)
    .map((a) => a.trim())
    .filter(Boolean)
    .slice(0, 20)

function node(part: {
  id: string
  parent?: string
  en: string
  hi?: string
  aliases?: string
}): TaxonomyNode {
  const aliases = splitAliases(part.aliases ?? '')
  return {
    id: part.id,
    ...(part.parent ? { parent: part.parent } : {}),
    title: part.hi ? { en: part.en || part.hi, hi: part.hi } : { en: part.en },
    ...(aliases.length > 0 ? { aliases } : {}),
  }
}

function readTable(text: string): Pick<ReadTaxonomy, 'nodes' | 'problems'> {
  const head = text.slice(0, text.indexOf('\n') < 0 ? text.length : text.indexOf('\n'))
  const delimiter = ['\t', ';', ','].find((d) => head.includes(d)) ?? ','
  const [header = [], ...rows] = cells(text, delimiter)
  const columns = header.map((h) => names[h.trim().toLowerCase()])
  if (!columns.includes('id') || !columns.includes('en'))
    return {
      nodes: [],
      problems: [
        {
          path: 'row 1',
          message: 'the header needs the columns id and en (also read: parent, hi, aliases)',
        },
      ],
    }
  const nodes = rows.map((row) => {
    const at = (name: string) => row[columns.indexOf(name)]?.trim() ?? ''
    return node({
      id: at('id'),
      parent: at('parent'),
      en: at('en'),
      hi: at('hi'),
      aliases: at('aliases'),
    })
  })
  return { nodes, problems: [] }
}

/** An id from a title: Latin letters and digits, else the letters as they are. */
const slug = (title: string): string => {
  const latin = title
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return (latin || title.replaceAll(/[\s|/]+/g, '-')).slice(0, 30)
}

/** Lines, a deeper indentation is a child: `English = हिन्दी | alias, alias`. */
function readIndented(text: string): Pick<ReadTaxonomy, 'nodes' | 'problems'> {
  const nodes: TaxonomyNode[] = []
  const above: { depth: number; id: string }[] = []
  const taken = new Set<string>()
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === '') continue
    const depth = (/^[\t ]*/.exec(line)?.[0] ?? '').replaceAll('\t', '    ').length
    while ((above.at(-1)?.depth ?? -1) >= depth) above.pop()
    const [titles = '', aliases] = line
      .trim()
      .replace(/^[-*•]\s+/, '')
      .split('|')
    const [en = '', hi] = titles.split('=').map((x) => x.trim())
    const parent = above.at(-1)?.id
    const stem = parent ? `${parent}.${slug(en)}`.slice(-70) : slug(en)
    let id = stem
    for (let n = 2; taken.has(id); n++) id = `${stem}-${n}`
    taken.add(id)
    above.push({ depth, id })
    nodes.push(
      node({
        id,
        ...(parent ? { parent } : {}),
        en,
        ...(hi ? { hi } : {}),
        aliases: aliases?.replaceAll(',', '|') ?? '',
      }),
    )
  }
  return { nodes, problems: [] }
}

function readJson(text: string): Pick<ReadTaxonomy, 'nodes' | 'problems'> {
  try {
    const raw: unknown = JSON.parse(text)
    const rows = Array.isArray(raw) ? raw : (raw as { nodes?: unknown } | null)?.nodes
    if (!Array.isArray(rows))
      return {
        nodes: [],
        problems: [{ path: '', message: 'must be a list of nodes, or { nodes: [...] }' }],
      }
    return { nodes: rows as TaxonomyNode[], problems: [] }
  } catch {
    return { nodes: [], problems: [{ path: '', message: 'is not JSON' }] }
  }
}

function shapeOf(text: string): TaxonomyShape {
  const start = text.trimStart()
  if (start.startsWith('[') || start.startsWith('{')) return 'json'
  const head = start.split('\n', 1)[0]?.toLowerCase() ?? ''
  return /(^|[\t,;])\s*"?id"?\s*([\t,;]|$)/.test(head) ? 'table' : 'indented'
}

/** Nodes with everything that is wrong with them. Only a reading without problems can be published. */
export function readTaxonomy(raw: string): ReadTaxonomy {
  const text = raw.replace(/^\ufeff/, '')
  const shape = shapeOf(text)
  const read =
    shape === 'json' ? readJson(text) : shape === 'table' ? readTable(text) : readIndented(text)
  if (read.problems.length > 0) return { shape, ...read }
  const wrong = read.nodes.flatMap((n, i) => {
    const parsed = parseWith(TaxonomyNode, n, `nodes.${i}`)
    return 'problems' in parsed ? parsed.problems.slice(0, 1) : []
  })
  return {
    shape,
    nodes: read.nodes,
    problems: wrong.length > 0 ? wrong : checkTaxonomy(read.nodes),
  }
}

/** Numbers that tell whether the file was read as meant. */
export function taxonomyFigures(nodes: readonly TaxonomyNode[]) {
  const parents = new Set(nodes.map((n) => n.parent).filter((p) => p !== undefined))
  const depths = new Map<string, number>()
  const byId = new Map(nodes.map((n) => [n.id, n]))
  const depth = (n: TaxonomyNode, left = 64): number => {
    const known = depths.get(n.id)
    if (known !== undefined) return known
    const parent = n.parent === undefined ? undefined : byId.get(n.parent)
    const d = parent && left > 0 ? depth(parent, left - 1) + 1 : 1
    depths.set(n.id, d)
    return d
  }
  return {
    nodes: nodes.length,
    roots: nodes.filter((n) => n.parent === undefined).length,
    leaves: nodes.filter((n) => !parents.has(n.id)).length,
    levels: nodes.reduce((max, n) => Math.max(max, depth(n)), 0),
    hindi: nodes.filter((n) => n.title.hi).length,
  }
}
