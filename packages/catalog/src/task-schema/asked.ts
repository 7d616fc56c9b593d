import { fieldKind } from '../fields/index.ts'
import { inputKind } from '../inputs/index.ts'
import type { AnswerContext, FieldKind, Turn } from '../kinds.ts'
import { numberIn } from './parse-conditions.ts'
import type { Answers, Clause, FieldSpec, TaskSchema } from './schema.ts'

/** The canonical value of each input, by input id. */
export type Inputs = Readonly<Record<string, unknown>>
/** A field that is asked: of the whole item, or of one turn. */
export type Asked = { readonly field: FieldSpec; readonly turnId?: string }

/** Conditions see answers without candidates and trees, so that page and server decide alike. */
const blankContext: AnswerContext = { candidates: {}, taxonomy: () => undefined }

/** The kind of a field of a parsed schema. */
export function kindOf(field: FieldSpec): FieldKind {
  const kind = fieldKind(field.kind)
  if (!kind) throw new Error(`no field kind ${field.kind}`)
  return kind
}

/** A value of one's own: ids such as `constructor` must not find what objects inherit. */
export const own = (of: unknown, key: string): unknown =>
  typeof of === 'object' && of !== null && Object.hasOwn(of, key)
    ? (of as Record<string, unknown>)[key]
    : undefined

/** Whether there is an answer: empty text, an empty list and no nodes are none. */
export function isAnswered(answer: unknown): boolean {
  if (answer === undefined || answer === '') return false
  if (Array.isArray(answer)) return answer.length > 0
  const nodes = own(answer, 'nodes')
  return !(Array.isArray(nodes) && nodes.length === 0)
}

/** The turns a per-turn field is asked of, conditions aside. */
export function turnsOf(field: FieldSpec, schema: TaskSchema, inputs: Inputs): readonly Turn[] {
  const { per } = field
  if (per.of === 'item') return []
  const spec = schema.inputs.find((i) => i.id === per.input)
  const kind = spec && inputKind(spec.kind)
  const value = own(inputs, per.input)
  if (!kind || value === undefined) return []
  return kind.turns(value).filter((t) => per.roles.includes(t.role))
}

/**
 * Which fields are asked given the answers so far, in the order of the schema, per-turn fields turn
 * by turn. An answer to a field that is not asked counts for nothing. `inputs` may be canonical or
 * as presented.
 */
export function askedFields(
  schema: TaskSchema,
  inputs: Inputs,
  answers: Answers,
): readonly Asked[] {
  const asked: Asked[] = []
  const facets = new Map<string, readonly string[]>()
  for (const field of schema.fields) {
    const places =
      field.per.of === 'item'
        ? [{ field }]
        : turnsOf(field, schema, inputs).map(({ id }) => ({ field, turnId: id }))
    for (const place of places) {
      if (!isAskedAt(place, schema, facets)) continue
      asked.push(place)
      const answer = answerAt(answers, place)
      if (isAnswered(answer)) facets.set(placeKey(place), facetsOf(field, answer))
    }
  }
  return asked
}

/** The answer at a place; `undefined` if there is none. */
export function answerAt(answers: Answers, { field, turnId }: Asked): unknown {
  const answer = own(answers, field.id)
  return turnId === undefined ? answer : own(answer, turnId)
}

/** What remains to submit: answers to fields that are asked, without the empty ones. */
export function tidyAnswers(schema: TaskSchema, inputs: Inputs, answers: Answers): Answers {
  const kept = new Map<string, unknown>()
  for (const place of askedFields(schema, inputs, answers)) {
    const answer = answerAt(answers, place)
    if (!isAnswered(answer)) continue
    const { field, turnId } = place
    if (turnId === undefined) kept.set(field.id, answer)
    else {
      const turns = kept.get(field.id) as Record<string, unknown> | undefined
      kept.set(field.id, Object.fromEntries([...Object.entries(turns ?? {}), [turnId, answer]]))
    }
  }
  return Object.fromEntries(kept)
}

const placeKey = ({ field, turnId }: Asked): string =>
  turnId === undefined ? field.id : `${field.id} ${turnId}`

function facetsOf(field: FieldSpec, answer: unknown): readonly string[] {
  const kind = kindOf(field)
  const read = kind.shape.safeParse(answer)
  if (!read.success) return []
  return kind.facets(
    kind.mapCandidates(read.data, () => ''),
    field.config,
    blankContext,
  )
}

type Facets = ReadonlyMap<string, readonly string[]>

function isAskedAt(place: Asked, schema: TaskSchema, facets: Facets): boolean {
  const { when } = place.field
  if (!when) return true
  const holds = (clause: Clause): boolean => {
    const field = schema.fields.find((f) => f.id === clause.field)
    if (!field) return false
    const { turnId } = place
    const at = field.per.of === 'turn' && turnId !== undefined ? { field, turnId } : { field }
    return clauseHolds(clause, facets.get(placeKey(at)))
  }
  return when.match === 'all' ? when.clauses.every(holds) : when.clauses.some(holds)
}

/** `facets` are `undefined` of a field without an answer: only `unanswered` holds of it. */
function clauseHolds({ is, value }: Clause, facets: readonly string[] | undefined): boolean {
  if (is === 'unanswered') return facets === undefined
  if (facets === undefined) return false
  const numbers = facets.map(numberIn).filter((n) => n !== undefined)
  switch (is) {
    case 'answered':
      return true
    case 'equal':
      return facets.includes(String(value))
    case 'not-equal':
      return !facets.includes(String(value))
    case 'at-least':
      return numbers.some((n) => n >= Number(value))
    case 'at-most':
      return numbers.some((n) => n <= Number(value))
  }
}
