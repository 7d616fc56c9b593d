import type { Output } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { findRoles, mayGive, refuseAbove, setRoles } from '../member/index.ts'
import type { Db } from '../platform/app.ts'
import { json } from '../platform/db/index.ts'
import {
  type Ctx,
  handlers,
  idAfter,
  pageById,
  withoutTransaction,
} from '../platform/http/index.ts'
import { hashSecret, newSecret } from '../platform/ids.ts'
import {
  createAccount,
  hashPassword,
  linkInvalid,
  presentMe,
  refuseWeakPassword,
  startSession,
} from '../session/index.ts'
import { audit } from '../system/index.ts'
import {
  findInvitation,
  findOpenInvitation,
  hasEmail,
  type InvitationRow,
  insertInvitation,
  listInvitations,
  listProjectNames,
  revokeInvitation,
  type StoredGrant,
  takeInvitation,
} from './storage.ts'

const memberInviteDays = 7

export const routes = handlers({
  'invitation.list': async (ctx, { query }) => {
    const rows = await listInvitations(ctx.db, {
      before: idAfter(query.after),
      limit: query.limit + 1,
    })
    const { shown, next } = pageById(rows, query.limit, (row) => row.invitation_id)
    const names = await listProjectNames(ctx.db, projectIds(shown))
    return {
      rows: shown.map((row) => present(row, { names, now: ctx.now })),
      next,
    }
  },

  'invitation.create': async (ctx, { body }) => {
    if (body.email && (await hasEmail(ctx.db, body.email)))
      throw new KasautiError('user/email-taken', 'Somebody has this e-mail address already.')
    const names = await listProjectNames(
      ctx.db,
      body.grants.map((grant) => grant.projectId),
    )
    if (body.grants.some((grant) => !names.has(grant.projectId)))
      throw new KasautiError('project/not-found', 'One of the projects does not exist.')
    const made = await invite(ctx, {
      email: body.email ?? null,
      name: body.name ?? null,
      admin: body.admin,
      grants: body.grants,
      days: body.expiresInDays,
    })
    const row = await findInvitation(ctx.db, made.invitationId)
    if (!row) throw new Error('an inserted invitation is missing')
    return { invitation: present(row, { names, now: ctx.now }), link: made.link }
  },

  'member.invite': async (ctx, { params, body }) => {
    refuseAbove(ctx.access.roles, body.roles)
    const grants = [{ projectId: params.projectId, roles: body.roles }]
    const made = await invite(ctx, {
      email: null,
      name: body.name || null,
      admin: false,
      grants,
      days: memberInviteDays,
    })
    return { link: made.link, expiresAt: made.expiresAt }
  },

  'invitation.revoke': async (ctx, { params }) => {
    if (!(await revokeInvitation(ctx.db, params.invitationId, ctx.now)))
      throw new KasautiError('invitation/not-found', 'There is no such open invitation.')
    await audit(ctx.db, ctx, 'invitation.revoked')
    return {}
  },

  'invitation.show': async (ctx, { params }) => {
    const row = await goodInvitation(ctx.db, params.secret, ctx.now)
    const names = await listProjectNames(ctx.db, projectIds([row]))
    return {
      email: row.email ?? undefined,
      name: row.name ?? undefined,
      invitedBy: row.invited_by_name,
      projects: [...names.values()],
    }
  },

  'invitation.accept': withoutTransaction(async (ctx, { params, body }) => {
    const row = await goodInvitation(ctx.db, params.secret, ctx.now)
    if (row.email !== null && row.email !== body.email)
      throw new KasautiError('request/invalid', 'The invitation is for another e-mail address.', {
        problems: [{ path: 'body.email', message: 'not the invited address' }],
      })
    refuseWeakPassword(body.password, body)
    const passwordHash = await hashPassword(body.password)
    return ctx.app.db.transaction().execute(async (db) => {
      const userId = await createAccount(ctx.app, db, { ...body, passwordHash, admin: row.admin })
      if (!(await takeInvitation(db, row.invitation_id, { userId, now: ctx.now })))
        throw linkInvalid()
      const names = await listProjectNames(db, projectIds([row]))
      const grants = row.grants.filter((grant) => names.has(grant.projectId))
      for (const { projectId, roles } of grants) {
        await setRoles(db, projectId, { userId, roles, now: ctx.now })
        ctx.afterCommit(() => ctx.app.announce({ kind: 'member.changed', projectId }))
      }
      await startSession(ctx, db, userId)
      await audit(db, { ...ctx, caller: { userId } }, 'invitation.accepted', {
        invitedBy: row.invited_by_name,
        ip: ctx.ip,
      })
      return presentMe(db, userId)
    })
  }),
})

type Offer = {
  readonly email: string | null
  readonly name: string | null
  readonly admin: boolean
  readonly grants: readonly StoredGrant[]
  readonly days: number
}

async function invite(
  ctx: Ctx,
  offer: Offer,
): Promise<{ invitationId: string; link: string; expiresAt: Date }> {
  const secret = newSecret()
  const invitationId = ctx.app.newId()
  const expiresAt = new Date(ctx.now.getTime() + offer.days * 86_400_000)
  await insertInvitation(ctx.db, {
    invitationId,
    secretHash: hashSecret(secret),
    email: offer.email,
    name: offer.name,
    admin: offer.admin,
    grants: json(offer.grants),
    invitedBy: ctx.caller.userId,
    now: ctx.now,
    expiresAt,
  })
  await audit(ctx.db, ctx, 'invitation.created', {
    admin: String(offer.admin),
    roles: offer.grants.flatMap((grant) => grant.roles).join(', '),
  })
  return { invitationId, link: `${ctx.origin}/invite/${secret}`, expiresAt }
}

/** Open, and its maker could still make it: what was taken from them nobody gets by their old links. */
async function goodInvitation(db: Db, secret: string, now: Date): Promise<InvitationRow> {
  const row = await findOpenInvitation(db, hashSecret(secret), now)
  if (!row || row.inviter_disabled) throw linkInvalid()
  if (row.inviter_admin) return row
  if (row.admin) throw linkInvalid()
  for (const { projectId, roles } of row.grants)
    if (!mayGive(await findRoles(db, { projectId, userId: row.invited_by }), roles))
      throw linkInvalid()
  return row
}

const projectIds = (rows: readonly InvitationRow[]): string[] => [
  ...new Set(rows.flatMap((row) => row.grants.map((grant) => grant.projectId))),
]

function present(
  row: InvitationRow,
  { names, now }: { readonly names: ReadonlyMap<string, string>; readonly now: Date },
): Output<'invitation.list'>['rows'][number] {
  return {
    invitationId: row.invitation_id,
    email: row.email ?? undefined,
    name: row.name ?? undefined,
    admin: row.admin,
    grants: row.grants.map((grant) => ({
      projectId: grant.projectId,
      roles: [...grant.roles],
      projectName: names.get(grant.projectId) ?? '',
    })),
    invitedBy: row.invited_by_name,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state: stateOf(row, now),
  }
}

function stateOf(row: InvitationRow, now: Date): 'open' | 'accepted' | 'revoked' | 'expired' {
  if (row.accepted_at) return 'accepted'
  if (row.revoked_at) return 'revoked'
  return row.expires_at > now ? 'open' : 'expired'
}
