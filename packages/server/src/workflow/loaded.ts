/** Versions of workflows, kept in the process: a version never changes. */
import { KasautiError, type Stage, stageOf, stages, type Who, Workflow } from '@kasauti/core'
import type { App, Db } from '../platform/app.ts'
import { Lru } from '../platform/lru.ts'
import { findBegun, findWorkflow, findWorkflowVersion } from './storage.ts'

export type LoadedWorkflow = Workflow & {
  readonly version: number
  /** `keep`: what was begun before goes on by the version before. */
  readonly inFlight: 'follow' | 'keep'
  readonly createdAt: Date
  /** Who takes what is left of stages that only kept items have. */
  readonly left: Readonly<Partial<Record<Stage, Who>>>
}

const caches = new WeakMap<App, Lru<LoadedWorkflow>>()
function cacheOf(app: App): Lru<LoadedWorkflow> {
  const kept = caches.get(app) ?? new Lru<LoadedWorkflow>(200)
  caches.set(app, kept)
  return kept
}

/** A committed version of a project's workflow; without a version, the one in force. Throws `project/not-found`. */
export async function loadWorkflow(
  app: App,
  db: Db,
  at: { projectId: string; version?: number },
): Promise<LoadedWorkflow> {
  const version = at.version ?? (await findWorkflowVersion(db, at.projectId))
  if (version === undefined) throw new KasautiError('project/not-found')
  const key = `${at.projectId} ${version}`
  const kept = cacheOf(app).get(key)
  if (kept) return kept
  const stored = await findWorkflow(db, { projectId: at.projectId, version })
  if (stored === undefined) throw new KasautiError('project/not-found')
  const workflow = Workflow.parse(stored.workflow)
  const before =
    stored.in_flight === 'keep' && version > 1
      ? await loadWorkflow(app, db, { projectId: at.projectId, version: version - 1 })
      : undefined
  const loaded = {
    ...workflow,
    version,
    inFlight: stored.in_flight,
    createdAt: stored.created_at,
    left: before ? leftOf(workflow, before) : {},
  }
  cacheOf(app).set(key, loaded)
  return loaded
}

const leftOf = (now: Workflow, before: LoadedWorkflow): LoadedWorkflow['left'] =>
  Object.fromEntries(
    stages.flatMap((stage) => {
      const who = stageOf(before, stage)?.who ?? before.left[stage]
      return stageOf(now, stage) || !who ? [] : [[stage, who] as const]
    }),
  )

/**
 * The workflow an item goes by: the one in force, unless it was begun before a change that left alone what
 * was in flight.
 */
export async function workflowOfItem(
  app: App,
  db: Db,
  at: { projectId: string; itemId: string; version: number },
): Promise<LoadedWorkflow> {
  let workflow = await loadWorkflow(app, db, at)
  if (workflow.inFlight === 'follow') return workflow
  const begun = await findBegun(db, at)
  while (begun && workflow.inFlight === 'keep' && begun < workflow.createdAt)
    workflow = await loadWorkflow(app, db, { ...at, version: workflow.version - 1 })
  return workflow
}
