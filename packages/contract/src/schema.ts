import { Answers, TaskSchema } from '@kasauti/catalog'
import { z } from 'zod'
import { Instant } from './ids.ts'
import { operations } from './operation.ts'
import { anyRole, P } from './project.ts'

export const SchemaVersion = z.object({
  version: z.number().int(),
  schema: TaskSchema,
  createdAt: Instant,
  createdBy: z.string(),
  note: z.string(),
})
export const schemaOperations = operations('schema', {
  get: {
    method: 'GET',
    path: '/projects/:projectId/schema',
    summary: 'The task schema in force, or one version of it',
    may: anyRole,
    params: P,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    output: SchemaVersion,
    errors: ['schema/not-found'],
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/schema/versions',
    summary: 'All versions, newest first',
    may: ['lead', 'manager', 'engineer', 'reviewer'],
    params: P,
    output: z.object({ rows: z.array(SchemaVersion.omit({ schema: true })) }),
  },
  publish: {
    method: 'POST',
    path: '/projects/:projectId/schema/versions',
    summary: 'Publish a new version',
    may: ['lead', 'engineer'],
    params: P,
    body: z.object({
      schema: z.unknown(),
      note: z.string().max(500).default(''),
      basedOn: z.number().int(),
    }),
    output: SchemaVersion,
    errors: ['schema/invalid', 'schema/unchanged', 'request/precondition-failed'],
  },
  check: {
    method: 'POST',
    path: '/schema/check',
    repeat: 'safe',
    summary: 'Check a task schema, and answers against it, without storing anything',
    may: 'signed-in',
    body: z
      .object({
        schema: z.unknown(),
        input: z.record(z.string(), z.unknown()).optional(),
        answers: Answers.optional(),
      })
      .refine((b) => b.answers === undefined || b.input !== undefined, {
        path: ['input'],
        message: 'answers can only be checked against an input',
      }),
    output: z.object({
      problems: z.array(
        z.object({
          path: z.string(),
          message: z.string(),
          code: z.string().optional(),
          params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
        }),
      ),
    }),
  },
})
