import { err, ok, type Problem, type Result } from '@kasauti/core'
import { readCandidates } from './read-candidates.ts'
import { type Found, isMessages, isObject, parsed, readMessages } from './read-messages.ts'
import type { Candidate, ConversationValue, Message } from './schema.ts'

const messageKeys = ['messages', 'conversations', 'conversation']
const promptKeys = ['prompt', 'instruction', 'question']

/**
 * Reads every usual shape of a conversation: `{ messages }` or a bare list (OpenAI), `{ conversations }`
 * (ShareGPT), `{ prompt, response }`, `{ prompt, candidates }`, `{ prompt, response_a, response_b }`,
 * a string (one user message, or JSON of the above). Keys it does not know are left out.
 */
export function readConversation(raw: unknown): Result<ConversationValue, readonly Problem[]> {
  const problems: Problem[] = []
  const note: Found = (path, message) => {
    problems.push({ path, message })
  }
  const value = readAny(typeof raw === 'string' ? unpacked(raw) : raw, note)
  if (problems.length === 0 && value.messages.length === 0) {
    note('messages', 'must have at least one message')
  }
  return problems.length > 0 ? err(problems) : ok(value)
}

/** A string is what the user said, unless it is a conversation in JSON. */
function unpacked(text: string): unknown {
  const json = parsed(text)
  const keys = [...messageKeys, ...promptKeys]
  const packed = isMessages(json) || (isObject(json) && keys.some((k) => json[k] !== undefined))
  return packed ? json : { prompt: text }
}

function readAny(source: unknown, found: Found): ConversationValue {
  if (Array.isArray(source)) return { messages: readMessages(source, '', found) }
  if (isObject(source)) return readObject(source, found)
  found('', 'must be a conversation: messages, or a prompt')
  return { messages: [] }
}

function readObject(source: Record<string, unknown>, found: Found): ConversationValue {
  const messages = sharedMessages(source, found)
  const answer = source['response'] ?? source['completion'] ?? source['output']
  if (typeof answer === 'string') {
    messages.push({
      id: nextId(messages),
      role: 'assistant',
      parts: [{ type: 'text', text: answer }],
    })
  } else if (answer !== undefined && answer !== null) found('response', 'must be text')
  const candidates = candidatesOf(source, found)
  return candidates ? { messages, candidates } : { messages }
}

function sharedMessages(source: Record<string, unknown>, found: Found): Message[] {
  for (const key of messageKeys) {
    if (source[key] !== undefined) return readMessages(parsed(source[key]), key, found)
  }
  const key = promptKeys.find((k) => source[k] !== undefined)
  if (!key) {
    found('', 'must have messages, conversations or a prompt')
    return []
  }
  const prompt = source[key]
  const json = parsed(prompt)
  if (isMessages(json)) return readMessages(json, key, found)
  if (typeof prompt !== 'string' || prompt.trim() === '') {
    found(key, 'must be text that is not empty')
    return []
  }
  const system = source['system']
  const first: Message[] =
    typeof system === 'string' && system !== ''
      ? [{ id: 't1', role: 'system', parts: [{ type: 'text', text: system }] }]
      : []
  const asked = { id: nextId(first), role: 'user' as const }
  return [...first, { ...asked, parts: [{ type: 'text', text: prompt }] }]
}

function candidatesOf(source: Record<string, unknown>, found: Found): Candidate[] | undefined {
  for (const key of ['candidates', 'responses']) {
    if (source[key] !== undefined) return readCandidates(parsed(source[key]), key, found)
  }
  const keys = Object.keys(source).filter((k) => /^response_[a-z0-9]$/.test(k))
  if (keys.length === 0) return undefined
  const listed = keys.map((key) => {
    const slot = key.slice('response_'.length)
    const model = source[`model_${slot}`]
    return { id: typeof model === 'string' ? undefined : slot, model, text: source[key] }
  })
  return readCandidates(listed, '', (path, message) => found(renamed(path, keys), message))
}

/** Problems of the list we made are told under the columns it was made of. */
function renamed(path: string, keys: readonly string[]): string {
  const [first = ''] = path.split('.')
  return keys[Number(first)] ?? path
}

function nextId(messages: readonly Message[]): string {
  const taken = new Set(messages.map((m) => m.id))
  let n = messages.length + 1
  while (taken.has(`t${n}`)) n++
  return `t${n}`
}
