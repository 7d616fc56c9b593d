import { isAnswered } from '@kasauti/catalog'
import { type Locale, localText } from '@kasauti/core'
import type { Schema } from './answer.ts'

type Field = Schema['fields'][number]
type Answers = Readonly<Record<string, unknown>>
/** Where answers stand in the table: a field, of a per-turn field one turn. */
export type Place = { readonly key: string; readonly field: Field; readonly turn?: string }

const isPerTurn = (field: Field): boolean => field.per?.of === 'turn'
const turnsIn = (answer: unknown): readonly string[] =>
  typeof answer === 'object' && answer !== null ? Object.keys(answer) : []

/** The places at which any of these answers says something, in the order of the schema. */
export function placesOf(schema: Schema, all: readonly Answers[]): readonly Place[] {
  return schema.fields.flatMap((field): Place[] => {
    if (!isPerTurn(field))
      return all.some((a) => isAnswered(a[field.id])) ? [{ key: field.id, field }] : []
    const turns = new Set(all.flatMap((a) => turnsIn(a[field.id])))
    return [...turns].sort(byNumber).map((turn) => ({ key: `${field.id} ${turn}`, field, turn }))
  })
}
const byNumber = (a: string, b: string) => a.localeCompare(b, 'en', { numeric: true })

export function answerAt(answers: Answers, { field, turn }: Place): unknown {
  const answer = answers[field.id]
  if (turn === undefined) return answer
  return typeof answer === 'object' && answer !== null ? (answer as Answers)[turn] : undefined
}

export const sameAnswer = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a) === JSON.stringify(b)

export const titleOf = (field: Field, locale: Locale): string => localText(field.title, locale)
