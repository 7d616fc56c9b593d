import { mix, presentationOrder } from '@kasauti/core'
import type { Presentation } from '../kinds.ts'
import { type Inputs, kindOf, own } from './asked.ts'
import { inputKindOf } from './inputs.ts'
import type { Answers, FieldSpec, TaskSchema } from './schema.ts'

/** Where an item stands: the project's seed, the item's ordinal, how many had the item before. */
export type Standing = { readonly seed: number; readonly ordinal: number; readonly nth: number }

/** The blind, balanced order of the candidates of every input that has some. */
export function candidateOrders(schema: TaskSchema, inputs: Inputs, at: Standing): Presentation {
  const orders = schema.inputs.flatMap((spec, i) => {
    const value = own(inputs, spec.id)
    const ids = value === undefined ? [] : inputKindOf(spec).candidates(value)
    if (ids.length === 0) return []
    const places = presentationOrder(ids.length, { ...at, seed: mix(at.seed, i) })
    return [[spec.id, places.map((place) => ids[place] ?? '')] as const]
  })
  return { candidates: Object.fromEntries(orders) }
}

/** What the page receives of each input: candidates under slots, nothing that tells who made them. */
export function presentInputs(
  schema: TaskSchema,
  inputs: Inputs,
  presentation: Presentation,
): Record<string, unknown> {
  const shown = schema.inputs.flatMap((spec) => {
    const value = own(inputs, spec.id)
    if (value === undefined) return []
    const kind = inputKindOf(spec)
    const order = presentation.candidates[spec.id] ?? kind.candidates(value)
    return [[spec.id, kind.present(value, order)] as const]
  })
  return Object.fromEntries(shown)
}

/** What a slot that was not shown becomes: no candidate, so the answer is refused. */
const noCandidate = '?'

/** Answers as the page gave them (slots) to answers as they are stored (canonical ids). */
export const answersToCanonical = (
  schema: TaskSchema,
  answers: Answers,
  presentation: Presentation,
): Answers =>
  mapAnswers(schema, answers, (input) => {
    const order = presentation.candidates[input]
    return order && ((slot) => order[slotPlace(slot)] ?? noCandidate)
  })

/** Answers as they are stored (canonical ids) to answers for the page (slots). */
export const answersToSlots = (
  schema: TaskSchema,
  answers: Answers,
  presentation: Presentation,
): Answers =>
  mapAnswers(schema, answers, (input) => {
    const order = presentation.candidates[input]
    return order && ((id) => slotName(order.indexOf(id)))
  })

const slotPlace = (slot: string): number => (slot.length === 1 ? slot.charCodeAt(0) - 65 : -1)
const slotName = (place: number): string =>
  place < 0 ? noCandidate : String.fromCharCode(65 + place)

type MapOf = (input: string) => ((id: string) => string) | undefined

/** Answers of a wrong shape stay as they are: `checkAnswers` refuses them. */
function mapAnswers(schema: TaskSchema, answers: Answers, mapOf: MapOf): Answers {
  const mapped = schema.fields.flatMap((field) => {
    const answer = own(answers, field.id)
    const to = answer === undefined ? undefined : mappedAnswer(field, answer, mapOf)
    return to === undefined ? [] : [[field.id, to] as const]
  })
  return { ...answers, ...Object.fromEntries(mapped) }
}

function mappedAnswer(field: FieldSpec, answer: unknown, mapOf: MapOf): unknown {
  const kind = kindOf(field)
  const compares = kind.comparesCandidates(field.config)
  const map = compares && mapOf(compares.input)
  const read = map ? kind.shape.safeParse(answer) : undefined
  return map && read?.success ? kind.mapCandidates(read.data, map) : undefined
}
