import { KasautiError } from '@kasauti/core'
import { handlers } from '../platform/http/handler.ts'
import { presentJob } from './presenter.ts'
import { findJob, listNewestJobs } from './storage.ts'

export const routes = handlers({
  'job.list': async (ctx, { params }) => ({
    rows: (await listNewestJobs(ctx.db, params.projectId)).map(presentJob),
  }),
  'job.get': async (ctx, { params }) => {
    const job = await findJob(ctx.db, params)
    if (!job) throw new KasautiError('job/not-found')
    return presentJob(job)
  },
})
