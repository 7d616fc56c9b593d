/** The draft as JSON text and back. */
import { parseTaskSchema, TaskSchema } from '@kasauti/catalog'
import type { Problem } from '@kasauti/core'
import { jsonErrorAt } from './json-place.ts'

export const toText = (schema: TaskSchema): string => JSON.stringify(schema, undefined, 2)

export type ReadText =
  | { readonly schema: TaskSchema; readonly problems: readonly Problem[] }
  | { readonly schema: undefined; readonly problems: readonly Problem[] }

/** Where the text stops being JSON: "line 3, column 14". */
function placeOfError(text: string): string {
  const before = text.slice(0, jsonErrorAt(text) ?? 0).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** Read edited text: a schema of the right shape (which may still have problems), or why it is none. */
export function fromText(text: string): ReadText {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return {
      schema: undefined,
      problems: [{ path: placeOfError(text), message: 'is not JSON' }],
    }
  }
  const parsed = parseTaskSchema(raw)
  if (parsed.ok) return { schema: parsed.value, problems: [] }
  const shape = TaskSchema.safeParse(raw)
  return { schema: shape.success ? shape.data : undefined, problems: parsed.error }
}

export function problemsOf(schema: TaskSchema): readonly Problem[] {
  const parsed = parseTaskSchema(schema)
  return parsed.ok ? [] : parsed.error
}

type Known = readonly { readonly name: string; readonly version: number }[]
/** Taxonomy fields that name a taxonomy or a version the project does not have. */
export const missingTaxonomies = (schema: TaskSchema, known: Known): readonly Problem[] =>
  schema.fields.flatMap((field, i) => {
    if (field.kind !== 'taxonomy') return []
    const { taxonomy, version } = field.config
    const found = known.find((x) => x.name === taxonomy)
    if (!found)
      return [
        {
          path: `fields.${i}.config.taxonomy`,
          message: `${String(taxonomy)} is not a taxonomy of this project`,
        },
      ]
    return typeof version === 'number' && version > found.version
      ? [{ path: `fields.${i}.config.version`, message: `must be at most ${found.version}` }]
      : []
  })
