/** Naming people by e-mail and items by key, as commands that hand out work take them. */
import { readFileSync } from 'node:fs'
import type { Client } from '@kasauti/contract'
import { type Arguments, type Option, UsageError } from './command.ts'

/** The most the server takes in one request. */
export const atOnce = 500

export const keyOptions = {
  key: { help: 'key of an item; may be repeated', value: 'KEY', many: true },
  keys: { help: 'file with a key on each line; - reads the input', value: 'FILE' },
} as const satisfies Readonly<Record<string, Option>>

/** The keys named by --key and --keys, each once; nothing when neither was given. */
export function keysOf(args: Arguments): readonly string[] | undefined {
  const file = args.one('keys')
  if (file === undefined && !args.has('key')) return undefined
  const lines = file === undefined ? [] : linesOf(file)
  const keys = [...new Set([...args.all('key'), ...lines])]
  if (keys.length === 0) throw new UsageError(`There is no key in ${file}.`)
  return keys
}

function linesOf(file: string): string[] {
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8').replace(/^\uFEFF/, '')
    return text.split(/\r?\n/).filter((line) => line !== '')
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** Somebody of the project, by e-mail address. */
export async function personOf(
  client: Client,
  at: { readonly projectId: string; readonly email: string },
): Promise<{ readonly userId: string; readonly name: string }> {
  const params = { projectId: at.projectId }
  const { rows } = await client.call('member.list', { params })
  const email = at.email.trim().toLowerCase()
  const found = rows.find((member) => member.email.toLowerCase() === email)
  if (found === undefined) throw new UsageError(`Nobody in the project is ${at.email}.`)
  return found
}

export const inChunks = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / atOnce) }, (_, n) =>
    all.slice(n * atOnce, (n + 1) * atOnce),
  )
