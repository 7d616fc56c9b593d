import { encodeId, KasautiError } from '@kasauti/core'
import { notify } from '../notification/index.ts'
import type { JobKind, JobRun } from '../platform/jobs/index.ts'
import { runDelivery } from './run.ts'
import { type DeliveryRow, findDeliveryOfJob } from './storage.ts'

export const deliveryKind = 'delivery'

async function tell(
  job: JobRun,
  kind: 'delivery-done' | 'delivery-failed',
  row: DeliveryRow,
): Promise<void> {
  const { app, projectId } = job
  const href = `/projects/${encodeId('prj', projectId)}/deliveries/${encodeId('dlv', row.delivery_id)}`
  await notify(app.db, app, {
    userId: row.creator_id,
    kind,
    projectId,
    params: { name: row.name },
    href,
  })
}

async function run(job: JobRun): Promise<void> {
  const { app, projectId, jobId } = job
  try {
    await tell(job, 'delivery-done', await runDelivery(job))
  } catch (error) {
    const row = await findDeliveryOfJob(app.db, { projectId, jobId }).catch(() => undefined)
    if (row && error instanceof KasautiError && !job.signal.aborted)
      await tell(job, 'delivery-failed', row)
    throw error
  } finally {
    app.announce({ kind: 'delivery.changed', projectId })
  }
}

export const deliveryJob: JobKind = { kind: deliveryKind, run }
