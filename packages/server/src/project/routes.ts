import { KasautiError } from '@kasauti/core'
import { doWhatWasLeft } from '../platform/db/index.ts'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { audit } from '../system/index.ts'
import { startReordering } from '../work/index.ts'
import { createProject } from './create.ts'
import { etagOf, presentCounts, presentPerson, presentProject } from './presenter.ts'
import type { Settings } from './settings.ts'
import {
  findProject,
  listDays,
  listPeople,
  listProjects,
  lockProject,
  setProjectPaused,
  updateProject,
} from './storage.ts'

export const routes = handlers({
  'project.list': async (ctx, { query }) => {
    const rows = await listProjects(ctx.db, {
      userId: ctx.caller.userId,
      see: ctx.caller.admin ? 'all' : 'mine',
      archived: query.archived === true ? 'too' : 'not',
    })
    return { rows: rows.map((row) => presentProject(row, ctx.caller)) }
  },

  'project.create': async (ctx, { body }) => {
    const projectId = await createProject(ctx, body)
    await doWhatWasLeft(ctx.db)
    ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
    return show(ctx, projectId)
  },

  'project.get': (ctx, { params }) => show(ctx, params.projectId),

  'project.update': async (ctx, { params, body }) => {
    const { projectId } = params
    const before = await lockProject(ctx.db, projectId)
    if (!before) throw new KasautiError('project/not-found')
    refuseStale(ctx, before.revision)
    const settings = merged(before.settings, body.settings)
    const reordered = settings.queue.order !== before.settings.queue.order
    await updateProject(ctx.db, {
      projectId,
      name: body.name,
      summary: body.summary,
      settings,
      archivedAt: body.archived === undefined ? undefined : body.archived ? ctx.now : null,
    })
    if (reordered) await startReordering(ctx, projectId)
    ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
    return show(ctx, projectId)
  },

  'project.pause': async (ctx, { params, body }) => {
    const { projectId } = params
    if (!(await lockProject(ctx.db, projectId))) throw new KasautiError('project/not-found')
    await setProjectPaused(ctx.db, projectId, { at: ctx.now, reason: body.reason })
    await audit(ctx.db, ctx, 'project.paused', { reason: body.reason })
    ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
    return show(ctx, projectId)
  },

  'project.resume': async (ctx, { params }) => {
    const { projectId } = params
    if (!(await lockProject(ctx.db, projectId))) throw new KasautiError('project/not-found')
    await setProjectPaused(ctx.db, projectId, undefined)
    await audit(ctx.db, ctx, 'project.resumed')
    ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId }))
    return show(ctx, projectId)
  },

  'project.progress': async (ctx, { params }) => {
    const { projectId } = params
    const [project, people, days] = await Promise.all([
      findProject(ctx.db, { projectId, userId: ctx.caller.userId }),
      listPeople(ctx.db, projectId),
      listDays(ctx.db, projectId),
    ])
    if (!project) throw new KasautiError('project/not-found')
    return { counts: presentCounts(project), people: people.map(presentPerson), days }
  },
})

async function show(ctx: Ctx, projectId: string) {
  const row = await findProject(ctx.db, { projectId, userId: ctx.caller.userId })
  if (!row) throw new KasautiError('project/not-found')
  ctx.setHeader('ETag', etagOf(row.revision))
  return presentProject(row, ctx.caller)
}

/** Weak tags and lists of tags are understood; without a condition the last writer wins. */
function refuseStale(ctx: Ctx, revision: number): void {
  const wanted = ctx.ifMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  if (!wanted || wanted.includes('*') || wanted.includes(etagOf(revision))) return
  throw new KasautiError(
    'request/precondition-failed',
    'Somebody changed the project meanwhile: load it again.',
    { extra: { etag: etagOf(revision) } },
  )
}

type Change = { readonly [K in keyof Settings]?: Settings[K] | undefined }

function merged(before: Settings, change: Change = {}): Settings {
  const ids = change.skipReasons?.map((reason) => reason.id) ?? []
  const twice = ids.findIndex((id, n) => ids.indexOf(id) !== n)
  if (twice >= 0)
    throw new KasautiError('request/invalid', undefined, {
      problems: [{ path: `body.settings.skipReasons.${twice}.id`, message: 'is there already' }],
    })
  return {
    queue: change.queue ?? before.queue,
    skipReasons: change.skipReasons ?? before.skipReasons,
    instructions: change.instructions ?? before.instructions,
    ...(change.gold || before.gold ? { gold: change.gold ?? before.gold } : {}),
  }
}
