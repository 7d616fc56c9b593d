import { ItemState } from '@kasauti/core'
import { z } from 'zod'
import { BatchId, DeliveryId, Instant, JobId } from './ids.ts'
import { JobState, Progress } from './job.ts'
import { operations, PageQuery, pageOf } from './operation.ts'
import { P } from './project.ts'

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
  /** Name of the batch, of a delivery of one; empty: everything else. */
  batch: z.string().optional(),
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
  /** Of which batch alone; left out: of all. */
  batch: z.object({ batchId: BatchId, name: z.string() }).optional(),
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
      batchId: BatchId.optional(),
      /** `final`: where an adjudicator decided, the decision alone; all annotations where nobody did. */
      answers: z.enum(['all', 'final']).optional(),
    }),
    output: Delivery,
    errors: ['delivery/empty', 'batch/not-found'],
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
