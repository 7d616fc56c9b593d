/**
 * The project guard: refuses a statement that reaches a project's table without saying which project.
 * It reads the SQL text, so whatever makes the text (kysely, templates, COPY, cursors) passes it.
 * What it does not understand it refuses.
 */
import { type RawBuilder, sql } from 'kysely'
import { checkStatements } from './check.ts'
import { Refusal } from './refusal.ts'
import { parse, UnreadableSql } from './tokens.ts'

/** A statement the guard refused: a bug of ours, never of the caller. */
export class ProjectGuardError extends Error {
  override readonly name = 'ProjectGuardError'
}

const verdicts = new Map<string, string | undefined>()
const remembered = 4000
const longest = 20_000

/** Throws ProjectGuardError unless the text pins every project table it reaches. */
export function guard(text: string): void {
  const known = verdicts.has(text)
  const reason = known ? verdicts.get(text) : judge(text)
  if (!known && text.length <= longest) {
    if (verdicts.size >= remembered) verdicts.clear()
    verdicts.set(text, reason)
  }
  if (reason !== undefined)
    throw new ProjectGuardError(`refused: ${reason}\n${text.slice(0, 1000)}`)
}

function judge(text: string): string | undefined {
  try {
    const { tokens, comments } = parse(text)
    if (comments.some((c) => marker.test(c))) return undefined
    checkStatements(tokens)
    return undefined
  } catch (error) {
    if (error instanceof Refusal || error instanceof UnreadableSql) return error.message
    throw error
  }
}

const marker = /^\s*unscoped: \S.{8,}/

/**
 * Lets one statement reach across projects, and says why: `.modifyEnd(unscoped('...'))` of a builder or
 * `${unscoped('...')}` in a template. Every use is listed in docs/reference/unscoped.md.
 */
export function unscoped(reason: string): RawBuilder<unknown> {
  if (/\*\/|\/\*/.test(reason) || !marker.test(` unscoped: ${reason}`))
    throw new Error('give a reason in words')
  return sql.raw(`/* unscoped: ${reason} */`)
}
