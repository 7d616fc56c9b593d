import {
  answersToSlots,
  type Presentation,
  presentInputs,
  summariseAnswers,
  type TaskSchema,
} from '@kasauti/catalog'
import type { Locale } from '@kasauti/core'
import type { LoadedSchema } from '../schema/index.ts'
import type { EventKind } from './events.ts'
import type { Sight } from './sight.ts'
import type { AnswersRow, HistoryRow, ReviewRow, RevisionRow } from './storage.ts'

type Inputs = Readonly<Record<string, unknown>>

/** One line per field and different answer, and who answered if that may be told. */
export function presentAnswers(
  rows: readonly (AnswersRow & { readonly loaded: LoadedSchema })[],
  show: { readonly locale: Locale; readonly sight: Sight },
) {
  const [first] = rows
  const lines = new Map<string, { field: string; summary: string }>()
  for (const { loaded, answers } of rows) {
    const seen =
      show.sight === 'named' || !first
        ? answers
        : answersToSlots(loaded.schema, answers, first.presentation)
    for (const line of summariseAnswers(loaded.schema, seen, loaded.context({}), show.locale))
      lines.set(JSON.stringify(line), line)
  }
  const authors = show.sight === 'named' ? rows.map((row) => row.author) : []
  return { answers: [...lines.values()], authors }
}

/** Candidates in the order they were imported, by their ids. */
export function presentNamed(schema: TaskSchema, inputs: Inputs): Inputs {
  const order = importedOrder(schema, inputs)
  const shown = presentInputs(schema, inputs, order)
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

/** With an order of candidates: blind, in its slots, and nobody who annotated is named. */
export function presentAnnotations(
  rows: readonly RevisionRow[],
  reviews: readonly ReviewRow[],
  show: { schemaOf: (version: number) => TaskSchema; blind: Presentation | undefined },
) {
  const { schemaOf, blind } = show
  const decoded = (row: RevisionRow) =>
    blind ? answersToSlots(schemaOf(row.schema_version), row.answers, blind) : row.answers
  const ids = [...new Set(rows.map((row) => row.annotation_id))]
  return ids.flatMap((annotationId) => {
    const own = rows.filter((row) => row.annotation_id === annotationId)
    const [first] = own
    if (!first) return []
    const author = blind ? {} : { author: first.author, authorId: first.author_id }
    return [
      {
        annotationId,
        ...author,
        stage: first.stage,
        state: first.state,
        ...(blind ? {} : { shownOrder: ordersOf(first.presentation) }),
        revisions: own.map((row) => ({
          revision: row.revision,
          answers: decoded(row),
          ...(blind && row.reason !== 'fixed' ? {} : { by: row.by }),
          at: row.at,
          schemaVersion: row.schema_version,
          activeMs: row.active_ms,
          hash: row.hash,
          reason: row.reason,
        })),
        reviews: reviews
          .filter((review) => review.annotation_id === annotationId)
          .map(({ verdict, note, marks, by, at }) => ({ verdict, note, marks, by, at })),
      },
    ]
  })
}

/** Candidates by input as this person saw them: A first. */
const ordersOf = ({ candidates }: Presentation): Record<string, string[]> =>
  Object.fromEntries(Object.entries(candidates ?? {}).map(([input, ids]) => [input, [...ids]]))

/** What annotators do; they are not told of to who judges blind. */
const annotating: ReadonlySet<EventKind> = new Set([
  'leased',
  'submitted',
  'resubmitted',
  'skipped',
  'released',
  'expired',
  'reopened',
  'appealed',
])

export const presentEvent = (row: HistoryRow, sight: Sight) => ({
  at: row.at,
  kind: row.kind,
  ...(row.by === null || (sight === 'blind' && annotating.has(row.kind)) ? {} : { by: row.by }),
  ...(row.note === null ? {} : { note: row.note }),
})
