/** How an annotation compares with gold. */
import type { AnswerContext } from '../kinds.ts'
import { type Asked, answerAt, askedFields, type Inputs, isAnswered, kindOf } from './asked.ts'
import type { Answers, FieldSpec, TaskSchema } from './schema.ts'

/** The agreement from which a field counts as right, 0..1, by field id. 0: it is not judged. */
export type Tolerances = Readonly<Record<string, number>>

export type GoldScore = {
  /** Every judged field agrees well enough. */
  readonly correct: boolean
  /** Mean agreement of the judged fields, 0..1; of all fields where none is judged. */
  readonly score: number
  /** Agreement by field, 0..1: 1 - distance, of a per-turn field the mean over the turns gold speaks of. */
  readonly fields: Readonly<Record<string, number>>
}

export type GoldAnswers = {
  readonly answers: Answers
  /** Others that count as right too. */
  readonly also: readonly Answers[]
}

/** Free text says the same in many ways and is not judged; everything else must be the same. */
export const toleranceOf = (field: FieldSpec, tolerances: Tolerances = {}): number =>
  tolerances[field.id] ?? (field.kind === 'text' ? 0 : 1)

/**
 * Compare answers with each of the right ones by the kinds' own distances and keep the best. Judged are
 * required fields that gold answers, with a tolerance above 0; a field not answered agrees 0. All
 * answers speak of canonical candidates.
 */
export function scoreAgainstGold(
  schema: TaskSchema,
  gold: GoldAnswers,
  given: {
    readonly answers: Answers
    readonly inputs: Inputs
    readonly context: AnswerContext
    readonly tolerances?: Tolerances
  },
): GoldScore {
  const scores = [gold.answers, ...gold.also].map((right) => scoreAgainst(schema, right, given))
  const [first, ...others] = scores as [GoldScore, ...GoldScore[]]
  return others.reduce((best, s) => (isBetter(s, best) ? s : best), first)
}

const isBetter = (a: GoldScore, b: GoldScore): boolean =>
  a.correct === b.correct ? a.score > b.score : a.correct

function scoreAgainst(
  schema: TaskSchema,
  right: Answers,
  given: Parameters<typeof scoreAgainstGold>[2],
): GoldScore {
  const places = askedFields(schema, given.inputs, right).filter((place) =>
    isAnswered(answerAt(right, place)),
  )
  const byField = Map.groupBy(places, (place) => place.field)
  const rows = [...byField].map(([field, asked]) => ({
    field,
    tolerance: field.required ? toleranceOf(field, given.tolerances) : 0,
    agreement: mean(asked.map((place) => agreementAt(place, right, given))),
  }))
  const judged = rows.filter((row) => row.tolerance > 0)
  return {
    // Agreements are sums of fractions: the last digit does not decide.
    correct: judged.every((row) => row.agreement >= row.tolerance - 1e-9),
    score: mean((judged.length > 0 ? judged : rows).map((row) => row.agreement)),
    fields: Object.fromEntries(rows.map((row) => [row.field.id, row.agreement])),
  }
}

function agreementAt(
  place: Asked,
  right: Answers,
  given: { readonly answers: Answers; readonly context: AnswerContext },
): number {
  const kind = kindOf(place.field)
  const [a, b] = [right, given.answers].map((of) => kind.shape.safeParse(answerAt(of, place)))
  if (!a?.success || !b?.success) return 0
  return 1 - kind.compare(a.data, b.data, place.field.config, given.context).distance
}

const mean = (xs: readonly number[]): number =>
  xs.length === 0 ? 1 : xs.reduce((a, b) => a + b, 0) / xs.length
