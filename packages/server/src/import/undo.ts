/** Taking an import out again, a stretch at a time, so that nobody's work waits for it. */
import { KasautiError } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { cancelJob } from '../platform/jobs/index.ts'
import { countKept, findImport, markUndone, removeUntouched } from './storage.ts'

const stretch = 5_000

export async function undoImport(
  ctx: Ctx,
  at: { projectId: string; importId: string },
): Promise<{ removed: number; kept: number }> {
  const { app, db } = ctx
  const found = await findImport(db, at)
  if (!found) throw new KasautiError('import/not-found')
  // First, so that a running import finds it at its next chunk and adds nothing more.
  await markUndone(db, { ...at, now: ctx.now })
  if (found.state === 'queued' || found.state === 'running')
    await cancelJob(db, app, { projectId: at.projectId, jobId: found.job_id }).catch(
      (error: unknown) => {
        if (!(error instanceof KasautiError)) throw error
      },
    )
  let removed = 0
  for (let after: number | undefined = 0; after !== undefined; ) {
    const step = await removeUntouched(db, {
      ...at,
      by: ctx.caller.userId,
      now: ctx.now,
      after,
      limit: stretch,
    })
    removed += step.removed
    after = step.last
  }
  const kept = await countKept(db, at)
  for (const kind of ['import.changed', 'project.changed', 'item.changed'])
    app.announce({ kind, projectId: at.projectId })
  return { removed, kept }
}
