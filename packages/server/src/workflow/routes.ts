import { KasautiError, Workflow } from '@kasauti/core'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { startJob } from '../platform/jobs/index.ts'
import { audit } from '../system/index.ts'
import { applyWorkflow } from './apply.ts'
import { effectsOn, readWorkflow } from './check.ts'
import { loadWorkflow } from './loaded.ts'
import {
  findStepCounts,
  insertWorkflow,
  listWorkflows,
  lockWorkflowVersion,
  setWorkflowVersion,
  type VersionRow,
} from './storage.ts'

type Wish = {
  readonly workflow?: unknown
  readonly note: string
  readonly basedOn: number
  readonly inFlight: 'follow' | 'keep'
}

export const routes = handlers({
  'workflow.get': (ctx, { params }) => inForce(ctx, params.projectId),

  'workflow.check': async (ctx, { params, body }) => {
    const { projectId } = params
    const read = await readWorkflow(ctx, body.workflow)
    if (!read.ok)
      return {
        problems: read.problems.map(({ path, message }) => ({ path, message })),
        effects: [],
      }
    const before = await loadWorkflow(ctx.app, ctx.db, { projectId })
    const effects = await effectsOn(ctx, { projectId, before, workflow: read.workflow })
    return { problems: [], effects: [...effects] }
  },

  'workflow.publish': (ctx, { params, body }) => publish(ctx, params.projectId, body),
})

async function publish(ctx: Ctx, projectId: string, wish: Wish) {
  const current = await lockWorkflowVersion(ctx.db, projectId)
  if (current === undefined) throw new KasautiError('project/not-found')
  if (wish.basedOn !== current)
    throw new KasautiError(
      'request/precondition-failed',
      `The workflow is at version ${current}; this change was based on version ${wish.basedOn}.`,
      { extra: { version: current } },
    )
  const read = await readWorkflow(ctx, wish.workflow)
  if (!read.ok) throw new KasautiError('workflow/invalid', undefined, { problems: read.problems })
  const before = await loadWorkflow(ctx.app, ctx.db, { projectId, version: current })
  if (JSON.stringify(before.stages) === JSON.stringify(read.workflow.stages))
    throw new KasautiError('workflow/unchanged')
  const version = current + 1
  const jobId = await startJob(ctx.db, ctx.app, {
    projectId,
    kind: applyWorkflow.kind,
    title: `workflow ${version}`,
    createdBy: ctx.caller.userId,
    unit: 'items',
  })
  await insertWorkflow(ctx.db, {
    projectId,
    version,
    workflow: read.workflow,
    note: wish.note,
    createdBy: ctx.caller.userId,
    now: ctx.now,
    change: { jobId, inFlight: wish.inFlight },
  })
  await setWorkflowVersion(ctx.db, { projectId, version })
  await audit(ctx.db, ctx, 'workflow.published', {
    version: String(version),
    inFlight: wish.inFlight,
  })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
  return inForce(ctx, projectId)
}

async function inForce(ctx: Ctx, projectId: string) {
  const rows = await listWorkflows(ctx.db, projectId)
  const [newest] = rows
  if (!newest) throw new KasautiError('project/not-found')
  const standing = await findStepCounts(ctx.db, projectId)
  const jobId = newest.applied_at === null ? newest.job_id : null
  return {
    ...presentVersion(newest),
    standing,
    versions: rows.map(presentVersion),
    ...(jobId === null ? {} : { jobId }),
  }
}

const presentVersion = (row: VersionRow) => ({
  version: row.version,
  note: row.note,
  by: row.by,
  at: row.created_at,
  workflow: Workflow.parse(row.workflow),
})
