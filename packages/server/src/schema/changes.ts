/** What a new version of a task schema may not do to items that are already there. */
import type { TaskSchema } from '@kasauti/catalog'
import type { Problem } from '@kasauti/core'

/** Existing items hold values for the inputs of the old version only, in its shapes. */
export function inputProblems(before: TaskSchema, after: TaskSchema): readonly Problem[] {
  const old = new Map(before.inputs.map((input) => [input.id, input]))
  const kept = new Set(after.inputs.map((input) => input.id))
  const gone = before.inputs
    .filter((input) => !kept.has(input.id))
    .map((input) => ({
      path: 'inputs',
      message: `the input "${input.id}" is missing: items of this project have it`,
    }))
  const changed = after.inputs.flatMap((input, i) => {
    const was = old.get(input.id)
    if (!was)
      return [
        {
          path: `inputs.${i}.id`,
          message: `the input "${input.id}" is new: items of this project do not have it`,
        },
      ]
    if (was.kind === input.kind) return []
    return [
      {
        path: `inputs.${i}.kind`,
        message: `items of this project hold "${was.kind}" in the input "${input.id}"`,
      },
    ]
  })
  return [...gone, ...changed]
}

/** The same JSON, whatever the order of its keys. */
export const sameJson = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b)
const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).sort(([x], [y]) => (x < y ? -1 : 1)))
      : v,
  )
