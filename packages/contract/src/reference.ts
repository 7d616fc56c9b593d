/** The API reference page, written from the contract. */

import { errorStatus } from '@kasauti/core'
import { z } from 'zod'
import { errorsOf, mayInWords } from './openapi.ts'
import type { Operation } from './operation.ts'
import { contract } from './registry.ts'

type Schema = {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly pattern?: string
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly default?: unknown
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
}

const head = `# API

Written by \`npm run generate\` from the contract; the same as data at \`/api/openapi.json\`, to try at \`/api/docs\`.

Addresses start with \`/api/v1\`. Bodies and answers are JSON (\`application/json\`), failures \`application/problem+json\` with a stable \`code\`.
Sign in with the session cookie of the web app, or send \`Authorization: Bearer kas_...\` (a personal access token).
Every change may carry an \`Idempotency-Key\`: the same key with the same request gets the first answer again for 48 hours.
Lists give \`next\` while there is more: hand it back as \`after\`.
`

/** The whole page as Markdown. */
export function apiReference(): string {
  const byNoun = new Map<string, Operation[]>()
  for (const op of Object.values(contract) as Operation[]) {
    const noun = op.name.split('.')[0] ?? ''
    byNoun.set(noun, [...(byNoun.get(noun) ?? []), op])
  }
  const parts = [head]
  for (const [noun, ops] of byNoun) parts.push(`## ${noun}\n`, ...ops.map(section))
  parts.push(errorTable())
  return `${parts.join('\n').trimEnd()}\n`
}

function section(op: Operation): string {
  const lines = [
    `### ${op.name}\n`,
    `\`${op.method} ${op.path}\`\n`,
    `${op.summary}.\n`,
    `**Who:** ${mayInWords(op.may)}\n`,
  ]
  lines.push(...table('Query', op.query), ...body(op), ...answer(op))
  lines.push(
    `**Errors:** ${errorsOf(op)
      .map((code) => `\`${code}\``)
      .join(', ')}\n`,
  )
  return lines.join('\n')
}

function body(op: Operation): string[] {
  if (op.transport === 'upload') return ['**Body:** the bytes of the file, of any type.\n']
  return op.method === 'GET' ? [] : table('Body', op.body)
}

function answer(op: Operation): string[] {
  if (op.transport === 'file') return ['**Answer:** the file, as a download.\n']
  if (op.transport === 'events') return ['**Answer:** server-sent events, without end.\n']
  return table('Answer', op.output)
}

function table(title: string, type: z.ZodType): string[] {
  const schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' }) as Schema
  const rows = Object.entries(schema.properties ?? {})
  if (rows.length === 0) return []
  const lines = rows.map(([name, of]) => {
    const needed = (schema.required ?? []).includes(name) ? '' : ' (optional)'
    return `| \`${name}\`${needed} | ${shape(of)} |`
  })
  return [`| ${title} | |`, '|---|---|', ...lines, '']
}

/** A schema in a few words; deeper objects name their properties. */
function shape(s: Schema, depth = 0): string {
  if (s.const !== undefined) return `\`${JSON.stringify(s.const)}\``
  if (s.enum) return s.enum.map((value) => `\`${String(value)}\``).join(', ')
  const choices = s.anyOf ?? s.oneOf
  if (choices) return choices.map((choice) => shape(choice, depth)).join(' or ')
  if (s.type === 'array') return `list of ${s.items ? shape(s.items, depth) : 'anything'}`
  if (s.type === 'object') return objectShape(s, depth)
  if (s.type === undefined) return 'anything'
  return `${idOf(s) ?? s.format ?? String(s.type)}${limits(s)}`
}

function objectShape(s: Schema, depth: number): string {
  const names = Object.entries(s.properties ?? {})
  if (names.length === 0) return 'object'
  if (depth >= 2) return `{ ${names.map(([name]) => `\`${name}\``).join(', ')} }`
  return `{ ${names.map(([name, of]) => `\`${name}\`: ${shape(of, depth + 1)}`).join('; ')} }`
}

const idOf = (s: Schema): string | undefined => {
  const [, prefix] = /^\^([a-z]{3})_\[0-7\]/.exec(s.pattern ?? '') ?? []
  return prefix && `id \`${prefix}_...\``
}

function limits(s: Schema): string {
  const max = s.maxLength === undefined ? '' : `, at most ${s.maxLength} characters`
  const safe = Number.MAX_SAFE_INTEGER
  const low = s.minimum === undefined || s.minimum <= -safe ? '' : `, from ${s.minimum}`
  const high = s.maximum === undefined || s.maximum >= safe ? '' : `, to ${s.maximum}`
  const preset = s.default === undefined ? '' : `, \`${JSON.stringify(s.default)}\` unless given`
  return max + low + high + preset
}

function errorTable(): string {
  const rows = Object.entries(errorStatus).map(([code, status]) => `| \`${code}\` | ${status} |`)
  return ['## Error codes\n', '| Code | Status |', '|---|---|', ...rows, ''].join('\n')
}
