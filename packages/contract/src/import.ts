import { z } from 'zod'
import { BatchId, ImportId, Instant, JobId, UploadId } from './ids.ts'
import { JobState, Progress } from './job.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'
import { Mapping, mayImport, ReadOptions } from './upload.ts'

export const Import = z.object({
  importId: ImportId,
  jobId: JobId,
  fileName: z.string(),
  /** The batch its items went into; empty name: everything else. */
  batch: z.object({ batchId: BatchId, name: z.string() }),
  state: JobState,
  progress: Progress,
  items: z.number().int(),
  rejected: z.number().int(),
  duplicates: z.number().int(),
  sampleRejects: z.array(z.object({ place: z.string(), reason: z.string() })),
  error: z.string().optional(),
  options: ReadOptions,
  mapping: Mapping,
  startedBy: z.string(),
  createdAt: Instant,
  finishedAt: Instant.optional(),
})

/** Where the items go: a batch there is, or one by name, made if there is none. Left out: everything else. */
export const IntoBatch = z.union([
  z.object({ batchId: BatchId }),
  z.object({
    name: z.string().trim().min(1).max(120),
    /** Of a batch that is made: handed out at once or not yet. */
    state: z.enum(['draft', 'open']).default('open'),
  }),
])

export const importOperations = operations('import', {
  start: {
    method: 'POST',
    path: '/projects/:projectId/imports',
    summary: 'Import an upload as a job',
    may: mayImport,
    params: P,
    body: z.object({
      uploadId: UploadId,
      options: ReadOptions.optional(),
      mapping: Mapping.optional(),
      again: z.boolean().default(false),
      batch: IntoBatch.optional(),
    }),
    output: Import,
    errors: [
      'upload/not-found',
      'import/duplicate-file',
      'import/mapping-invalid',
      'project/archived',
      'batch/not-found',
      'batch/closed',
    ],
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/imports',
    summary: 'Imports, newest first',
    may: mayImport,
    params: P,
    query: PageQuery,
    output: pageOf(Import),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/imports/:importId',
    summary: 'One import with its progress',
    may: mayImport,
    params: P.extend({ importId: ImportId }),
    output: Import,
    errors: ['import/not-found'],
  },
  cancel: {
    method: 'POST',
    path: '/projects/:projectId/imports/:importId/cancel',
    summary: 'Stop an import; what is in stays in',
    may: mayImport,
    params: P.extend({ importId: ImportId }),
    output: Import,
    errors: ['import/not-found', 'import/not-running'],
  },
  rejects: {
    method: 'GET',
    path: '/projects/:projectId/imports/:importId/rejects',
    summary: 'Rejected rows as CSV: place, reason, raw',
    may: mayImport,
    transport: 'file',
    params: P.extend({ importId: ImportId }),
    errors: ['import/not-found'],
  },
  undo: {
    method: 'POST',
    path: '/projects/:projectId/imports/:importId/undo',
    summary: 'Take the items of an import out again, those not worked on yet',
    may: ['lead', 'manager'],
    params: P.extend({ importId: ImportId }),
    output: z.object({ removed: z.number().int(), kept: z.number().int() }),
    errors: ['import/not-found'],
  },
})
