import type { Problem } from '@kasauti/core'
import { fieldKind } from '../fields/index.ts'
import type { Clause, FieldSpec } from './schema.ts'

/** A condition speaks of fields before it only, so there is no circle and one pass decides all. */
export function checkClauses(
  field: FieldSpec,
  fields: readonly FieldSpec[],
  at: number,
): Problem[] {
  return (field.when?.clauses ?? []).flatMap((clause, c) => {
    const path = `fields.${at}.when.clauses.${c}`
    const place = fields.findIndex((f) => f.id === clause.field)
    const other = fields[place]
    if (!other) return [{ path: `${path}.field`, message: `${clause.field} is not a field` }]
    if (place >= at) {
      return [{ path: `${path}.field`, message: `${clause.field} must stand before this field` }]
    }
    const reach = reaches(field, other)
    if (reach) return [{ path: `${path}.field`, message: reach }]
    const value = valueProblem(clause, other)
    return value ? [{ path: `${path}.value`, message: value }] : []
  })
}

function reaches(field: FieldSpec, other: FieldSpec): string | undefined {
  if (other.per.of === 'item') return undefined
  if (field.per.of === 'item') return `${other.id} is asked per turn, this field of the whole item`
  if (field.per.input === other.per.input) return undefined
  return `${other.id} is asked of the turns of ${other.per.input}, this field of ${field.per.input}`
}

function valueProblem(clause: Clause, other: FieldSpec): string | undefined {
  const { is, value } = clause
  if (is === 'answered' || is === 'unanswered') {
    return value === undefined ? undefined : `must be left out with ${is}`
  }
  if (value === undefined) return 'is missing'
  if (is === 'at-least' || is === 'at-most') return numberProblem(value, other)
  const values = facetValues(other)
  if (!values || values.includes(String(value))) return undefined
  if (values.length === 0) return `answers to ${other.id} cannot be compared with a value`
  return `must be an answer to ${other.id}: ${values.slice(0, 12).join(', ')}`
}

function numberProblem(value: string | number, other: FieldSpec): string | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number'
  const values = facetValues(other)
  if (values?.some((v) => numberIn(v) !== undefined)) return undefined
  return `${other.id} has no numbers to compare with`
}

/** A facet as a number, if it is one. */
export function numberIn(facet: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(facet) ? Number(facet) : undefined
}

function facetValues(field: FieldSpec): readonly string[] | undefined {
  const kind = fieldKind(field.kind)
  if (!kind?.config.safeParse(field.config).success) return undefined
  return kind.facetValues(field.config)?.map((v) => v.value)
}
