/** The contract as an OpenAPI 3.1 description. */
import { type ErrorCode, errorStatus, problemTexts } from '@kasauti/core'
import { z } from 'zod'
import type { Operation } from './operation.ts'
import { contract } from './registry.ts'

type Json = { readonly [key: string]: unknown }

/** Every error code an operation may answer: its own, and those that follow from what it is. */
export function errorsOf(op: Operation): readonly ErrorCode[] {
  const codes = new Set<ErrorCode>(op.errors)
  const inProject = op.path.includes('/projects/:projectId')
  if (op.may !== 'public') codes.add('auth/required')
  if (op.may === 'admin' || op.may === 'creator' || Array.isArray(op.may))
    codes.add('auth/forbidden')
  if (inProject) codes.add('project/not-found')
  if (inProject && op.method !== 'GET') codes.add('project/archived')
  codes.add('request/invalid')
  if (op.method !== 'GET') {
    codes.add('request/origin-refused')
    if (op.transport === 'json') {
      codes.add('request/malformed')
      codes.add('request/too-large')
      codes.add('request/wrong-media-type')
      if (op.may !== 'public' && op.repeat !== 'safe') codes.add('request/idempotency-conflict')
    }
  }
  codes.add('server/unavailable')
  return [...codes].sort()
}

/** The wire side of a codec is its input, whichever way the value travels. */
function schemaOf(type: z.ZodType): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' })
  return schema
}

const pathOf = (op: Operation): string => op.path.replace(/:([a-zA-Z]+)/g, '{$1}')

function parametersOf(op: Operation): Json[] {
  const of = (schema: z.ZodObject, where: 'path' | 'query'): Json[] => {
    const json = schemaOf(schema) as { properties?: Record<string, Json>; required?: string[] }
    return Object.entries(json.properties ?? {}).map(([name, property]) => ({
      name,
      in: where,
      required: where === 'path' || (json.required ?? []).includes(name),
      schema: property,
    }))
  }
  const headers: Json[] = []
  if (op.method !== 'GET' && op.transport === 'json' && op.may !== 'public' && op.repeat !== 'safe')
    headers.push({ $ref: '#/components/parameters/IdempotencyKey' })
  if (op.errors.includes('request/precondition-failed'))
    headers.push({ $ref: '#/components/parameters/IfMatch' })
  if (op.transport === 'events') headers.push({ $ref: '#/components/parameters/LastEventId' })
  return [...of(op.params, 'path'), ...of(op.query, 'query'), ...headers]
}

const isEmpty = (type: z.ZodType): boolean =>
  type instanceof z.ZodObject && Object.keys(type.shape).length === 0

function bodyOf(op: Operation): Json | undefined {
  if (op.transport === 'upload')
    return {
      required: true,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    }
  if (op.method === 'GET' || isEmpty(op.body)) return undefined
  return {
    required: !op.body.safeParse({}).success,
    content: { 'application/json': { schema: schemaOf(op.body) } },
  }
}

function successOf(op: Operation): Json {
  switch (op.transport) {
    case 'file':
      return {
        description: 'The file',
        content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
      }
    case 'events':
      return {
        description: 'A stream that does not end',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      }
    default:
      return {
        description: 'Done',
        content: { 'application/json': { schema: schemaOf(op.output) } },
      }
  }
}

function failuresOf(op: Operation): Record<string, Json> {
  const byStatus = new Map<number, ErrorCode[]>()
  for (const code of errorsOf(op)) {
    const status = errorStatus[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  const out: Record<string, Json> = {}
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b))
    out[String(status)] = {
      description: codes.map((code) => `\`${code}\``).join(', '),
      content: {
        'application/problem+json': {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              { properties: { code: { enum: codes }, status: { const: status } } },
            ],
          },
          example: exampleProblem(codes[0] ?? 'server/bug'),
        },
      },
    }
  return out
}

const exampleProblem = (code: ErrorCode): Json => ({
  type: `urn:kasauti:error:${code}`,
  title: code,
  status: errorStatus[code],
  code,
  detail: 'What is wrong, in words.',
  problems: [],
  requestId: '019361a2-6c7f-7cc1-b5a4-4d4f6f1f8f10',
})

/** Who may call an operation, as a sentence. */
export function mayInWords(may: Operation['may']): string {
  switch (may) {
    case 'public':
      return 'Anybody.'
    case 'signed-in':
      return 'Anybody who is signed in.'
    case 'creator':
      return 'Admins, and people who are lead or manager of a project.'
    case 'admin':
      return 'Admins.'
    default:
      return `Members of the project with one of the roles ${may.join(', ')}; admins.`
  }
}

function operationOf(op: Operation): Json {
  const body = bodyOf(op)
  return {
    operationId: op.name,
    tags: [op.name.split('.')[0]],
    summary: op.summary,
    description: mayInWords(op.may),
    security: op.may === 'public' ? [] : [{ session: [] }, { token: [] }],
    parameters: parametersOf(op),
    ...(body ? { requestBody: body } : {}),
    responses: { '200': successOf(op), ...failuresOf(op) },
  }
}

const components: Json = {
  securitySchemes: {
    session: {
      type: 'apiKey',
      in: 'cookie',
      name: 'kasauti',
      description: 'Set by signing in; `__Host-kasauti` over https.',
    },
    token: { type: 'http', scheme: 'bearer', description: 'A personal access token: `kas_...`.' },
  },
  parameters: {
    IdempotencyKey: {
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'The same key with the same request within 48 hours gets the first answer again; with another request, 409.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    },
    IfMatch: {
      name: 'If-Match',
      in: 'header',
      required: false,
      description: 'The ETag you saw: refused with 412 if things moved on.',
      schema: { type: 'string' },
    },
    LastEventId: {
      name: 'Last-Event-ID',
      in: 'header',
      required: false,
      description: 'The last event you received: the stream goes on after it.',
      schema: { type: 'string' },
    },
  },
  schemas: {
    Problem: {
      type: 'object',
      description: 'RFC 9457.',
      required: ['type', 'title', 'status', 'code', 'detail', 'problems', 'requestId'],
      properties: {
        type: { type: 'string' },
        title: { type: 'string' },
        status: { type: 'integer' },
        code: { enum: Object.keys(errorStatus) },
        detail: { type: 'string' },
        problems: {
          type: 'array',
          items: {
            type: 'object',
            required: ['path', 'message'],
            properties: {
              path: { type: 'string' },
              message: { type: 'string', description: 'In English.' },
              code: { enum: Object.keys(problemTexts), description: 'What the message says.' },
              params: { type: 'object', description: 'The values in the message, by name.' },
            },
          },
        },
        requestId: { type: 'string' },
      },
    },
  },
}

/** The whole description, as plain JSON data. */
export function openApi(): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const op of Object.values(contract) as Operation[]) {
    const path = paths[pathOf(op)] ?? {}
    path[op.method.toLowerCase()] = operationOf(op)
    paths[pathOf(op)] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kasauti',
      version: '1',
      description:
        'JSON over HTTP. Times are ISO 8601 in UTC; ids begin with three letters that tell what they name.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components,
  }
}
