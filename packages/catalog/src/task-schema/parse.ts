import { codedProblem, err, ok, type Problem, type Result } from '@kasauti/core'
import type { z } from 'zod'
import { fieldKind, fieldKinds } from '../fields/index.ts'
import { inputKind, inputKinds } from '../inputs/index.ts'
import { checkClauses } from './parse-conditions.ts'
import { parseWith, unstorables } from './problems.ts'
import { type FieldSpec, type InputSpec, TaskSchema } from './schema.ts'

/**
 * Reads a task schema: shapes, kinds, configs, references between fields and inputs. The value has
 * every default filled in; the other functions of this module expect that. Paths are those of the
 * JSON: `fields.2.config.options.0.value`.
 */
export function parseTaskSchema(raw: unknown): Result<TaskSchema, readonly Problem[]> {
  const read = parsed(raw)
  return read.ok ? read : err(read.error.map(codedProblem))
}

function parsed(raw: unknown): Result<TaskSchema, readonly Problem[]> {
  const broken = unstorables(raw, '')
  if (broken.length > 0) return err(broken)
  const read = parseWith(TaskSchema, raw, '')
  if ('problems' in read) return err(read.problems)
  const problems: Problem[] = []
  const inputs = read.value.inputs.map((spec, i) => parseInput(spec, `inputs.${i}`, problems))
  const fields = read.value.fields.map((spec, i) => parseField(spec, `fields.${i}`, problems))
  const schema: TaskSchema = { ...read.value, inputs, fields }
  problems.push(...checkTwice(inputs, 'inputs'), ...checkTwice(fields, 'fields'))
  fields.forEach((field, i) => {
    problems.push(...checkPer(field, schema, `fields.${i}`))
    problems.push(...checkCandidates(field, schema, `fields.${i}`))
    problems.push(...checkClauses(field, fields, i))
  })
  return problems.length > 0 ? err(problems) : ok(schema)
}

function parseInput(spec: InputSpec, path: string, problems: Problem[]): InputSpec {
  const kind = inputKind(spec.kind)
  if (kind) return { ...spec, config: parseConfig(kind.config, spec.config, { path, problems }) }
  problems.push({ path: `${path}.kind`, message: `must be ${listed(inputKinds)}` })
  return spec
}

function parseField(spec: FieldSpec, path: string, problems: Problem[]): FieldSpec {
  const kind = fieldKind(spec.kind)
  if (kind) return { ...spec, config: parseConfig(kind.config, spec.config, { path, problems }) }
  problems.push({ path: `${path}.kind`, message: `must be ${listed(fieldKinds)}` })
  return spec
}

const listed = (kinds: readonly { readonly kind: string }[]): string =>
  kinds.map((k) => k.kind).join(', ')

type Config = Record<string, unknown>
type Where = { readonly path: string; readonly problems: Problem[] }

function parseConfig(shape: z.ZodType<unknown>, config: Config, where: Where): Config {
  const read = parseWith(shape, config, `${where.path}.config`)
  if ('value' in read) return read.value as Config
  where.problems.push(...read.problems)
  return config
}

function checkTwice(specs: readonly { readonly id: string }[], path: string): Problem[] {
  return specs.flatMap((spec, i) => {
    const first = specs.findIndex((s) => s.id === spec.id)
    if (first === i) return []
    return [
      { path: `${path}.${i}.id`, message: `${spec.id} is the id of ${path}.${first} already` },
    ]
  })
}

function checkPer(field: FieldSpec, schema: TaskSchema, path: string): Problem[] {
  const { per } = field
  if (per.of === 'item') return []
  const input = schema.inputs.find((i) => i.id === per.input)
  if (!input) return [{ path: `${path}.per.input`, message: 'must be the id of an input' }]
  const roles = inputKind(input.kind)?.turnRoles ?? []
  if (roles.length === 0) {
    return [
      { path: `${path}.per.input`, message: `${per.input} is a ${input.kind}: it has no turns` },
    ]
  }
  return per.roles.flatMap((role, i) => {
    if (roles.includes(role)) return []
    return [{ path: `${path}.per.roles.${i}`, message: `must be ${roles.join(', ')}` }]
  })
}

function checkCandidates(field: FieldSpec, schema: TaskSchema, path: string): Problem[] {
  const kind = fieldKind(field.kind)
  const compares = kind?.config.safeParse(field.config).success
    ? kind.comparesCandidates(field.config)
    : undefined
  if (!compares) return []
  if (field.per.of === 'turn') {
    return [{ path: `${path}.per`, message: `a ${field.kind} is asked of the whole item` }]
  }
  const input = schema.inputs.find((i) => i.id === compares.input)
  const at = `${path}.config.input`
  if (!input) return [{ path: at, message: 'must be the id of an input' }]
  const most = inputKind(input.kind)?.candidateLimit ?? 0
  if (most >= compares.min) return []
  return [{ path: at, message: `${input.id} is a ${input.kind}: it has no candidates` }]
}
