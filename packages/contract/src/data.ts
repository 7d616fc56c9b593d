import { ItemState } from '@kasauti/core'
import { z } from 'zod'
import { DeliveryId, ImportId, Instant, JobId, UploadId } from './ids.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'

export const ReadOptions = z.object({
  format: z.string().max(40),
  encoding: z.string().max(40),
  delimiter: z.string().max(4).optional(),
  header: z.boolean().optional(),
})
export const Upload = z.object({
  uploadId: UploadId,
  fileName: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  detected: ReadOptions,
  confidence: z.number(),
  /** The same bytes were imported into this project before. */
  importedBefore: z.object({ importId: ImportId, at: Instant, items: z.number().int() }).optional(),
})
export const PreviewColumn = z.object({ name: z.string(), samples: z.array(z.string()) })
/** Which column feeds what. `input` may name a part of an input (`chat.messages`); `key` identifies the item. */
export const Mapping = z.object({
  key: z.string().optional(),
  inputs: z.record(
    z.string(),
    z.union([
      z.object({ column: z.string() }),
      z.object({ columns: z.record(z.string(), z.string()) }),
      z.object({ wholeRow: z.literal(true) }),
    ]),
  ),
})
export const Progress = z.object({
  done: z.number(),
  total: z.number().optional(),
  unit: z.enum(['bytes', 'items', 'steps']),
  ratePerSecond: z.number().optional(),
  secondsLeft: z.number().optional(),
})
export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])
export const Job = z.object({
  jobId: JobId,
  kind: z.string(),
  state: JobState,
  title: z.string(),
  progress: Progress,
  error: z.string().optional(),
  createdAt: Instant,
  finishedAt: Instant.optional(),
})
export const Import = z.object({
  importId: ImportId,
  jobId: JobId,
  fileName: z.string(),
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
const may = ['lead', 'engineer', 'manager'] as const

export const uploadOperations = operations('upload', {
  create: {
    method: 'POST',
    path: '/projects/:projectId/uploads',
    summary: 'Upload a file: its bytes are the body, its name the query',
    may,
    transport: 'upload',
    params: P,
    query: z.object({ fileName: z.string().min(1).max(255) }),
    output: Upload,
    errors: ['request/too-large', 'upload/unreadable'],
  },
  preview: {
    method: 'GET',
    path: '/projects/:projectId/uploads/:uploadId/preview',
    summary: 'First rows under the given reading options, with a proposed mapping',
    may,
    params: P.extend({ uploadId: UploadId }),
    query: z.object({
      format: z.string().max(40).optional(),
      encoding: z.string().max(40).optional(),
      delimiter: z.string().max(4).optional(),
      header: z.stringbool().optional(),
    }),
    output: z.object({
      options: ReadOptions,
      columns: z.array(PreviewColumn),
      rows: z.array(
        z.object({ place: z.string(), problem: z.string().optional(), cells: z.array(z.string()) }),
      ),
      mapping: Mapping,
      formats: z.array(z.string()),
    }),
    errors: ['upload/not-found', 'upload/unreadable'],
  },
})
export const importOperations = operations('import', {
  start: {
    method: 'POST',
    path: '/projects/:projectId/imports',
    summary: 'Import an upload as a job',
    may,
    params: P,
    body: z.object({
      uploadId: UploadId,
      options: ReadOptions.optional(),
      mapping: Mapping.optional(),
      again: z.boolean().default(false),
    }),
    output: Import,
    errors: [
      'upload/not-found',
      'import/duplicate-file',
      'import/mapping-invalid',
      'project/archived',
    ],
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/imports',
    summary: 'Imports, newest first',
    may,
    params: P,
    query: PageQuery,
    output: pageOf(Import),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/imports/:importId',
    summary: 'One import with its progress',
    may,
    params: P.extend({ importId: ImportId }),
    output: Import,
    errors: ['import/not-found'],
  },
  cancel: {
    method: 'POST',
    path: '/projects/:projectId/imports/:importId/cancel',
    summary: 'Stop an import; what is in stays in',
    may,
    params: P.extend({ importId: ImportId }),
    output: Import,
    errors: ['import/not-found', 'import/not-running'],
  },
  rejects: {
    method: 'GET',
    path: '/projects/:projectId/imports/:importId/rejects',
    summary: 'Rejected rows as CSV: place, reason, raw',
    may,
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

export const DeliveryFile = z.object({
  name: z.string(),
  format: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  rows: z.number().int(),
  losses: z.array(z.string()),
})
export const DeliveryManifest = z.object({
  kasauti: z.string(),
  project: z.string(),
  name: z.string(),
  madeAt: z.string(),
  madeBy: z.string(),
  schemaVersions: z.array(z.number().int()),
  states: z.array(ItemState),
  items: z.number().int(),
  annotations: z.number().int(),
  itemsByState: z.record(z.string(), z.number().int()),
  files: z.array(DeliveryFile),
})
export const Delivery = z.object({
  deliveryId: DeliveryId,
  jobId: JobId,
  name: z.string(),
  state: JobState,
  progress: Progress,
  manifest: DeliveryManifest.optional(),
  error: z.string().optional(),
  createdAt: Instant,
  createdBy: z.string(),
  finishedAt: Instant.optional(),
})
const mayDeliver = ['lead', 'manager', 'engineer'] as const
const maySee = ['lead', 'manager', 'engineer', 'stakeholder'] as const
export const deliveryOperations = operations('delivery', {
  create: {
    method: 'POST',
    path: '/projects/:projectId/deliveries',
    summary: 'Freeze the labels as they are now and write them as files',
    may: mayDeliver,
    params: P,
    body: z.object({
      name: z.string().trim().min(1).max(120),
      formats: z.array(z.enum(['jsonl', 'csv', 'json'])).min(1),
      states: z.array(ItemState).min(1).default(['accepted']),
    }),
    output: Delivery,
    errors: ['delivery/empty'],
  },
  list: {
    method: 'GET',
    path: '/projects/:projectId/deliveries',
    summary: 'Deliveries, newest first',
    may: maySee,
    params: P,
    query: PageQuery,
    output: pageOf(Delivery),
  },
  get: {
    method: 'GET',
    path: '/projects/:projectId/deliveries/:deliveryId',
    summary: 'One delivery with its manifest',
    may: maySee,
    params: P.extend({ deliveryId: DeliveryId }),
    output: Delivery,
    errors: ['delivery/not-found'],
  },
  file: {
    method: 'GET',
    path: '/projects/:projectId/deliveries/:deliveryId/files/:name',
    summary:
      'Download a file (or manifest.json); of a running delivery, follow it as it is written',
    may: maySee,
    transport: 'file',
    params: P.extend({ deliveryId: DeliveryId, name: z.string().max(120) }),
    errors: ['delivery/not-found', 'delivery/not-ready'],
  },
  cancel: {
    method: 'POST',
    path: '/projects/:projectId/deliveries/:deliveryId/cancel',
    summary: 'Stop a running delivery',
    may: mayDeliver,
    params: P.extend({ deliveryId: DeliveryId }),
    output: Delivery,
    errors: ['delivery/not-found', 'job/not-running'],
  },
})
