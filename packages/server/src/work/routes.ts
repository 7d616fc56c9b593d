import { KasautiError, leaseUntil, type Stage, stageOf } from '@kasauti/core'
import { keepBeats } from '../activity/index.ts'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { loadWorkflow } from '../workflow/index.ts'
import { claim, present } from './claim.ts'
import { release, reopen, skip } from './leave.ts'
import { mayTake, reopenFrom } from './policy.ts'
import { nameOf } from './presenter.ts'
import { queue } from './queue.ts'
import { resume } from './resume.ts'
import { beat, findStanding, findWork, listRecent, writeDraft } from './storage.ts'
import { submit } from './submit.ts'
import { today } from './today.ts'

type At = { readonly projectId: string; readonly assignmentId: string }

export const routes = handlers({
  'work.today': (ctx) => today(ctx),

  'work.claim': async (ctx, { params, body }) => {
    if (!mayTake(ctx.access.roles, body.stage)) await refuseUnlessAsked(ctx, params, body.stage)
    const scope = { over: 'one', projectId: params.projectId, roles: ctx.access.roles } as const
    return claim(ctx, { ...body, scope, stages: [body.stage] })
  },

  'work.next': (ctx, { body }) => claim(ctx, { ...body, scope: { over: 'all' } }),

  'work.queue': (ctx) => queue(ctx),

  'work.get': (ctx, { params }) => workItem(ctx, params),

  'work.recent': async (ctx, { params, query }) => ({
    rows: (
      await listRecent(ctx.db, who(ctx, params), { ...query, reopenFrom: reopenFrom(ctx.now) })
    ).map((row) => ({
      assignmentId: row.assignment_id,
      ...nameOf(row, ctx.caller),
      preview: row.preview,
      state: row.state,
      at: row.finished_at,
      mayReopen: row.may_reopen,
    })),
  }),

  'work.heartbeat': async (ctx, { params, body }) => {
    const leaseExpiresAt = leaseUntil(ctx.now)
    const beaten = { ...params, ...body, now: ctx.now, leaseExpiresAt }
    if (!(await beat(ctx.db, who(ctx, params), beaten))) {
      await leased(ctx, { ...params, ...body })
      await beat(ctx.db, who(ctx, params), beaten)
    }
    await keepBeats(ctx, { ...params, ...body })
    return { leaseExpiresAt }
  },

  'work.saveDraft': async (ctx, { params, body }) => {
    const leaseExpiresAt = leaseUntil(ctx.now)
    const draft = { ...params, ...body, now: ctx.now, leaseExpiresAt }
    const written = await writeDraft(ctx.db, who(ctx, params), draft)
    if (written !== undefined) {
      await keepBeats(ctx, { ...params, ...body })
      return { draftVersion: written, leaseExpiresAt }
    }
    const standing = await findStanding(ctx.db, who(ctx, params), params)
    const movedOn = standing?.state === 'expired' && standing.draft_version > body.basedOn
    if (standing?.state === 'leased' || (standing && movedOn))
      throw new KasautiError(
        'assignment/stale-draft',
        'The draft was changed elsewhere, in another tab perhaps.',
        { extra: { draftVersion: standing.draft_version } },
      )
    const { row } = await leased(ctx, { ...params, ...body })
    const late = await writeDraft(ctx.db, who(ctx, params), {
      ...draft,
      basedOn: row.draft_version,
    })
    if (late === undefined) throw new KasautiError('assignment/wrong-state')
    await keepBeats(ctx, { ...params, ...body })
    return { draftVersion: late, leaseExpiresAt }
  },

  'work.submit': (ctx, { params, body }) => submit(ctx, { ...params, ...body }),

  'work.skip': async (ctx, { params, body }) => {
    await skip(ctx, { ...params, ...body })
    return {}
  },

  'work.reopen': async (ctx, { params }) => {
    await reopen(ctx, { ...params, activeMs: 0 })
    return workItem(ctx, params)
  },

  'work.release': async (ctx, { params }) => {
    await release(ctx, { ...params, activeMs: 0 })
    return {}
  },
})

/** A workflow may let others take a stage than those who usually do. */
async function refuseUnlessAsked(
  ctx: Ctx,
  { projectId }: { projectId: string },
  stage: Stage,
): Promise<void> {
  const workflow = await loadWorkflow(ctx.app, ctx.db, { projectId })
  const asked = stageOf(workflow, stage)?.who.roles ?? []
  if (!asked.some((role) => ctx.access.roles.includes(role)))
    throw new KasautiError('auth/forbidden')
}

const who = (ctx: Ctx, at: { projectId: string }) => ({
  projectId: at.projectId,
  userId: ctx.caller.userId,
})

async function workItem(ctx: Ctx, at: At) {
  const [row] = await findWork(ctx.db, who(ctx, at), [at.assignmentId])
  if (!row) throw new KasautiError('assignment/not-found')
  return present(ctx, row)
}

/** A lease for drafting and beating: returned work must be claimed first. */
async function leased(ctx: Ctx, act: Parameters<typeof resume>[1]) {
  const work = await resume(ctx, act)
  if (work.row.state !== 'leased') throw new KasautiError('assignment/wrong-state')
  return work
}
