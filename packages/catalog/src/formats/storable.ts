/** What the database cannot keep and what would be dangerous to handle, found in a parsed value. */

/** Deeper JSON than this is a bomb, not data. */
const deepest = 100

const badText = (text: string): string | undefined => {
  if (text.includes('\0')) return 'has a NUL character (U+0000)'
  return text.isWellFormed() ? undefined : 'has half a character (a lone surrogate)'
}

type TextCheck = (text: string) => string | undefined
const anyText: TextCheck = () => undefined

function lookAt(value: unknown, depth: number, check: TextCheck): string | undefined {
  if (typeof value === 'string') return check(value)
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > deepest) return `is nested more than ${deepest} levels deep`
  if (Array.isArray(value)) {
    for (const part of value) {
      const bad = lookAt(part, depth + 1, check)
      if (bad) return bad
    }
    return undefined
  }
  for (const key in value) {
    const bad = key === '__proto__' ? 'has a key named __proto__' : check(key)
    if (bad) return bad
    const inside = lookAt((value as Record<string, unknown>)[key], depth + 1, check)
    if (inside) return inside
  }
  return undefined
}

/**
 * Why a value cannot be kept: NUL characters and lone surrogates (PostgreSQL refuses them in jsonb and
 * text), a `__proto__` key, nesting deeper than 100. `undefined` if it can. Ends like "has a NUL character".
 */
const unstorable = (value: unknown): string | undefined => lookAt(value, 1, badText)

/** Nesting of JSON text without parsing it, brackets in strings not counted; stops past `deepest`. */
function tooDeep(json: string): boolean {
  let depth = 0
  for (let i = 0; i < json.length; i++) {
    const c = json.charCodeAt(i)
    if (c === 34) {
      for (i++; i < json.length && json.charCodeAt(i) !== 34; i++)
        if (json.charCodeAt(i) === 92) i++
    } else if (c === 123 || c === 91) {
      if (++depth > deepest) return true
    } else if (c === 125 || c === 93) depth--
  }
  return false
}

/** Only text with one of these can hold what `unstorable` looks for in strings and keys. */
const suspicious = (json: string): boolean => json.includes('\\u') || json.includes('__proto__')

/** Shorter text cannot nest too deep: every level takes two brackets. */
const shallowLength = 2 * deepest

export type ParsedRow =
  | { readonly row: Readonly<Record<string, unknown>> }
  | { readonly problem: string }

const kindOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`

/** Parse the JSON text of one row. The problem says what is wrong, in words. */
export function parseRow(json: string, columns: number): ParsedRow {
  if (json.length > 65_536 && tooDeep(json))
    return { problem: `Row is nested more than ${deepest} levels deep` }
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch (e) {
    const why = e instanceof Error ? e.message : String(e)
    return { problem: `Not valid JSON: ${why.length > 300 ? `${why.slice(0, 300)}…` : why}` }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { problem: `Row is ${kindOf(value)}, not an object with named values` }
  const bad = suspicious(json)
    ? unstorable(value)
    : json.length > shallowLength
      ? lookAt(value, 1, anyText)
      : undefined
  if (bad) return { problem: `Row ${bad}` }
  if (json.length > columns && Object.keys(value).length > columns)
    return { problem: `Row has ${Object.keys(value).length} columns; at most ${columns} are read` }
  return { row: value as Readonly<Record<string, unknown>> }
}
