/** The task schema: the inputs shown and the fields asked. The same JSON in the designer, the API and the database. */
import { LocalText } from '@kasauti/core'
import { z } from 'zod'

const Id = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be a lower-case letter, then up to 39 of a-z 0-9 _ -')

export const InputSpec = z.strictObject({
  id: Id,
  kind: z.string(),
  title: LocalText.optional(),
  config: z.record(z.string(), z.unknown()).default({}),
})
export type InputSpec = z.infer<typeof InputSpec>

/** One comparison with another field's answer (its facets): see `FieldKind.facets`. */
export const Clause = z.strictObject({
  field: Id,
  is: z.enum(['answered', 'unanswered', 'equal', 'not-equal', 'at-least', 'at-most']),
  value: z.union([z.string(), z.number()]).optional(),
})
export type Clause = z.infer<typeof Clause>
export const Condition = z.strictObject({
  match: z.enum(['all', 'any']),
  clauses: z.array(Clause).min(1).max(10),
})
export type Condition = z.infer<typeof Condition>

/** Whom a field is asked of: the whole item, or each turn of a conversation input with one of the roles. */
export const Per = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('item') }),
  z.strictObject({ of: z.literal('turn'), input: Id, roles: z.array(z.string()).min(1) }),
])
export type Per = z.infer<typeof Per>

export const FieldSpec = z.strictObject({
  id: Id,
  kind: z.string(),
  title: LocalText,
  help: LocalText.optional(),
  required: z.boolean().default(true),
  per: Per.default({ of: 'item' }),
  when: Condition.optional(),
  config: z.record(z.string(), z.unknown()).default({}),
})
export type FieldSpec = z.infer<typeof FieldSpec>

export const TaskSchema = z.strictObject({
  version: z.literal(1).default(1),
  inputs: z.array(InputSpec).min(1).max(10),
  fields: z.array(FieldSpec).min(1).max(60),
})
export type TaskSchema = z.infer<typeof TaskSchema>

/** Answers of one annotation: by field id; of a per-turn field, by turn id. */
export const Answers = z.record(z.string(), z.unknown())
export type Answers = z.infer<typeof Answers>

/** One node of a taxonomy. The path of ids from the root is the answer's identity. */
export const TaxonomyNode = z.strictObject({
  id: z.string().min(1).max(80),
  parent: z.string().min(1).max(80).optional(),
  title: LocalText,
  aliases: z.array(z.string().min(1).max(120)).max(20).optional(),
})
export type TaxonomyNode = z.infer<typeof TaxonomyNode>
