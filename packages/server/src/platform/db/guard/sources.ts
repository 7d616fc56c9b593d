/** What a FROM list (or an UPDATE, DELETE target) reads, and the conditions of its joins. */
import { tableScope } from '../registry.ts'
import { Refusal } from './refusal.ts'
import { isMark, isWord, startsQuery, type Token } from './tokens.ts'

/** `project`: must be pinned. `other`: an instance table, a CTE, a subquery, a function. */
export type Source = {
  readonly alias: string
  readonly kind: 'project' | 'other'
  readonly table: string
}

/** A condition that must hold for rows of the sources it `restricts`. */
export type Condition =
  | {
      readonly by: 'on'
      readonly tokens: readonly Token[]
      readonly restricts: ReadonlySet<Source>
    }
  | {
      readonly by: 'using'
      readonly columns: readonly string[]
      readonly left: ReadonlySet<Source>
      readonly right: ReadonlySet<Source>
      readonly restricts: ReadonlySet<Source>
    }

export type FromList = {
  readonly sources: readonly Source[]
  readonly conditions: readonly Condition[]
  readonly end: number
}

const openSchemas = ['graphile_worker', 'pg_catalog', 'information_schema', 'pg_temp']
const afterSource = [
  'where',
  'join',
  'inner',
  'left',
  'right',
  'full',
  'cross',
  'natural',
  'on',
  'using',
  'group',
  'order',
  'having',
  'limit',
  'offset',
  'fetch',
  'for',
  'window',
  'set',
  'returning',
  'tablesample',
  'values',
  'select',
  'default',
  'overriding',
  'with',
  'as',
  'union',
  'intersect',
  'except',
  'when',
  'lateral',
  'from',
]
const endsList = [
  'where',
  'group',
  'order',
  'having',
  'limit',
  'offset',
  'fetch',
  'for',
  'window',
  'set',
  'returning',
  'select',
  'values',
  'union',
  'intersect',
  'except',
  'from',
]

/** Scope of a table by its written name. Throws Refusal when nobody has classified it. */
export function scopeOf(
  schema: string | undefined,
  name: string,
  ctes: ReadonlySet<string>,
): Source['kind'] {
  if (schema !== undefined && openSchemas.includes(schema)) return 'other'
  if (schema !== undefined && schema !== 'public') throw new Refusal(`unknown schema ${schema}`)
  if (schema === undefined && ctes.has(name)) return 'other'
  const scope = tableScope(name)
  if (scope === 'project') return 'project'
  if (scope === 'instance' || (schema === undefined && name.startsWith('pg_'))) return 'other'
  throw new Refusal(`the table ${name} is not in the registry`)
}

type Join = 'inner' | 'left' | 'outer'

/** Read a list of sources that begins at `from`. */
export function readFrom(
  tokens: readonly Token[],
  from: number,
  ctes: ReadonlySet<string>,
): FromList {
  const sources: Source[] = []
  const conditions: Condition[] = []
  let at = from
  let join: Join = 'inner'
  let right: readonly Source[] = []
  let awaitsCondition = false
  let unconditional = false
  const take = () => {
    const one = readSource(tokens, at, ctes)
    sources.push(...one.sources)
    conditions.push(...one.conditions)
    right = one.sources
    at = one.end
  }
  const restricted = (): ReadonlySet<Source> =>
    new Set(join === 'inner' ? sources : join === 'left' ? right : [])
  take()
  while (at < tokens.length) {
    const token = tokens[at]
    if (isMark(token, ',')) {
      at++
      join = 'inner'
      take()
    } else if (isWord(token, 'join')) {
      // A join within a join without brackets: whose ON restricts what is not worth telling apart.
      if (awaitsCondition) throw new Refusal('every join needs its ON before the next')
      awaitsCondition = !unconditional
      unconditional = false
      at++
      take()
    } else if (isWord(token, 'inner', 'cross', 'natural')) {
      join = 'inner'
      unconditional ||= isWord(token, 'cross', 'natural')
      at++
    } else if (isWord(token, 'left', 'right', 'full')) {
      join = isWord(token, 'left') ? 'left' : 'outer'
      at++
    } else if (isWord(token, 'outer')) {
      at++
    } else if (isWord(token, 'on') && !isWord(tokens[at + 1], 'conflict')) {
      const end = endOfCondition(tokens, at + 1)
      conditions.push({ by: 'on', tokens: tokens.slice(at + 1, end), restricts: restricted() })
      at = end
      join = 'inner'
      awaitsCondition = false
    } else if (isWord(token, 'using')) {
      const columns = tokens[at + 1]
      if (columns?.is !== 'group') break
      const names = columns.inner.flatMap((t) => (t.is === 'word' ? [t.text] : []))
      const left = new Set(sources.filter((s) => !right.includes(s)))
      conditions.push({
        by: 'using',
        columns: names,
        left,
        right: new Set(right),
        restricts: restricted(),
      })
      at += 2
      if (isWord(tokens[at], 'as')) at += 2
      join = 'inner'
      awaitsCondition = false
    } else if (isWord(token, 'tablesample')) {
      at += 3
      if (isWord(tokens[at], 'repeatable')) at += 2
    } else break
  }
  const next = tokens[at]
  if (next !== undefined && !isMark(next, ';') && !isWord(next, ...endsList, 'on', 'using')) {
    throw new Refusal('the list of tables is not understood')
  }
  return { sources, conditions, end: at }
}

