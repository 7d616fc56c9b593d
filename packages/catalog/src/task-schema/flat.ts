import { clip, type Locale } from '@kasauti/core'
import type { AnswerContext } from '../kinds.ts'
import { isAnswered, kindOf, own } from './asked.ts'
import type { Answers, FieldSpec, TaskSchema } from './schema.ts'

type Cell = string | number | boolean | undefined
/** A column of a delivery: its name, and its cell for one annotation. */
export type AnswerColumn = { readonly name: string; value(answers: Answers): Cell }

/**
 * Columns for CSV and Excel: `topic`, `topic.path`. A column of a per-turn field holds JSON by turn
 * id: `{"t2":4,"t4":5}`. What is not answered is an empty cell.
 */
export function answerColumns(schema: TaskSchema, context: AnswerContext): readonly AnswerColumn[] {
  return schema.fields.flatMap((field) =>
    kindOf(field)
      .columns(field.config, context)
      .map((column) => ({
        name: column.name === '' ? field.id : `${field.id}.${column.name}`,
        value: (answers) => cellOf(field, answers, (answer) => column.value(answer)),
      })),
  )
}

function cellOf(field: FieldSpec, answers: Answers, cell: (answer: unknown) => Cell): Cell {
  const given = givenOf(field, answers)
  if (field.per.of === 'item') return given[0] && cell(given[0].answer)
  if (given.length === 0) return undefined
  const cells = given.map(({ turnId, answer }) => [turnId ?? '', cell(answer)] as const)
  return JSON.stringify(Object.fromEntries(cells))
}

/** Values of one field that the index keeps. */
const facetLimit = 20
const facetLength = 200

/** What to index for filtering the items table: short, distinct values by field. */
export function answerFacets(
  schema: TaskSchema,
  answers: Answers,
  context: AnswerContext,
): { readonly field: string; readonly value: string }[] {
  return schema.fields.flatMap((field) => {
    const facets = givenOf(field, answers).flatMap(({ answer }) =>
      kindOf(field).facets(answer, field.config, context),
    )
    const distinct = new Set(facets.map((f) => clip(f, facetLength)))
    return [...distinct].slice(0, facetLimit).map((value) => ({ field: field.id, value }))
  })
}

const summaryLength = 240

/** One line for each answered field, by field id, for tables, history and review. */
export function summariseAnswers(
  schema: TaskSchema,
  answers: Answers,
  ...[context, locale]: [context: AnswerContext, locale: Locale]
): { readonly field: string; readonly summary: string }[] {
  return schema.fields.flatMap((field) => {
    const lines = givenOf(field, answers).map(({ turnId, answer }) => {
      const line = kindOf(field).summarise(answer, field.config, { ...context, locale })
      return turnId === undefined ? line : `${turnId}: ${line}`
    })
    if (lines.length === 0) return []
    return [{ field: field.id, summary: clip(lines.join('; '), summaryLength) }]
  })
}

type Given = { readonly turnId?: string; readonly answer: unknown }

/** Answers of the right shape: of an older schema version there may be others. */
function givenOf(field: FieldSpec, answers: Answers): readonly Given[] {
  const given = own(answers, field.id)
  const listed: Given[] =
    field.per.of === 'item'
      ? [{ answer: given }]
      : typeof given === 'object' && given !== null
        ? Object.entries(given).map(([turnId, answer]) => ({ turnId, answer }))
        : []
  return listed.filter(
    (g) => isAnswered(g.answer) && kindOf(field).shape.safeParse(g.answer).success,
  )
}
