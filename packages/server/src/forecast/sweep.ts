import type { App } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/job.ts'
import { listStale } from './around-storage.ts'
import { makeAndKeep } from './make.ts'

const most = 20

/** Keeps a fresh forecast of every batch in work: boards show it, and it is held against the end. */
export const freshForecasts: Sweep = {
  name: 'forecasts',
  everySeconds: 300,
  run: async (app: App) => {
    const now = app.now()
    for (const row of await listStale(app.db, { now, most })) {
      await makeAndKeep(app, app.db, { projectId: row.project_id, batchId: row.batch_id, now })
      // A forecast takes up to a tenth of a second of the processor: requests go first.
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  },
}
