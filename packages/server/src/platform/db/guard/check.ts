/** Walks a statement: every query in it, with its own tables and its own conditions. */
import { bare, isValue, pinnedSources, qualifier } from './pins.ts'
import { Refusal } from './refusal.ts'
import { type Condition, readFrom, type Source, scopeOf } from './sources.ts'
import { isMark, isWord, split, splitAtCommas, startsQuery, type Token } from './tokens.ts'

type Around = { readonly ctes: ReadonlySet<string>; readonly names: ReadonlyMap<string, Source> }
type Tokens = readonly Token[]

const harmless = [
  'begin',
  'start',
  'commit',
  'end',
  'rollback',
  'abort',
  'savepoint',
  'release',
  'set',
  'show',
  'reset',
  'discard',
  'deallocate',
  'listen',
  'unlisten',
  'notify',
  'fetch',
  'close',
  'vacuum',
  'analyze',
  'checkpoint',
]
/** They run SQL the guard cannot see. */
const runsSql = [
  'ts_stat',
  'query_to_xml',
  'cursor_to_xml',
  'table_to_xml',
  'schema_to_xml',
  'database_to_xml',
  'dblink',
]
const column = 'project_id'
const nothing: Around = { ctes: new Set(), names: new Map() }

/** Check a whole text. Throws Refusal. */
export function checkStatements(tokens: Tokens): void {
  for (const statement of split(tokens, (t) => isMark(t, ';'))) {
    if (statement.length > 0) checkStatement(statement)
  }
}

function checkStatement(tokens: Tokens): void {
  if (isWord(tokens[0], ...harmless)) return
  if (isWord(tokens[0], 'explain')) {
    const rest = tokens
      .slice(1)
      .findIndex((t) => !isWord(t, 'analyze', 'verbose') && t.is !== 'group')
    checkStatement(tokens.slice(rest + 1))
  } else if (isWord(tokens[0], 'declare')) {
    checkQuery(tokens.slice(tokens.findIndex((t) => isWord(t, 'for')) + 1), nothing)
  } else if (isWord(tokens[0], 'copy')) checkCopy(tokens)
  else if (isWord(tokens[0], 'create') && isWord(tokens[1], 'temp', 'temporary'))
    checkTemporary(tokens)
  else if (startsQuery(tokens) || tokens[0]?.is === 'group') checkQuery(tokens, nothing)
  else throw new Refusal('this kind of statement is not for the program')
}

function checkTemporary(tokens: Tokens): void {
  const as = tokens.findIndex((t) => isWord(t, 'as'))
  if (as < 0) checkInner(tokens, nothing)
  else checkQuery(tokens.slice(as + 1), nothing)
}

function checkCopy(tokens: Tokens): void {
  if (tokens[1]?.is === 'group') {
    checkInner([tokens[1]], nothing)
    return
  }
  const target = readTarget(tokens, 1, nothing.ctes)
  if (target.source.kind === 'other') return
  if (!tokens.some((t) => isWord(t, 'from')))
    throw new Refusal(`COPY ${target.source.table} TO reads every project`)
  requireColumn(target.source, target.columns)
}

/**
 * A query with its CTEs and the arms of its set operations.
 * @param place which of its columns is written into a project_id, if it feeds an INSERT
 */
function checkQuery(tokens: Tokens, around: Around, place?: number): void {
  const { ctes, end } = readCtes(tokens, 0)
  const inside: Around = { ctes: new Set([...around.ctes, ...ctes]), names: around.names }
  checkInner(tokens.slice(0, end), inside)
  const body = tokens.slice(end)
  if (isWord(body[0], 'insert')) {
    checkInsert(body, inside)
    return
  }
  for (const arm of split(body, (t) => isWord(t, 'union', 'intersect', 'except'))) {
    checkArm(isWord(arm[0], 'all', 'distinct') ? arm.slice(1) : arm, inside, place)
  }
}

function readCtes(tokens: Tokens, from: number): { ctes: readonly string[]; end: number } {
  if (!isWord(tokens[from], 'with')) return { ctes: [], end: from }
  const ctes: string[] = []
  let at = from + 1
  if (isWord(tokens[at], 'recursive')) at++
  for (;;) {
    const name = tokens[at]
    if (name?.is !== 'word') throw new Refusal('a WITH that is not understood')
    let registered = true
    try {
      scopeOf(undefined, name.text, new Set())
    } catch {
      registered = false
    }
    if (registered) throw new Refusal(`a WITH must not be named like the table ${name.text}`)
    ctes.push(name.text)
    at++
    if (tokens[at]?.is === 'group') at++
    while (isWord(tokens[at], 'as', 'not', 'materialized')) at++
    if (tokens[at]?.is !== 'group') throw new Refusal('a WITH that is not understood')
    at++
    if (!isMark(tokens[at], ',')) return { ctes, end: at }
    at++
  }
}

