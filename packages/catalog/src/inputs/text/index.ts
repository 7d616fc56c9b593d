import { err, excerpt, ok, type Problem, type Result } from '@kasauti/core'
import type { InputKind } from '../../kinds.ts'
import { TextConfig, type TextValue } from './schema.ts'

/** A passage of text. */
export const text = {
  kind: 'text',
  version: 1,
  config: TextConfig,
  turnRoles: [],
  candidateLimit: 0,
  read: readText,
  turns: () => [],
  candidates: () => [],
  present: (value) => ({ text: value.text }),
  preview: (value, limit) => excerpt(value.text, limit),
} satisfies InputKind<TextConfig, TextValue>

export type { TextConfig, TextValue }

function readText(raw: unknown): Result<TextValue, readonly Problem[]> {
  const found = typeof raw === 'object' && raw !== null && 'text' in raw ? raw.text : raw
  const path = found === raw ? '' : 'text'
  if (typeof found === 'number' || typeof found === 'boolean') return ok({ text: String(found) })
  if (typeof found !== 'string') {
    const got = found === undefined || found === null ? 'nothing' : 'something else'
    return err([{ path, message: `must be text, got ${got}` }])
  }
  if (found.trim() === '') return err([{ path, message: 'must not be empty' }])
  return ok({ text: found })
}
