import type { Output } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { handlers, newAccessToken } from '../platform/http/index.ts'
import { hashSecret } from '../platform/ids.ts'
import { audit } from '../system/index.ts'
import { insertToken, listTokens, removeToken, type TokenRow } from './storage.ts'

export const routes = handlers({
  'token.list': async (ctx) => ({
    rows: (await listTokens(ctx.db, ctx.caller.userId)).map(present),
  }),

  'token.create': async (ctx, { body }) => {
    const secret = newAccessToken()
    const row = await insertToken(ctx.db, {
      tokenId: ctx.app.newId(),
      userId: ctx.caller.userId,
      secretHash: hashSecret(secret),
      name: body.name,
      now: ctx.now,
      expiresAt: body.expiresInDays
        ? new Date(ctx.now.getTime() + body.expiresInDays * 86_400_000)
        : null,
    })
    if (!row) throw new Error('an inserted token was not returned')
    await audit(ctx.db, ctx, 'token.created', { name: body.name })
    return { token: present(row), secret }
  },

  'token.revoke': async (ctx, { params }) => {
    if (!(await removeToken(ctx.db, ctx.caller.userId, params.tokenId)))
      throw new KasautiError('token/not-found', 'You have no such token.')
    await audit(ctx.db, ctx, 'token.revoked', { tokenId: params.tokenId })
    return {}
  },
})

const present = (row: TokenRow): Output<'token.list'>['rows'][number] => ({
  tokenId: row.token_id,
  name: row.name,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at ?? undefined,
  expiresAt: row.expires_at ?? undefined,
})
