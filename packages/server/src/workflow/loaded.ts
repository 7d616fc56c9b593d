/** Versions of workflows, kept in the process: a version never changes. */
import { KasautiError, Workflow } from '@kasauti/core'
import type { App, Db } from '../platform/app.ts'
import { Lru } from '../platform/lru.ts'
import { findWorkflow, findWorkflowVersion } from './storage.ts'

export type LoadedWorkflow = Workflow & { readonly version: number }

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
  const loaded = { ...Workflow.parse(stored), version }
  cacheOf(app).set(key, loaded)
  return loaded
}
