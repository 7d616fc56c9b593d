import { clip, codedProblem, err, ok, type Problem, type Result } from '@kasauti/core'
import { inputKind } from '../inputs/index.ts'
import type { AnswerContext, ComparesCandidates, InputKind, TaxonomyTree } from '../kinds.ts'
import { type Inputs, kindOf, own } from './asked.ts'
import { pathUnder, unstorables } from './problems.ts'
import type { InputSpec, TaskSchema } from './schema.ts'

/** The kind of an input of a parsed schema. */
export function inputKindOf(spec: InputSpec): InputKind {
  const kind = inputKind(spec.kind)
  if (!kind) throw new Error(`no input kind ${spec.kind}`)
  return kind
}

/**
 * Reads what was imported for one item, `{ [inputId]: raw }`, into canonical values. Refuses what is
 * missing, unknown, cannot be stored, or has not the candidates its fields compare. Paths begin with
 * the input id: `chat.messages.0.role`.
 */
export function readInputs(schema: TaskSchema, raw: unknown): Result<Inputs, readonly Problem[]> {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return err([codedProblem({ path: '', message: 'must be an object: a value for each input' })])
  }
  const known = new Set(schema.inputs.map((i) => i.id))
  const problems: Problem[] = Object.keys(raw)
    .filter((id) => !known.has(id))
    .map((id) => ({ path: id, message: 'is not an input of this task' }))
  const inputs: Record<string, unknown> = {}
  for (const spec of schema.inputs) {
    const read = readInput(schema, spec, own(raw, spec.id))
    if (read.ok) inputs[spec.id] = read.value
    else problems.push(...read.error)
  }
  return problems.length > 0 ? err(problems.map(codedProblem)) : ok(inputs)
}

function readInput(
  schema: TaskSchema,
  spec: InputSpec,
  raw: unknown,
): Result<unknown, readonly Problem[]> {
  const { id } = spec
  if (raw === undefined) return err([{ path: id, message: 'is missing' }])
  const kind = inputKindOf(spec)
  const read = kind.read(raw, spec.config)
  if (!read.ok) {
    return err(
      read.error.map((p) => ({ path: p.path ? pathUnder(id, [p.path]) : id, message: p.message })),
    )
  }
  const broken = unstorables(read.value, id)
  if (broken.length > 0) return err(broken)
  const n = kind.candidates(read.value).length
  const wrong = comparisons(schema, id).flatMap(({ min, max }) => {
    if (n >= min && n <= max) return []
    const wanted = min === max ? `exactly ${min}` : `${min} to ${max}`
    return [{ path: `${id}.candidates`, message: `must be ${wanted} to compare, there are ${n}` }]
  })
  return wrong.length > 0 ? err(wrong) : read
}

function comparisons(schema: TaskSchema, input: string): ComparesCandidates[] {
  return schema.fields.flatMap((field) => {
    const compares = kindOf(field).comparesCandidates(field.config)
    return compares?.input === input ? [compares] : []
  })
}

/** One line of at most `limit` code points that tells an item from others. */
export function previewInputs(schema: TaskSchema, inputs: Inputs, limit: number): string {
  const previews = schema.inputs.flatMap((spec) => {
    const value = own(inputs, spec.id)
    const preview = value === undefined ? '' : inputKindOf(spec).preview(value, limit)
    return preview === '' ? [] : [preview]
  })
  return clip(previews.join(' · '), limit)
}

/**
 * What fields need to know of one item. Of canonical inputs the candidates are canonical ids, of
 * presented inputs slots. `trees` finds a taxonomy of the project by name and version.
 */
export function context(
  schema: TaskSchema,
  inputs: Inputs,
  trees: (name: string, version: number) => TaxonomyTree | undefined,
): AnswerContext {
  const candidates = schema.inputs.map((spec) => {
    const value = own(inputs, spec.id)
    return [spec.id, value === undefined ? [] : inputKindOf(spec).candidates(value)] as const
  })
  return { candidates: Object.fromEntries(candidates), taxonomy: trees }
}
