/** An HTTP operation as data. OpenAPI, the typed client, routing, policy and the policy test are derived from it. */
import type { ErrorCode, ProjectRole } from '@kasauti/core'
import { z } from 'zod'

/**
 * Who may call it. `public`: anybody; `signed-in`: any user; `creator`: admins and people who are lead
 * or manager somewhere; `admin`: admins; a list: members of the project in the path with one of the
 * roles (admins too). Whoever is no member of a project is told 404, a member without the role 403.
 */
export type May = 'public' | 'signed-in' | 'creator' | 'admin' | readonly ProjectRole[]

/** `json`: JSON in and out. `upload`: the raw body is a stream. `file`: the answer is a stream. `events`: server-sent events. */
export type Transport = 'json' | 'upload' | 'file' | 'events'

/**
 * What a second call with the same idempotency key gets. `stored`: the first answer again. `once`: a
 * conflict, because the answer holds a secret that is shown once and stored nowhere. `safe`: the
 * operation may simply run again, no answer is kept.
 */
export type Repeat = 'stored' | 'once' | 'safe'

export type Operation = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, parameters as `:name`. */
  readonly path: string
  readonly summary: string
  readonly may: May
  readonly transport: Transport
  readonly repeat: Repeat
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  readonly body: z.ZodType
  readonly output: z.ZodType
  readonly errors: readonly ErrorCode[]
}

type Draft = Pick<Operation, 'method' | 'path' | 'summary' | 'may'> & Partial<Operation>
const nothing = z.object({})

type Whole<N extends string, D extends Draft> = {
  readonly [K in keyof Operation]: K extends 'name'
    ? N
    : K extends keyof D
      ? Exclude<D[K], undefined>
      : K extends 'params' | 'query' | 'body' | 'output'
        ? typeof nothing
        : Operation[K]
}

/** Name a file's operations: keys are verbs, the noun is prefixed. */
export function operations<const Noun extends string, const D extends Record<string, Draft>>(
  noun: Noun,
  drafts: D,
) {
  const out: Record<string, Operation> = {}
  for (const [verb, draft] of Object.entries(drafts)) {
    out[`${noun}.${verb}`] = {
      transport: 'json',
      repeat: 'stored',
      params: nothing,
      query: nothing,
      body: nothing,
      output: nothing,
      errors: [],
      ...draft,
      name: `${noun}.${verb}`,
    }
  }
  return out as { readonly [V in keyof D & string as `${Noun}.${V}`]: Whole<`${Noun}.${V}`, D[V]> }
}

/** Pages by key: hand `next` back as `after`. Never an offset, never a total that must be counted. */
export const PageQuery = z.object({
  after: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), next: z.string().optional() })
