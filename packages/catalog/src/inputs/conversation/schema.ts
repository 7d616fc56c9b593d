import { z } from 'zod'

export const roles = ['system', 'user', 'assistant', 'tool'] as const
export type Role = (typeof roles)[number]

/** `lang`: BCP 47 tag of the conversation. */
export const ConversationConfig = z.strictObject({
  lang: z
    .string()
    .regex(/^[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*$/, 'a language tag such as hi, en or hi-Latn')
    .optional(),
})
export type ConversationConfig = z.infer<typeof ConversationConfig>

export type Part = { readonly type: 'text'; readonly text: string }
export type Message = {
  readonly id: string
  readonly role: Role
  readonly name?: string
  readonly parts: readonly Part[]
}
/** One of several answers to the same messages. `id` is canonical and never shown while people judge. */
export type Candidate = {
  readonly id: string
  readonly model?: string
  readonly messages: readonly Message[]
}
export type ConversationValue = {
  readonly messages: readonly Message[]
  readonly candidates?: readonly Candidate[]
}

/** What the page receives: slots in the shown order, no model, no name, no canonical id. */
export type ShownCandidate = { readonly slot: string; readonly messages: readonly Message[] }
export type ShownConversation = {
  readonly messages: readonly Message[]
  readonly candidates?: readonly ShownCandidate[]
}

export const messageLimit = 1000
/** As many as there are slots, `A` to `Z`. */
export const candidateLimit = 26
