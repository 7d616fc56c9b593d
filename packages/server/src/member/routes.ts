import type { Output } from '@kasauti/contract'
import { encodeId, KasautiError, projectRoles } from '@kasauti/core'
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
    await removeMember(ctx.db, params.projectId, params.userId)
    await audit(ctx.db, ctx, 'member.removed', {
      person: params.userId,
      roles: before.roles.join(', '),
    })
    changed(ctx, params.userId)
    return {}
  },

  'member.candidates': async (ctx, { params, query }) => {
    const rows = await listCandidates(ctx.db, params.projectId, query.search.trim())
    return { rows: rows.map((row) => ({ userId: row.user_id, name: row.name, email: row.email })) }
  },
})

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
})
