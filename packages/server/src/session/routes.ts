import { KasautiError } from '@kasauti/core'
import { json } from '../platform/db/json.ts'
import { type Ctx, handlers, withoutTransaction } from '../platform/http/index.ts'
import { hashSecret } from '../platform/ids.ts'
import { audit } from '../system/index.ts'
import { createAccount } from './account.ts'
import { linkInvalid } from './links.ts'
import { endSessionsOf, forgetCookie, startSession } from './live.ts'
import { hashPassword, isPassword, refuseWeakPassword } from './password.ts'
import { presentMe, presentSession, readPreferences } from './presenter.ts'
import { countTry } from './rate-limit.ts'
import {
  closeLinks,
  findAccount,
  findAccountByEmail,
  findMyself,
  findOpenLink,
  hasUsers,
  listLiveSessions,
  removeSession,
  setPasswordHash,
  takeLink,
  updatePerson,
} from './storage.ts'

const wrong = (): KasautiError =>
  new KasautiError('auth/wrong-credentials', 'E-mail address or password is wrong.')

const as = (ctx: Ctx, userId: string): Pick<Ctx, 'app' | 'now' | 'caller'> => ({
  ...ctx,
  caller: { ...ctx.caller, userId },
})

export const routes = handlers({
  'session.signIn': withoutTransaction(async (ctx, { body }) => {
    const tries = await countTry(ctx.app, { who: body.email, ip: ctx.ip })
    const account = await findAccountByEmail(ctx.db, body.email)
    const fits = await isPassword(account?.password_hash, body.password)
    if (!account || !fits || account.disabled) {
      await audit(ctx.db, as(ctx, account?.user_id ?? ''), 'session.refused', { ip: ctx.ip })
      throw wrong()
    }
    await tries.succeeded()
    return ctx.app.db.transaction().execute(async (db) => {
      await startSession(ctx, db, account.user_id)
      await audit(db, as(ctx, account.user_id), 'session.started', {
        ip: ctx.ip,
        device: ctx.device,
      })
      return presentMe(db, account.user_id)
    })
  }),

  'session.signOut': async (ctx) => {
    if (ctx.caller.sessionId) await removeSession(ctx.db, ctx.caller.sessionId)
    forgetCookie(ctx)
    return {}
  },

  'session.list': async (ctx) => {
    const idleSince = new Date(ctx.now.getTime() - 12 * 3_600_000)
    const rows = await listLiveSessions(ctx.db, ctx.caller.userId, { now: ctx.now, idleSince })
    return { rows: rows.map((row) => presentSession(row, ctx.caller.sessionId)) }
  },

  'session.signOutEverywhere': async (ctx) => {
    await endSessionsOf(ctx.db, ctx.caller.userId)
    await audit(ctx.db, ctx, 'session.ended-everywhere', {})
    forgetCookie(ctx)
    return {}
  },

  'session.me': (ctx) => presentMe(ctx.db, ctx.caller.userId),

  'session.updateMe': async (ctx, { body }) => {
    const me = await findMyself(ctx.db, ctx.caller.userId)
    const preferences = body.preferences && {
      ...readPreferences(me?.preferences),
      ...withoutGaps(body.preferences),
    }
    await updatePerson(ctx.db, ctx.caller.userId, {
      name: body.name,
      preferences: preferences && json(preferences),
    })
    return presentMe(ctx.db, ctx.caller.userId)
  },

  'session.changePassword': withoutTransaction(async (ctx, { body }) => {
    const tries = await countTry(ctx.app, { who: `password of ${ctx.caller.userId}`, ip: ctx.ip })
    const account = await findAccount(ctx.db, ctx.caller.userId)
    if (!account || !(await isPassword(account.password_hash, body.current))) {
      await audit(ctx.db, ctx, 'password.refused', { ip: ctx.ip })
      throw new KasautiError('auth/wrong-credentials', 'The current password is wrong.')
    }
    await tries.succeeded()
    refuseWeakPassword(body.password, account)
    const passwordHash = await hashPassword(body.password)
    await ctx.app.db.transaction().execute(async (db) => {
      await setPasswordHash(db, account.user_id, passwordHash)
      await closeLinks(db, { purpose: 'password-reset', userId: account.user_id, now: ctx.now })
      await endSessionsOf(db, account.user_id)
      if (ctx.caller.sessionId) await startSession(ctx, db, account.user_id)
      await audit(db, ctx, 'password.changed', { ip: ctx.ip })
    })
    return {}
  }),

  'session.setupInfo': async (ctx, { params }) => {
    const link = await findOpenLink(ctx.db, hashSecret(params.secret), ctx.now)
    if (!link) throw linkInvalid()
    return { purpose: link.purpose }
  },

  'session.setup': withoutTransaction(async (ctx, { params, body }) => {
    const link = await findOpenLink(ctx.db, hashSecret(params.secret), ctx.now)
    if (link?.purpose !== 'first-admin') throw linkInvalid()
    refuseWeakPassword(body.password, body)
    const passwordHash = await hashPassword(body.password)
    return ctx.app.db.transaction().execute(async (db) => {
      const taken = await takeLink(db, hashSecret(params.secret), {
        purpose: 'first-admin',
        now: ctx.now,
      })
      if (!taken || (await hasUsers(db))) throw linkInvalid()
      await closeLinks(db, { purpose: 'first-admin', userId: null, now: ctx.now })
      const userId = await createAccount(ctx.app, db, { ...body, passwordHash, admin: true })
      await startSession(ctx, db, userId)
      await audit(db, as(ctx, userId), 'user.first-admin', { ip: ctx.ip })
      return presentMe(db, userId)
    })
  }),
})

function withoutGaps<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<T>
}