/** Queries in brackets, however deep. */
function checkInner(tokens: Tokens, around: Around): void {
  for (const [i, token] of tokens.entries()) {
    if (token.is === 'word' && runsSql.includes(token.text) && tokens[i + 1]?.is === 'group')
      throw new Refusal(`${token.text} runs SQL that cannot be checked`)
    if (token.is !== 'group') continue
    if (startsQuery(token.inner)) checkQuery(token.inner, around)
    else if (token.inner.some((t) => isWord(t, 'union', 'intersect', 'except')))
      checkQuery(token.inner, around)
    else checkInner(token.inner, around)
  }
}

function checkArm(tokens: Tokens, around: Around, place: number | undefined): void {
  const first = tokens[0]
  if (isWord(first, 'select')) checkSelect(tokens, around, place)
  else if (isWord(first, 'update')) checkUpdate(tokens, around)
  else if (isWord(first, 'delete')) checkDelete(tokens, around)
  else if (isWord(first, 'values')) checkValues(tokens, around, place)
  else if (first?.is === 'group' && place !== undefined) {
    throw new Refusal('the rows of an INSERT must not be in brackets')
  } else if (first?.is === 'group') checkInner(tokens, around)
  else throw new Refusal('this kind of statement is not for the program')
}

function checkSelect(tokens: Tokens, around: Around, place: number | undefined): void {
  const from = tokens.findIndex(
    (t, i) =>
      isWord(t, 'from') &&
      !(isWord(tokens[i - 1], 'distinct') && isWord(tokens[i - 2], 'is', 'not')),
  )
  if (tokens.slice(0, from < 0 ? undefined : from).some((t) => isWord(t, 'into')))
    throw new Refusal('SELECT INTO makes a table')
  const list =
    from < 0
      ? { sources: [], conditions: [], end: tokens.length }
      : readFrom(tokens, from + 1, around.ctes)
  const names = requirePins({
    sources: list.sources,
    conditions: [...list.conditions, ...where(tokens, list.end, list.sources)],
    around,
  })
  if (place !== undefined) requireProject(splitAtCommas(selectList(tokens, from)), place)
  checkInner(tokens, { ctes: around.ctes, names })
}

const selectList = (tokens: Tokens, from: number): Tokens => {
  const end =
    from < 0
      ? tokens.findIndex((t, i) => isWord(t, 'where', 'on', 'returning', 'order', 'limit') && i > 0)
      : from
  const list = tokens.slice(1, end < 0 ? undefined : end)
  if (isWord(list[0], 'distinct') && isWord(list[1], 'on')) return list.slice(3)
  return isWord(list[0], 'all', 'distinct') ? list.slice(1) : list
}

function checkUpdate(tokens: Tokens, around: Around): void {
  const set = tokens.findIndex((t) => isWord(t, 'set'))
  if (set < 0) throw new Refusal('an UPDATE that is not understood')
  const target = readFrom(tokens.slice(0, set), 1, around.ctes)
  const from = tokens.findIndex(
    (t, i) => i > set && isWord(t, 'from') && !isWord(tokens[i - 1], 'distinct'),
  )
  const list =
    from < 0 ? { sources: [], conditions: [], end: set } : readFrom(tokens, from + 1, around.ctes)
  const until = from < 0 ? clause(tokens, set, ['where', 'returning']) : from
  if (target.sources[0]?.kind === 'project') refuseMove(tokens.slice(set + 1, until))
  const sources = [...target.sources, ...list.sources]
  const names = requirePins({
    sources,
    conditions: [...list.conditions, ...where(tokens, list.end, sources)],
    around,
  })
  checkInner(tokens, { ctes: around.ctes, names })
}

/** A row never changes its project. */
function refuseMove(assignments: Tokens): void {
  for (const one of splitAtCommas(assignments)) {
    const target = one[0]
    const named = target?.is === 'group' ? target.inner : target === undefined ? [] : [target]
    if (named.some((t) => t.is === 'word' && t.text === column))
      throw new Refusal('project_id of a row must not change')
  }
}

function checkDelete(tokens: Tokens, around: Around): void {
  if (!isWord(tokens[1], 'from')) throw new Refusal('a DELETE that is not understood')
  const using = tokens.findIndex((t) => isWord(t, 'using'))
  const target = readFrom(using < 0 ? tokens : tokens.slice(0, using), 2, around.ctes)
  const list =
    using < 0
      ? { sources: [], conditions: [], end: target.end }
      : readFrom(tokens, using + 1, around.ctes)
  const sources = [...target.sources, ...list.sources]
  const names = requirePins({
    sources,
    conditions: [...list.conditions, ...where(tokens, list.end, sources)],
    around,
  })
  checkInner(tokens, { ctes: around.ctes, names })
}

function checkValues(tokens: Tokens, around: Around, place: number | undefined): void {
  for (const row of tokens) {
    if (row.is === 'group' && place !== undefined) requireProject(splitAtCommas(row.inner), place)
    if (isWord(row, 'on', 'returning')) break
  }
  checkInner(tokens, around)
}

