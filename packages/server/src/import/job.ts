import { encodeId, KasautiError } from '@kasauti/core'
import { notify } from '../notification/index.ts'
import { type JobKind, type JobRun, startJob } from '../platform/jobs/index.ts'
import { type Imported, runImport } from './run.ts'
import { findImportWork } from './storage.ts'

export const importKind = 'import'

const hrefOf = (projectId: string, importId: string): string =>
  `/projects/${encodeId('prj', projectId)}/imports/${encodeId('imp', importId)}`

/** Whoever started it hears of the end; the words of new items are made next. */
async function tellDone(job: JobRun, done: Imported): Promise<void> {
  const { app, projectId } = job
  await app.db.transaction().execute(async (db) => {
    if (done.items > 0)
      await startJob(db, app, {
        projectId,
        kind: 'search-index',
        title: done.fileName,
        createdBy: done.createdBy,
      })
    await notify(db, app, {
      userId: done.createdBy,
      kind: 'import-done',
      projectId,
      params: {
        name: done.fileName,
        items: String(done.items),
        rejected: String(done.rejected),
        duplicates: String(done.duplicates),
      },
      href: hrefOf(projectId, done.importId),
    })
  })
}

async function tellFailed(job: JobRun, error: KasautiError): Promise<void> {
  const { app, projectId } = job
  const work = await findImportWork(app.db, { projectId, jobId: job.jobId })
  if (!work) return
  await notify(app.db, app, {
    userId: work.created_by,
    kind: 'import-failed',
    projectId,
    params: { name: work.file_name, error: error.message },
    href: hrefOf(projectId, work.import_id),
  })
}

async function run(job: JobRun): Promise<void> {
  const { app, projectId } = job
  try {
    await tellDone(job, await runImport(job))
  } catch (error) {
    if (error instanceof KasautiError && !job.signal.aborted) await tellFailed(job, error)
    throw error
  } finally {
    app.announce({ kind: 'import.changed', projectId })
    app.announce({ kind: 'project.changed', projectId })
  }
}

export const importJob: JobKind = { kind: importKind, run }
