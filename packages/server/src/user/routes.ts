import type { Output } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { z } from 'zod'
import { releaseEverywhere } from '../assignment/index.ts'
import {
  type Ctx,
  decodeCursor,
  encodeCursor,
  handlers,
  withoutTransaction,
} from '../platform/http/index.ts'
import { hashSecret } from '../platform/ids.ts'
import {
  endSessionsOf,
  findOpenLink,
  hashPassword,
  linkInvalid,
  passwordLink,
  presentMe,
  refuseWeakPassword,
  setPasswordHash,
  startSession,
  takeLink,
} from '../session/index.ts'
import { audit } from '../system/index.ts'
import {
  findUser,
  listProjectsOfUsers,
  listUsers,
  lockAdmins,
  type UserProject,
  type UserRow,
  updateUser,
} from './storage.ts'

const noUser = (): KasautiError => new KasautiError('user/not-found', 'There is no such person.')

export const routes = handlers({
  'user.list': async (ctx, { query }) => {
    const after =
      query.after === undefined ? null : decodeCursor(z.tuple([z.string(), z.uuid()]), query.after)
    const rows = await listUsers(ctx.db, {
      search: query.search?.trim() || null,
      after,
      limit: query.limit + 1,
    })
    const shown = rows.slice(0, query.limit)
    const projects = await listProjectsOfUsers(
      ctx.db,
      shown.map((row) => row.user_id),
    )
    const last = shown.at(-1)
    return {
      rows: shown.map((row) => present(row, projects)),
      next:
        rows.length > query.limit && last ? encodeCursor([last.sorted, last.user_id]) : undefined,
    }
  },

  'user.update': async (ctx, { params, body }) => {
    const admins = await lockAdmins(ctx.db)
    const before = await findUser(ctx.db, params.userId)
    if (!before) throw noUser()
    const leaves = body.disabled === true || body.admin === false
    if (leaves && admins.length === 1 && admins[0] === params.userId)
      throw new KasautiError('auth/last-admin', 'Make somebody else an admin first.')
    await updateUser(ctx.db, params.userId, {
      name: body.name,
      disabled: body.disabled,
      admin: body.admin,
    })
    if (body.disabled === true) {
      await endSessionsOf(ctx.db, params.userId)
      await releaseEverywhere(ctx, { userId: params.userId, reason: '' })
    }
    await audit(ctx.db, ctx, 'user.updated', changes(before, body))
    return presentUser(ctx, params.userId)
  },

  'user.resetPassword': async (ctx, { params }) => {
    const user = await findUser(ctx.db, params.userId)
    if (!user) throw noUser()
    const link = await passwordLink(ctx.db, {
      origin: ctx.origin,
      userId: user.user_id,
      now: ctx.now,
    })
    await audit(ctx.db, ctx, 'password.link-made', { person: user.name })
    return link
  },

  'user.setPassword': withoutTransaction(async (ctx, { params, body }) => {
    const secretHash = hashSecret(params.secret)
    const link = await findOpenLink(ctx.db, secretHash, ctx.now)
    const user =
      link?.purpose === 'password-reset' && link.user_id
        ? await findUser(ctx.db, link.user_id)
        : undefined
    if (!user || user.disabled) throw linkInvalid()
    refuseWeakPassword(body.password, user)
    const passwordHash = await hashPassword(body.password)
    return ctx.app.db.transaction().execute(async (db) => {
      if (!(await takeLink(db, secretHash, { purpose: 'password-reset', now: ctx.now })))
        throw linkInvalid()
      await setPasswordHash(db, user.user_id, passwordHash)
      await endSessionsOf(db, user.user_id)
      await startSession(ctx, db, user.user_id)
      await audit(db, { ...ctx, caller: { userId: user.user_id } }, 'password.set-by-link', {
        ip: ctx.ip,
      })
      return presentMe(db, user.user_id)
    })
  }),
})

async function presentUser(ctx: Ctx, userId: string): Promise<Output<'user.update'>> {
  const row = await findUser(ctx.db, userId)
  if (!row) throw noUser()
  return present(row, await listProjectsOfUsers(ctx.db, [userId]))
}

const present = (row: UserRow, projects: readonly UserProject[]): Output<'user.update'> => ({
  userId: row.user_id,
  email: row.email,
  name: row.name,
  admin: row.admin,
  disabled: row.disabled,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at ?? undefined,
  projects: projects
    .filter((p) => p.user_id === row.user_id)
    .map((p) => ({ projectId: p.project_id, name: p.name, roles: [...p.roles] })),
})

type Change = {
  readonly name?: string | undefined
  readonly disabled?: boolean | undefined
  readonly admin?: boolean | undefined
}

function changes(before: UserRow, change: Change): Record<string, string> {
  const told: Record<string, string> = { person: before.name }
  for (const key of ['name', 'disabled', 'admin'] as const)
    if (change[key] !== undefined && change[key] !== before[key])
      told[key] = `${before[key]} -> ${change[key]}`
  return told
}
