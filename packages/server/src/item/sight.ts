/** Who may see what of an item's candidates and people. */
import { candidateOrders, fieldKind, type Presentation, type TaskSchema } from '@kasauti/catalog'
import type { ProjectRole } from '@kasauti/core'

/**
 * `named`: candidates by their ids, annotations with their authors, to those who answer for the
 * project. `blind`: candidates by slots and nobody's name, to reviewers.
 */
export type Sight = 'named' | 'blind'

export const sightOf = (roles: readonly ProjectRole[]): Sight =>
  roles.some((role) => role === 'lead' || role === 'manager' || role === 'engineer')
    ? 'named'
    : 'blind'

type Inputs = Readonly<Record<string, unknown>>
type Place = { readonly seed: number; readonly ordinal: number }

/**
 * The one order in which an item's candidates are shown to who looks at it blind: as its first
 * annotator saw them, or would have. Never as they were imported: that is often the same of all items.
 */
export const blindOrder = (
  schema: TaskSchema,
  inputs: Inputs,
  of: { readonly first: Presentation | undefined; readonly place: Place },
): Presentation =>
  of.first?.candidates ? of.first : candidateOrders(schema, inputs, { ...of.place, nth: 0 })

/** May this answer be asked for without naming a candidate? Of a field nobody knows, no. */
export function namesNobody(
  schema: TaskSchema,
  asked: { readonly field: string; readonly value: string },
): boolean {
  const field = schema.fields.find((f) => f.id === asked.field)
  const kind = field && fieldKind(field.kind)
  if (!kind) return false
  if (!kind.comparesCandidates(field.config)) return true
  return kind.facetValues(field.config)?.some((known) => known.value === asked.value) ?? false
}