function endOfCondition(tokens: readonly Token[], from: number): number {
  let at = from
  while (at < tokens.length) {
    const token = tokens[at]
    if (isMark(token, ',') || isWord(token, 'join', 'inner', 'cross', 'natural', ...endsList)) {
      // `is distinct from` and functions called left or right are no joins.
      if (!(isWord(token, 'from') && isWord(tokens[at - 1], 'distinct'))) return at
    }
    if (isWord(token, 'left', 'right', 'full') && isWord(tokens[at + 1], 'join', 'outer')) return at
    if (isWord(token, 'on') && isWord(tokens[at + 1], 'conflict')) return at
    at++
  }
  return at
}

function readSource(tokens: readonly Token[], from: number, ctes: ReadonlySet<string>): FromList {
  let at = from
  while (isWord(tokens[at], 'lateral', 'only')) at++
  const first = tokens[at]
  if (first?.is === 'group') {
    const alias = readAlias(tokens, at + 1)
    if (
      startsQuery(first.inner) ||
      (first.inner[0]?.is === 'group' && isSetOperation(first.inner))
    ) {
      return {
        sources: [{ alias: alias.name ?? '', kind: 'other', table: '' }],
        conditions: [],
        end: alias.end,
      }
    }
    const inner = readFrom(first.inner, 0, ctes)
    if (inner.end < first.inner.length) throw new Refusal('the list of tables is not understood')
    if (alias.name !== undefined) throw new Refusal('a join in brackets must not have a name')
    return { ...inner, end: at + 1 }
  }
  if (first?.is !== 'word') throw new Refusal('a table is expected')
  const schema = isMark(tokens[at + 1], '.') ? first.text : undefined
  const named = schema === undefined ? first : tokens[at + 2]
  if (named?.is !== 'word') throw new Refusal('a table is expected')
  at += schema === undefined ? 1 : 3
  if (isMark(tokens[at], '.')) throw new Refusal('a table is named by its schema and name at most')
  if (tokens[at]?.is === 'group') {
    at++
    if (isWord(tokens[at], 'with') && isWord(tokens[at + 1], 'ordinality')) at += 2
    const alias = readAlias(tokens, at)
    return {
      sources: [{ alias: alias.name ?? named.text, kind: 'other', table: '' }],
      conditions: [],
      end: alias.end,
    }
  }
  if (isMark(tokens[at], '*')) at++
  const kind = scopeOf(schema, named.text, ctes)
  const alias = readAlias(tokens, at)
  if (kind === 'project' && alias.renamesColumns)
    throw new Refusal(`columns of ${named.text} must keep their names`)
  return {
    sources: [{ alias: alias.name ?? named.text, kind, table: named.text }],
    conditions: [],
    end: alias.end,
  }
}

const isSetOperation = (tokens: readonly Token[]): boolean =>
  (tokens[0]?.is === 'group' && startsQuery(tokens[0].inner)) ||
  tokens.some((t) => isWord(t, 'union', 'intersect', 'except'))

function readAlias(
  tokens: readonly Token[],
  from: number,
): { name: string | undefined; renamesColumns: boolean; end: number } {
  let at = from
  const spelled = isWord(tokens[at], 'as')
  if (spelled) at++
  const token = tokens[at]
  let name: string | undefined
  if (token?.is === 'word' && (token.quoted || spelled || !afterSource.includes(token.text))) {
    name = token.text
    at++
  }
  const renamesColumns = (name !== undefined || spelled) && tokens[at]?.is === 'group'
  if (renamesColumns) at++
  return { name, renamesColumns, end: at }
}
