import { at, type Found, isObject, readMessages } from './read-messages.ts'
import { type Candidate, candidateLimit, type Message } from './schema.ts'

type Unnamed = Omit<Candidate, 'id'> & { readonly id?: string }

/**
 * Reads candidates: strings, `{ model, text }`, `{ id, messages }`. One without an id is known by its
 * model if all models differ, else by its place: `c1`, `c2`, ...
 */
export function readCandidates(raw: unknown, path: string, found: Found): Candidate[] {
  if (!Array.isArray(raw)) {
    found(path, 'must be a list of candidates')
    return []
  }
  if (raw.length > candidateLimit) {
    found(path, `must have at most ${candidateLimit} candidates, has ${raw.length}`)
    return []
  }
  const read = raw.map((c, i) => readCandidate(c, at(path, i), found))
  const models = new Set(read.map((c) => c.model ?? ''))
  const distinct = models.size === read.length && !models.has('')
  const taken = new Set<string>()
  return read.map((c, i) => {
    const id = c.id ?? (distinct && c.model ? c.model : `c${i + 1}`)
    if (taken.has(id)) found(at(at(path, i), 'id'), 'must be different from the ids before it')
    taken.add(id)
    return { ...c, id }
  })
}

function readCandidate(raw: unknown, path: string, found: Found): Unnamed {
  if (typeof raw === 'string') return { messages: said(raw) }
  if (!isObject(raw)) {
    found(path, 'must be text or { model, text }')
    return { messages: [] }
  }
  const { id } = raw
  const model = raw['model'] ?? raw['generator']
  if (id !== undefined && !isName(id)) found(at(path, 'id'), 'must be text of 1 to 200 characters')
  if (model !== undefined && model !== null && !isName(model)) {
    found(at(path, 'model'), 'must be text of 1 to 200 characters')
  }
  return {
    ...(isName(id) ? { id } : {}),
    ...(isName(model) ? { model } : {}),
    messages: candidateMessages(raw, path, found),
  }
}

const isName = (x: unknown): x is string => typeof x === 'string' && x !== '' && x.length <= 200

function candidateMessages(raw: Record<string, unknown>, path: string, found: Found): Message[] {
  if (raw['messages'] !== undefined) {
    const messages = readMessages(raw['messages'], at(path, 'messages'), found)
    if (Array.isArray(raw['messages']) && raw['messages'].length === 0) {
      found(at(path, 'messages'), 'must have at least one message')
    }
    return messages
  }
  const key = ['text', 'content', 'response', 'output'].find((k) => raw[k] !== undefined)
  const text = key ? raw[key] : undefined
  if (typeof text === 'string') return said(text)
  found(at(path, key ?? 'text'), 'must be text')
  return []
}

const said = (text: string): Message[] => [
  { id: 't1', role: 'assistant', parts: [{ type: 'text', text }] },
]
