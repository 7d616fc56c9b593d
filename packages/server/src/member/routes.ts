import type { Output } from '@kasauti/contract'
import { encodeId, KasautiError, projectRoles } from '@kasauti/core'
import { releaseAll } from '../assignment/index.ts'
import { notify } from '../notification/index.ts'
import { type Ctx, handlers } from '../platform/http/index.ts'
import { audit } from '../system/index.ts'
import { leads, refuseAbove } from './policy.ts'
import {
  findProjectName,
  isActiveUser,
  listCandidates,
  listMembers,
  lockMembers,
  type MemberRow,
  removeMember,
  setCaps,
  setPaused,
  setRoles,
} from './storage.ts'

export const routes = handlers({
  'member.list': async (ctx, { params }) => ({
    rows: (await listMembers(ctx.db, params.projectId)).map(present),
  }),

  'member.set': async (ctx, { params, body }) => {
    const members = await lockMembers(ctx.db, params.projectId)
    const before = members.find((m) => m.user_id === params.userId)
    const roles = projectRoles.filter((role) => body.roles.includes(role))
    if (!before && !(await isActiveUser(ctx.db, params.userId)))
      throw new KasautiError('user/not-found', 'There is no such person.')
    refuseAbove(ctx.access.roles, [...roles, ...(before?.roles ?? [])])
    if (before && leads(before.roles) && !leads(roles)) refuseWithoutLead(members, params.userId)
    await setRoles(ctx.db, params.projectId, { userId: params.userId, roles, now: ctx.now })
    await audit(ctx.db, ctx, 'member.set', {
      person: params.userId,
      before: before?.roles.join(', ') ?? '',
      roles: roles.join(', '),
    })
    if (!before) await tell(ctx, params.userId)
    changed(ctx, params.userId)
    const now = (await listMembers(ctx.db, params.projectId)).find(
      (m) => m.user_id === params.userId,
    )
    if (!now) throw new Error('a member that was set is missing')
    return present(now)
  },

  'member.remove': async (ctx, { params }) => {
    const members = await lockMembers(ctx.db, params.projectId)
    const before = members.find((m) => m.user_id === params.userId)
    if (!before) throw new KasautiError('member/not-found', 'This person is not in the project.')
    refuseAbove(ctx.access.roles, before.roles)
    if (leads(before.roles)) refuseWithoutLead(members, params.userId)
    await releaseAll(ctx, { ...params, reason: '' })
    await removeMember(ctx.db, params.projectId, params.userId)
    await audit(ctx.db, ctx, 'member.removed', {
      person: params.userId,
      roles: before.roles.join(', '),
    })
    changed(ctx, params.userId)
    return {}
  },

  'member.pause': async (ctx, { params, body }) => {
    await changeable(ctx, params)
    await setPaused(ctx.db, params, { at: ctx.now, reason: body.reason })
    if (body.leases === 'release') await releaseAll(ctx, { ...params, reason: body.reason })
    const { reason, leases } = body
    await audit(ctx.db, ctx, 'member.paused', { person: params.userId, reason, leases })
    return shown(ctx, params)
  },

  'member.resume': async (ctx, { params }) => {
    await changeable(ctx, params)
    await setPaused(ctx.db, params, undefined)
    await audit(ctx.db, ctx, 'member.resumed', { person: params.userId })
    return shown(ctx, params)
  },

  'member.setCaps': async (ctx, { params, body }) => {
    await changeable(ctx, params)
    await setCaps(ctx.db, params, { dailyCap: body.dailyCap, heldCap: body.heldCap })
    await audit(ctx.db, ctx, 'member.capped', {
      person: params.userId,
      daily: String(body.dailyCap ?? ''),
      held: String(body.heldCap ?? ''),
    })
    return shown(ctx, params)
  },

  'member.candidates': async (ctx, { params, query }) => {
    const rows = await listCandidates(ctx.db, params.projectId, query.search.trim())
    return { rows: rows.map((row) => ({ userId: row.user_id, name: row.name, email: row.email })) }
  },
})

type At = { readonly projectId: string; readonly userId: string }

/** A member the caller may decide about, under lock. */
async function changeable(ctx: Ctx, at: At): Promise<void> {
  const members = await lockMembers(ctx.db, at.projectId)
  const member = members.find((m) => m.user_id === at.userId)
  if (!member) throw new KasautiError('member/not-found', 'This person is not in the project.')
  refuseAbove(ctx.access.roles, member.roles)
}

async function shown(ctx: Ctx, at: At): Promise<Output<'member.set'>> {
  changed(ctx, at.userId)
  const now = (await listMembers(ctx.db, at.projectId)).find((m) => m.user_id === at.userId)
  if (!now) throw new Error('a member that was changed is missing')
  return present(now)
}

function refuseWithoutLead(members: readonly MemberRow[], leaving: string): void {
  if (!members.some((m) => m.user_id !== leaving && !m.disabled && leads(m.roles)))
    throw new KasautiError('member/last-lead', 'Make somebody else lead or manager first.')
}

async function tell(ctx: Ctx, userId: string): Promise<void> {
  if (userId === ctx.caller.userId) return
  const project = await findProjectName(ctx.db, ctx.access.projectId)
  await notify(ctx.db, ctx.app, {
    userId,
    kind: 'member-added',
    projectId: ctx.access.projectId,
    params: { project: project ?? '', by: ctx.caller.name },
    href: `/projects/${encodeId('prj', ctx.access.projectId)}`,
  })
}

function changed(ctx: Ctx, userId: string): void {
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'member.changed', projectId: ctx.access.projectId })
    ctx.app.announce({ kind: 'member.changed', toUserId: userId })
  })
}

const present = (row: MemberRow): Output<'member.set'> => ({
  userId: row.user_id,
  name: row.name,
  email: row.email,
  roles: [...row.roles],
  addedAt: row.added_at,
  disabled: row.disabled,
  ...(row.paused_at ? { paused: { at: row.paused_at, reason: row.pause_reason ?? '' } } : {}),
  ...(row.daily_cap === null ? {} : { dailyCap: row.daily_cap }),
  ...(row.held_cap === null ? {} : { heldCap: row.held_cap }),
})
