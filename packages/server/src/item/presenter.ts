import {
  answersToSlots,
  type Presentation,
  presentInputs,
  summariseAnswers,
  type TaskSchema,
} from '@kasauti/catalog'
import type { Locale } from '@kasauti/core'
import type { LoadedSchema } from '../schema/index.ts'
import type { AnswersRow, HistoryRow, ReviewRow, RevisionRow } from './storage.ts'

type Inputs = Readonly<Record<string, unknown>>

/** One line per field and different answer, and who answered. */
export function presentAnswers(
  rows: readonly (AnswersRow & { readonly loaded: LoadedSchema })[],
  locale: Locale,
) {
  const lines = new Map<string, { field: string; summary: string }>()
  for (const { loaded, answers } of rows)
    for (const line of summariseAnswers(loaded.schema, answers, loaded.context({}), locale))
      lines.set(JSON.stringify(line), line)
  return { answers: [...lines.values()], authors: rows.map((row) => row.author) }
}

/**
 * How candidates are named to whom: by their ids to those who answer for the project; by slots to
 * reviewers, who judge blind.
 */
export type Sight = 'named' | 'blind'

/** Candidates in the order they were imported, under the names this person may see. */
export function presentItemInputs(schema: TaskSchema, inputs: Inputs, sight: Sight): Inputs {
  const order = importedOrder(schema, inputs)
  const shown = presentInputs(schema, inputs, order)
  if (sight === 'blind') return shown
  return Object.fromEntries(
    Object.entries(shown).map(([id, value]) => [id, named(value, order.candidates[id] ?? [])]),
  )
}

function named(value: unknown, ids: readonly string[]): unknown {
  if (typeof value !== 'object' || value === null || !('candidates' in value)) return value
  if (!Array.isArray(value.candidates)) return value
  const candidates = value.candidates.map((candidate: unknown, n) =>
    typeof candidate === 'object' && candidate !== null && ids[n] !== undefined
      ? { ...candidate, slot: ids[n] }
      : candidate,
  )
  return { ...value, candidates }
}

function importedOrder(schema: TaskSchema, inputs: Inputs): Presentation {
  const ids = schema.inputs.flatMap(({ id }) => {
    const found = candidateIds(inputs[id])
    return found.length > 0 ? [[id, found] as const] : []
  })
  return { candidates: Object.fromEntries(ids) }
}

function candidateIds(value: unknown): string[] {
  if (typeof value !== 'object' || value === null || !('candidates' in value)) return []
  if (!Array.isArray(value.candidates)) return []
  return value.candidates.flatMap((c: unknown) =>
    typeof c === 'object' && c !== null && 'id' in c && typeof c.id === 'string' ? [c.id] : [],
  )
}

export function presentAnnotations(
  rows: readonly RevisionRow[],
  reviews: readonly ReviewRow[],
  show: { schemaOf: (version: number) => TaskSchema; inputs: Inputs; sight: Sight },
) {
  const decoded = (row: RevisionRow) => {
    const schema = show.schemaOf(row.schema_version)
    return show.sight === 'named'
      ? row.answers
      : answersToSlots(schema, row.answers, importedOrder(schema, show.inputs))
  }
  const ids = [...new Set(rows.map((row) => row.annotation_id))]
  return ids.flatMap((annotationId) => {
    const own = rows.filter((row) => row.annotation_id === annotationId)
    const [first] = own
    if (!first) return []
    return [
      {
        annotationId,
        author: first.author,
        authorId: first.author_id,
        state: first.state,
        ...(show.sight === 'named' ? { shownOrder: ordersOf(first.presentation) } : {}),
        revisions: own.map((row) => ({
          revision: row.revision,
          answers: decoded(row),
          by: row.by,
          at: row.at,
          schemaVersion: row.schema_version,
          activeMs: row.active_ms,
          hash: row.hash,
          reason: row.reason,
        })),
        reviews: reviews
          .filter((review) => review.annotation_id === annotationId)
          .map(({ verdict, note, by, at }) => ({ verdict, note, by, at })),
      },
    ]
  })
}

/** Candidates by input as this person saw them: A first. */
const ordersOf = ({ candidates }: Presentation): Record<string, string[]> =>
  Object.fromEntries(Object.entries(candidates ?? {}).map(([input, ids]) => [input, [...ids]]))

export const presentEvent = (row: HistoryRow) => ({
  at: row.at,
  kind: row.kind,
  ...(row.by === null ? {} : { by: row.by }),
  ...(row.note === null ? {} : { note: row.note }),
})
