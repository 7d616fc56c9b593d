/** Which sources a set of conditions ties to one project. */
import type { Condition, Source } from './sources.ts'
import { isMark, isWord, split, splitAtCommas, startsQuery, type Token } from './tokens.ts'

/** Looks a name up: own sources first, then those around. */
export type Names = {
  readonly own: readonly Source[]
  /** Project tables of the statements around, pinned there. */
  readonly around: ReadonlyMap<string, Source>
}

const column = 'project_id'

type Side =
  | { readonly is: 'value' }
  | { readonly is: 'pinned' }
  | { readonly is: 'source'; readonly source: Source }

/** The sources among `names.own` that are tied to a project by a value, or by equality with one that is. */
export function pinnedSources(conditions: readonly Condition[], names: Names): ReadonlySet<Source> {
  const pinned = new Set<Source>()
  const links: { readonly from: Source; readonly to: Source }[] = []
  const join = (a: Side, b: Side, restricts: ReadonlySet<Source>) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (one.is !== 'source' || !restricts.has(one.source)) continue
      if (other.is === 'source') links.push({ from: other.source, to: one.source })
      else pinned.add(one.source)
    }
  }
  for (const condition of conditions) {
    if (condition.by === 'using') {
      if (!condition.columns.includes(column)) continue
      for (const left of condition.left) {
        if (left.kind !== 'project') continue
        for (const right of condition.right)
          join({ is: 'source', source: left }, { is: 'source', source: right }, condition.restricts)
      }
      continue
    }
    for (const [a, b] of equalities(condition.tokens)) {
      const left = sideOf(a, names)
      const right = sideOf(b, names)
      if (left !== undefined && right !== undefined) join(left, right, condition.restricts)
    }
  }
  for (let grew = true; grew; ) {
    grew = false
    for (const { from, to } of links) {
      if (!pinned.has(from) || pinned.has(to) || from.kind !== 'project') continue
      pinned.add(to)
      grew = true
    }
  }
  return pinned
}

/** The equalities that must all hold: parts of a conjunction, never below OR or NOT. */
function equalities(
  tokens: readonly Token[],
): readonly (readonly [readonly Token[], readonly Token[]])[] {
  if (tokens.some((t) => isWord(t, 'or'))) return []
  let between = false
  const parts = split(tokens, (token) => {
    if (isWord(token, 'between')) between = true
    if (!isWord(token, 'and')) return false
    const separates = !between
    between = false
    return separates
  })
  return parts.flatMap((part) => {
    const only = part[0]
    if (part.length === 1 && only?.is === 'group') {
      return only.open === '(' && !startsQuery(only.inner) ? equalities(only.inner) : []
    }
    const sides = split(part, (t) => isMark(t, '='))
    const [a, b] = sides
    return sides.length === 2 && a !== undefined && b !== undefined ? pairs(a, b) : []
  })
}

/** `(a, b) = (c, d)` is two equalities. */
function pairs(
  a: readonly Token[],
  b: readonly Token[],
): readonly (readonly [readonly Token[], readonly Token[]])[] {
  const [left, right] = [rowOf(a), rowOf(b)]
  if (left === undefined || right === undefined || left.length !== right.length) return [[a, b]]
  return left.flatMap((one, i) => {
    const other = right[i]
    return other === undefined ? [] : [[one, other] as const]
  })
}

function rowOf(tokens: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const only =
    tokens.length === 2 && isWord(tokens[0], 'row')
      ? tokens[1]
      : tokens.length === 1
        ? tokens[0]
        : undefined
  return only?.is === 'group' && only.open === '(' && !startsQuery(only.inner)
    ? splitAtCommas(only.inner)
    : undefined
}

/** Without casts and brackets around the whole. */
export function bare(tokens: readonly Token[]): readonly Token[] {
  const only = tokens[0]
  if (tokens.length === 1 && only?.is === 'group' && only.open === '(' && !startsQuery(only.inner))
    return bare(only.inner)
  const cast = tokens.findIndex((t) => isMark(t, '::'))
  const type = tokens[cast + 1]
  return cast > 0 && tokens.length === cast + 2 && type?.is === 'word'
    ? bare(tokens.slice(0, cast))
    : tokens
}

export const isValue = (tokens: readonly Token[]): boolean =>
  tokens.length === 1 && (tokens[0]?.is === 'parameter' || tokens[0]?.is === 'text')

/** The name before `.project_id`; `null` when it stands alone; undefined when it is something else. */
export function qualifier(tokens: readonly Token[]): string | null | undefined {
  const last = tokens.at(-1)
  if (last?.is !== 'word' || last.text !== column) return undefined
  if (tokens.length === 1) return null
  const [name, dot] = tokens.slice(-3)
  if (name?.is !== 'word' || !isMark(dot, '.')) return undefined
  const schema = tokens.slice(0, -3)
  const plain =
    schema.length === 0 ||
    (schema.length === 2 && isWord(schema[0], 'public') && isMark(schema[1], '.'))
  return plain ? name.text : undefined
}

function sideOf(tokens: readonly Token[], names: Names): Side | undefined {
  const plain = bare(tokens)
  if (isValue(plain)) return { is: 'value' }
  const name = qualifier(plain)
  if (name === undefined) return undefined
  if (name === null) {
    const [only, second] = names.own.filter((s) => s.kind === 'project')
    return only !== undefined && second === undefined ? { is: 'source', source: only } : undefined
  }
  const own = names.own.find((s) => s.alias === name)
  if (own !== undefined) return own.kind === 'project' ? { is: 'source', source: own } : undefined
  return names.around.has(name) ? { is: 'pinned' } : undefined
}
