/** How alike the annotations of one item are. */
import type { AnswerContext } from '../kinds.ts'
import { type Asked, answerAt, askedFields, type Inputs, isAnswered, kindOf } from './asked.ts'
import type { Answers, TaskSchema } from './schema.ts'

/**
 * The mean, over all pairs of annotations and all that is asked of either, of 1 - distance by the kinds' own
 * `compare`: 0..1, 1 for equal answers, whatever the order. Answered by one of the two alone agrees 0;
 * what neither answered is left out, and so is free text that need not be given: remarks differ.
 * Answers speak of canonical candidates.
 * @returns `undefined` with fewer than two annotations
 */
export function agreementOf(
  schema: TaskSchema,
  annotations: readonly Answers[],
  of: { readonly inputs: Inputs; readonly context: AnswerContext },
): number | undefined {
  if (annotations.length < 2) return undefined
  const read = annotations.map((answers) => ({
    answers,
    places: new Map(
      askedFields(schema, of.inputs, answers)
        .filter((place) => counts(place) && isAnswered(answerAt(answers, place)))
        .map((place) => [`${place.field.id} ${place.turnId ?? ''}`, place]),
    ),
  }))
  let sum = 0
  let n = 0
  for (const [i, a] of read.entries())
    for (const b of read.slice(i + 1))
      for (const [key, place] of new Map([...a.places, ...b.places])) {
        n += 1
        if (!a.places.has(key) || !b.places.has(key)) continue
        sum += alike(place, [answerAt(a.answers, place), answerAt(b.answers, place)], of.context)
      }
  return n === 0 ? 1 : sum / n
}

const counts = ({ field }: Asked): boolean => field.required || field.kind !== 'text'

function alike(place: Asked, pair: readonly [unknown, unknown], context: AnswerContext): number {
  const kind = kindOf(place.field)
  const [a, b] = pair.map((answer) => kind.shape.safeParse(answer))
  if (!a?.success || !b?.success) return 0
  return 1 - kind.compare(a.data, b.data, place.field.config, context).distance
}