type Insert = { readonly source: Source; readonly body: number; readonly place: number | undefined }

function readInsert(tokens: Tokens, ctes: ReadonlySet<string>): Insert {
  if (!isWord(tokens[1], 'into')) throw new Refusal('an INSERT that is not understood')
  const target = readTarget(tokens, 2, ctes)
  const body = target.end
  if (target.source.kind === 'other') return { source: target.source, body, place: undefined }
  return { source: target.source, body, place: requireColumn(target.source, target.columns) }
}

function checkInsert(tokens: Tokens, around: Around): void {
  const { source, body, place } = readInsert(tokens, around.ctes)
  const at = isWord(tokens[body], 'overriding') ? body + 3 : body
  const conflict = tokens.findIndex(
    (t, i) => i >= at && isWord(t, 'on') && isWord(tokens[i + 1], 'conflict'),
  )
  const end = conflict < 0 ? clause(tokens, at, ['returning']) : conflict
  if (!isWord(tokens[at], 'default')) checkQuery(tokens.slice(at, end), around, place)
  else if (place !== undefined) throw new Refusal(`an INSERT into ${source.table} without values`)
  const tail = tokens.slice(end)
  const set = tail.findIndex((t) => isWord(t, 'set'))
  if (source.kind === 'other') {
    checkInner(tail, around)
    return
  }
  if (set >= 0) refuseMove(tail.slice(set + 1, clause(tail, set, ['where', 'returning'])))
  const names = new Map([...around.names, [source.alias, source], ['excluded', source]])
  checkInner(tail, { ctes: around.ctes, names })
}

/** `table [as alias] [(columns)]` of INSERT and COPY. */
function readTarget(
  tokens: Tokens,
  from: number,
  ctes: ReadonlySet<string>,
): { source: Source; columns: readonly string[]; end: number } {
  const first = tokens[from]
  const schema = first?.is === 'word' && isMark(tokens[from + 1], '.') ? first.text : undefined
  let at = schema === undefined ? from : from + 2
  const name = tokens[at]
  if (name?.is !== 'word') throw new Refusal('a table is expected')
  at++
  const kind = scopeOf(schema, name.text, ctes)
  let alias = name.text
  if (isWord(tokens[at], 'as')) {
    const given = tokens[at + 1]
    if (given?.is === 'word') alias = given.text
    at += 2
  }
  const list = tokens[at]
  const hasColumns = list?.is === 'group' && !startsQuery(list.inner)
  const columns = hasColumns ? list.inner.flatMap((t) => (t.is === 'word' ? [t.text] : [])) : []
  return { source: { alias, kind, table: name.text }, columns, end: hasColumns ? at + 1 : at }
}

function requireColumn(source: Source, columns: readonly string[]): number {
  const place = columns.indexOf(column)
  if (place < 0) throw new Refusal(`rows for ${source.table} without project_id among the columns`)
  return place
}

/** What is written into project_id: a value, or the project_id of something read. */
function requireProject(expressions: readonly Tokens[], place: number): void {
  if (expressions.slice(0, place).some((e) => isMark(e.at(-1), '*')))
    throw new Refusal('project_id must stand before any *')
  const all = expressions[place] ?? []
  const as = all.findIndex((t) => isWord(t, 'as'))
  const written = bare(as < 0 ? all : all.slice(0, as))
  if (!isValue(written) && qualifier(written) === undefined)
    throw new Refusal('project_id must be given as a value')
}

function clause(tokens: Tokens, from: number, words: readonly string[]): number {
  const at = tokens.findIndex((t, i) => i >= from && isWord(t, ...words))
  return at < 0 ? tokens.length : at
}

function where(tokens: Tokens, from: number, sources: readonly Source[]): readonly Condition[] {
  const start = clause(tokens, from, ['where'])
  if (start === tokens.length) return []
  const end = clause(tokens, start, [
    'group',
    'having',
    'window',
    'order',
    'limit',
    'offset',
    'fetch',
    'for',
    'returning',
  ])
  return [{ by: 'on', tokens: tokens.slice(start + 1, end), restricts: new Set(sources) }]
}

/** Every project table of this query must be pinned by this query. Gives the names its subqueries see. */
function requirePins(o: {
  sources: readonly Source[]
  conditions: readonly Condition[]
  around: Around
}): ReadonlyMap<string, Source> {
  const pinned = pinnedSources(o.conditions, { own: o.sources, around: o.around.names })
  const loose = o.sources.find((s) => s.kind === 'project' && !pinned.has(s))
  if (loose !== undefined) {
    throw new Refusal(
      `${loose.table}${loose.alias === loose.table ? '' : ` ${loose.alias}`} is not pinned to a project_id`,
    )
  }
  const names = new Map(o.around.names)
  for (const source of o.sources) {
    if (source.kind === 'project') names.set(source.alias, source)
    else names.delete(source.alias)
  }
  return names
}
