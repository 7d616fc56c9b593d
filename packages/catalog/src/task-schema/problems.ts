import { type Problem, unstorable } from '@kasauti/core'
import type { z } from 'zod'

type RawIssue = z.core.$ZodRawIssue

/** What is wrong, in words for the person who wrote it. Texts set in a schema win over these. */
function inWords(issue: RawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${named(issue.expected)}`
    case 'invalid_value':
      return `must be ${issue.values.map((v) => JSON.stringify(v)).join(' or ')}`
    case 'too_small':
      return amount(issue.origin, 'at least', Number(issue.minimum))
    case 'too_big':
      return amount(issue.origin, 'at most', Number(issue.maximum))
    case 'invalid_union':
      return ofUnion(issue)
    case 'unrecognized_keys':
      return 'is not known here'
    default:
      return undefined
  }
}

const names: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  record: 'an object',
}
const named = (expected: string): string => names[expected] ?? expected

function amount(origin: string, bound: 'at least' | 'at most', n: number): string {
  if (origin === 'string') {
    return n === 1 && bound === 'at least'
      ? 'must not be empty'
      : `must have ${bound} ${n} characters`
  }
  return origin === 'array' ? `must have ${bound} ${n}` : `must be ${bound} ${n}`
}

/** A choice of plain types is told by their names, a tagged one by its tags. */
function ofUnion(issue: Extract<RawIssue, { code: 'invalid_union' }>): string {
  if ('options' in issue && Array.isArray(issue['options'])) {
    return `must be ${issue['options'].map((o) => JSON.stringify(o)).join(' or ')}`
  }
  const branches = (issue.errors ?? []).flat()
  const types = branches.flatMap((b) => (b.code === 'invalid_type' ? [named(b.expected)] : []))
  return types.length > 0 && types.length === branches.length
    ? `must be ${types.join(' or ')}`
    : 'has none of the shapes it may have'
}

/** The value, or every problem with its path under `prefix`. */
export function parseWith<T>(
  shape: z.ZodType<T>,
  raw: unknown,
  prefix: string,
): { readonly value: T } | { readonly problems: readonly Problem[] } {
  const read = shape.safeParse(raw, { error: inWords })
  if (read.success) return { value: read.data }
  return {
    problems: read.error.issues.flatMap((issue) => {
      const path = pathUnder(prefix, issue.path)
      if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }]
      return issue.keys.map((key) => ({
        path: pathUnder(path, [key]),
        message: 'is not known here',
      }))
    }),
  }
}

/** A path without `$`: `fields.0.config.levels`. */
export const pathUnder = (prefix: string, path: readonly PropertyKey[]): string =>
  [...(prefix === '' ? [] : [prefix]), ...path.map(String)].join('.')

/** Nesting beyond this is refused rather than walked. */
const deepest = 100

/** Texts that cannot be stored, wherever they stand in a JSON value. */
export function unstorables(value: unknown, path: string, depth = 0): Problem[] {
  if (typeof value === 'string') {
    const message = unstorable(value)
    return message ? [{ path, message }] : []
  }
  if (typeof value !== 'object' || value === null) return []
  if (depth > deepest) return [{ path, message: 'is nested too deeply' }]
  return Object.entries(value).flatMap(([key, inner]) => {
    if (unstorable(key)) return [{ path, message: `has a key that ${unstorable(key)}` }]
    return unstorables(inner, pathUnder(path, [key]), depth + 1)
  })
}
