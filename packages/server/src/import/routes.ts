import { KasautiError } from '@kasauti/core'
import {
  type Ctx,
  handlers,
  idAfter,
  pageById,
  withoutTransaction,
} from '../platform/http/index.ts'
import { cancelJob } from '../platform/jobs/index.ts'
import { audit } from '../system/index.ts'
import { presentImport } from './presenter.ts'
import { rejectsCsv } from './rejects.ts'
import { rejectsKept } from './run.ts'
import { startImport } from './start.ts'
import { findImport, type ImportRow, listImports } from './storage.ts'
import { undoImport } from './undo.ts'

type At = { readonly projectId: string; readonly importId: string }

async function theImport(ctx: Ctx, at: At): Promise<ImportRow> {
  const found = await findImport(ctx.db, at)
  if (!found) throw new KasautiError('import/not-found')
  return found
}

export const routes = handlers({
  'import.start': async (ctx, input) => {
    const importId = await startImport(ctx, input)
    const { projectId } = input.params
    await audit(ctx.db, ctx, 'import.started', { importId })
    ctx.afterCommit(() => ctx.app.announce({ kind: 'import.changed', projectId }))
    return presentImport(await theImport(ctx, { projectId, importId }))
  },
  'import.list': async (ctx, { params: { projectId }, query }) => {
    const before = idAfter(query.after)
    const found = await listImports(ctx.db, { projectId, before, limit: query.limit + 1 })
    const { shown, next } = pageById(found, query.limit, (row) => row.import_id)
    return {
      rows: shown.map(presentImport),
      next,
    }
  },
  'import.get': async (ctx, { params }) => presentImport(await theImport(ctx, params)),
  'import.cancel': async (ctx, { params }) => {
    const found = await theImport(ctx, params)
    if (found.state !== 'queued' && found.state !== 'running')
      throw new KasautiError('import/not-running', 'This import has ended already.')
    await cancelJob(ctx.db, ctx.app, { projectId: params.projectId, jobId: found.job_id })
    await audit(ctx.db, ctx, 'import.cancelled', { importId: params.importId })
    return presentImport(await theImport(ctx, params))
  },
  'import.rejects': async (ctx, { params }) => {
    const { rejected, file_name } = await theImport(ctx, params)
    const kept = Math.min(rejected, rejectsKept)
    return {
      fileName: `${file_name.replace(/\.[^.]+$/, '')}-rejected.csv`,
      mediaType: 'text/csv; charset=utf-8',
      body: rejectsCsv(ctx.db, { ...params, rejected, kept }),
    }
  },
  'import.undo': withoutTransaction(async (ctx, { params }) => {
    const done = await undoImport(ctx, params)
    await audit(ctx.db, ctx, 'import.undone', { importId: params.importId })
    return done
  }),
})
