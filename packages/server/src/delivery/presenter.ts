import type { Output } from '@kasauti/contract'
import { presentRun } from '../job/index.ts'
import type { DeliveryRow } from './storage.ts'

export const presentDelivery = (row: DeliveryRow): Output<'delivery.get'> => ({
  deliveryId: row.delivery_id,
  jobId: row.job_id,
  name: row.name,
  ...(row.batch_id === null ? {} : { batch: { batchId: row.batch_id, name: row.batch ?? '' } }),
  createdAt: row.created_at,
  createdBy: row.created_by,
  ...(row.manifest === null ? {} : { manifest: row.manifest }),
  ...presentRun(row),
})
