import { clip } from '@kasauti/core'
import { type Message, messageLimit, type Part, type Role } from './schema.ts'

/** Where a reader tells what is wrong. */
export type Found = (path: string, message: string) => void

const roleNames: Readonly<Record<string, Role>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  prompter: 'user',
  assistant: 'assistant',
  gpt: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  ai: 'assistant',
  function_call: 'assistant',
  tool: 'tool',
  function: 'tool',
  observation: 'tool',
}

export const isObject = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x)

/** A cell of a table may hold JSON: lists and objects are parsed, any other string stays as it is. */
export function parsed(x: unknown): unknown {
  if (typeof x !== 'string' || !/^\s*[[{]/.test(x)) return x
  try {
    return JSON.parse(x) as unknown
  } catch {
    return x
  }
}

/** Whether this is a list of messages rather than a list somebody talks about. */
export const isMessages = (x: unknown): x is Record<string, unknown>[] =>
  Array.isArray(x) &&
  x.length > 0 &&
  x.every((m) => isObject(m) && (m['role'] !== undefined || m['from'] !== undefined))

export const at = (path: string, key: string | number): string =>
  path === '' ? String(key) : `${path}.${key}`

/** Reads OpenAI (`role`, `content`), ShareGPT (`from`, `value`) and our own (`role`, `parts`) messages. */
export function readMessages(raw: unknown, path: string, found: Found): Message[] {
  if (!Array.isArray(raw)) {
    found(path, 'must be a list of messages')
    return []
  }
  if (raw.length > messageLimit) {
    found(path, `must have at most ${messageLimit} messages, has ${raw.length}`)
    return []
  }
  const given = new Set<string>()
  for (const m of raw) if (isObject(m) && typeof m['id'] === 'string') given.add(m['id'])
  const taken = new Set<string>()
  return raw.flatMap((m, i) => {
    const message = readMessage(m, at(path, i), found)
    if (!message) return []
    const id = message.id ?? freeId(i + 1, given)
    if (taken.has(id)) found(at(at(path, i), 'id'), 'must be different from the ids before it')
    taken.add(id)
    return [{ ...message, id }]
  })
}

/** `t<n>`, or `t<n>-2`... if a message brought that name itself. */
function freeId(n: number, given: ReadonlySet<string>): string {
  let id = `t${n}`
  for (let k = 2; given.has(id); k++) id = `t${n}-${k}`
  return id
}

type Unnamed = Omit<Message, 'id'> & { readonly id?: string }

function readMessage(raw: unknown, path: string, found: Found): Unnamed | undefined {
  if (!isObject(raw)) {
    found(path, 'must be a message: { role, content }')
    return undefined
  }
  const key = raw['role'] === undefined && raw['from'] !== undefined ? 'from' : 'role'
  const role = typeof raw[key] === 'string' ? roleNames[raw[key].toLowerCase()] : undefined
  if (!role) {
    found(at(path, key), 'must be system, user, assistant or tool')
    return undefined
  }
  const id = raw['id']
  if (id !== undefined && (typeof id !== 'string' || !/^[\w.:-]{1,80}$/.test(id))) {
    found(at(path, 'id'), 'must be 1 to 80 of A-Z a-z 0-9 _ . : -')
    return undefined
  }
  const parts = readParts(raw, path, found)
  const name = raw['name']
  return {
    ...(id === undefined ? {} : { id }),
    role,
    ...(typeof name === 'string' && name !== '' ? { name: clip(name, 200) } : {}),
    parts,
  }
}

function readParts(raw: Record<string, unknown>, path: string, found: Found): Part[] {
  const key = ['parts', 'content', 'value', 'text'].find((k) => raw[k] !== undefined)
  const content = key ? raw[key] : undefined
  const calls = toolCalls(raw)
  if (content === null || content === undefined) {
    if (calls.length === 0) found(at(path, key ?? 'content'), 'must be text')
    return calls
  }
  if (typeof content === 'string') return [{ type: 'text', text: content }, ...calls]
  if (!Array.isArray(content)) {
    found(at(path, key ?? 'content'), 'must be text or a list of parts')
    return []
  }
  const parts = content.flatMap((part, i) => readPart(part, at(at(path, key ?? ''), i), found))
  return [...parts, ...calls]
}

function readPart(part: unknown, path: string, found: Found): Part[] {
  if (typeof part === 'string') return [{ type: 'text', text: part }]
  if (isObject(part) && typeof part['text'] === 'string') {
    return [{ type: 'text', text: part['text'] }]
  }
  found(path, 'must be a part of text: { type: "text", text }')
  return []
}

/** A call of a tool is shown as text: the name and its arguments. */
function toolCalls(raw: Record<string, unknown>): Part[] {
  if (!Array.isArray(raw['tool_calls'])) return []
  return raw['tool_calls'].flatMap((call: unknown) => {
    const fn = isObject(call) && isObject(call['function']) ? call['function'] : undefined
    if (!fn || typeof fn['name'] !== 'string') return []
    const given = typeof fn['arguments'] === 'string' ? fn['arguments'] : ''
    return [{ type: 'text' as const, text: `${fn['name']}(${given})` }]
  })
}
