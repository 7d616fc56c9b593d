/** The designer's draft: a task schema that may be wrong, its history, and the changes one can make. Pure. */
import type { FieldSpec, InputSpec, TaskSchema } from '@kasauti/catalog'
import type { Problem } from '@kasauti/core'

export type Part = 'inputs' | 'fields'
/** What is selected: an input or a field, by its place. */
export type Place = { readonly part: Part; readonly at: number }
export type Draft = {
  readonly now: TaskSchema
  readonly past: readonly TaskSchema[]
  readonly future: readonly TaskSchema[]
  /** Changes of the same kind at the same place in a row are undone together. */
  readonly last?: string | undefined
}
const deepest = 200

export const newDraft = (schema: TaskSchema): Draft => ({ now: schema, past: [], future: [] })

/** Take a changed schema. `what` names the change: a row of equal names is one step back. */
export function edit(draft: Draft, now: TaskSchema, what?: string): Draft {
  if (now === draft.now) return draft
  const goesOn = what !== undefined && what === draft.last
  const past = goesOn ? draft.past : [...draft.past, draft.now].slice(-deepest)
  return { now, past, future: [], last: what }
}
export function undo(draft: Draft): Draft {
  const before = draft.past.at(-1)
  if (before === undefined) return draft
  return { now: before, past: draft.past.slice(0, -1), future: [...draft.future, draft.now] }
}
export function redo(draft: Draft): Draft {
  const after = draft.future.at(-1)
  if (after === undefined) return draft
  return { now: after, past: [...draft.past, draft.now], future: draft.future.slice(0, -1) }
}

/** An id made of a stem that nothing else has: `quality`, `quality-2`. */
export function freeId(schema: TaskSchema, part: Part, stem: string): string {
  const taken = new Set<string>(schema[part].map((x) => x.id))
  if (!taken.has(stem)) return stem
  for (let n = 2; ; n++) {
    const id = `${stem.slice(0, 36)}-${n}`
    if (!taken.has(id)) return id
  }
}

export const addField = (schema: TaskSchema, field: FieldSpec): TaskSchema => ({
  ...schema,
  fields: [...schema.fields, field],
})
export const addInput = (schema: TaskSchema, input: InputSpec): TaskSchema => ({
  ...schema,
  inputs: [...schema.inputs, input],
})

export function duplicate(schema: TaskSchema, at: number): TaskSchema {
  const field = schema.fields[at]
  if (!field) return schema
  const copy = {
    ...structuredClone(field),
    id: freeId(schema, 'fields', field.id.replace(/-\d+$/, '')),
  }
  return { ...schema, fields: schema.fields.toSpliced(at + 1, 0, copy) }
}

export function remove(schema: TaskSchema, { part, at }: Place): TaskSchema {
  return part === 'inputs'
    ? { ...schema, inputs: schema.inputs.toSpliced(at, 1) }
    : { ...schema, fields: schema.fields.toSpliced(at, 1) }
}

function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  const row = rows[from]
  if (row === undefined || to < 0 || to >= rows.length) return [...rows]
  return rows.toSpliced(from, 1).toSpliced(to, 0, row)
}
export function move(schema: TaskSchema, { part, at }: Place, to: number): TaskSchema {
  return part === 'inputs'
    ? { ...schema, inputs: moved(schema.inputs, at, to) }
    : { ...schema, fields: moved(schema.fields, at, to) }
}

/** Replace a field; where its id changed, the conditions that speak of it follow. */
export function setField(schema: TaskSchema, at: number, field: FieldSpec): TaskSchema {
  const before = schema.fields[at]
  const fields = schema.fields.map((f, i) => (i === at ? field : f))
  if (!before || before.id === field.id) return { ...schema, fields }
  const follow = (f: FieldSpec): FieldSpec =>
    f.when
      ? {
          ...f,
          when: {
            ...f.when,
            clauses: f.when.clauses.map((c) =>
              c.field === before.id ? { ...c, field: field.id } : c,
            ),
          },
        }
      : f
  return { ...schema, fields: fields.map(follow) }
}

/** Replace an input; fields asked of it or comparing its candidates follow a new id. */
export function setInput(schema: TaskSchema, at: number, input: InputSpec): TaskSchema {
  const before = schema.inputs[at]
  const inputs = schema.inputs.map((x, i) => (i === at ? input : x))
  if (!before || before.id === input.id) return { ...schema, inputs }
  const follow = (f: FieldSpec): FieldSpec => ({
    ...f,
    per: f.per.of === 'turn' && f.per.input === before.id ? { ...f.per, input: input.id } : f.per,
    config: f.config['input'] === before.id ? { ...f.config, input: input.id } : f.config,
  })
  return { ...schema, inputs, fields: schema.fields.map(follow) }
}

/** The thing a problem's path is about, and the rest of the path within it. */
export function placeOf(
  problem: Problem,
): { readonly place: Place; readonly rest: string } | undefined {
  const found = /^(inputs|fields)\.(\d+)(?:\.(.*))?$/.exec(problem.path)
  const part = found?.[1]
  if (part !== 'inputs' && part !== 'fields') return undefined
  return { place: { part, at: Number(found?.[2]) }, rest: found?.[3] ?? '' }
}

/** Problems within one thing, with paths relative to `under` (`config`) of it. */
export const problemsIn = (
  problems: readonly Problem[],
  place: Place,
  under?: string,
): readonly Problem[] =>
  problems.flatMap((p) => {
    const found = placeOf(p)
    if (!found || found.place.part !== place.part || found.place.at !== place.at) return []
    if (under === undefined) return [{ ...p, path: found.rest }]
    return found.rest === under || found.rest.startsWith(`${under}.`)
      ? [{ ...p, path: found.rest.slice(under.length + 1) }]
      : []
  })
