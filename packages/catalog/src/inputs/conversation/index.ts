import { excerpt } from '@kasauti/core'
import type { InputKind } from '../../kinds.ts'
import { readConversation } from './read.ts'
import {
  type Candidate,
  ConversationConfig,
  type ConversationValue,
  candidateLimit,
  type Message,
  type Part,
  type Role,
  roles,
  type ShownCandidate,
  type ShownConversation,
} from './schema.ts'

/** Messages between people and models, with or without candidates for what comes next. */
export const conversation = {
  kind: 'conversation',
  version: 1,
  config: ConversationConfig,
  turnRoles: roles,
  candidateLimit,
  read: readConversation,
  turns: (value) => value.messages.map(({ id, role }) => ({ id, role })),
  candidates: candidateNames,
  present,
  preview,
} satisfies InputKind<ConversationConfig, ConversationValue>

export type {
  Candidate,
  ConversationConfig,
  ConversationValue,
  Message,
  Part,
  Role,
  ShownCandidate,
  ShownConversation,
}

function candidateNames({ candidates }: ConversationValue | ShownConversation): readonly string[] {
  return (candidates ?? []).map((c) => ('slot' in c ? c.slot : c.id))
}

/** `order` must hold every candidate once: it comes from the assignment's own presentation. */
function present(value: ConversationValue, order: readonly string[]): ShownConversation {
  const { messages, candidates } = value
  if (!candidates) return { messages }
  if (order.length !== candidates.length) throw new Error('the order is not of these candidates')
  const shown = order.map((id, i) => {
    const candidate = candidates.find((c) => c.id === id)
    if (!candidate) throw new Error('the order is not of these candidates')
    const slot = String.fromCharCode(65 + i)
    return { slot, messages: candidate.messages.map((m, k) => blind(m, `${slot}${k + 1}`)) }
  })
  // Before answers to compare, an assistant's name in what was said so far may be one of theirs.
  const soFar = messages.map((m) => (m.role === 'assistant' ? blind(m, m.id) : m))
  return { messages: soFar, candidates: shown }
}

/** Names, and ids of a candidate's messages, may tell who made it. */
const blind = (message: Message, id: string): Message => ({
  id,
  role: message.role,
  parts: message.parts,
})

/** The first thing the user said; if nobody did, the first message. */
function preview(value: ConversationValue, limit: number): string {
  const first = value.messages.find((m) => m.role === 'user') ?? value.messages[0]
  return excerpt((first?.parts ?? []).map((p) => p.text).join(' '), limit)
}
