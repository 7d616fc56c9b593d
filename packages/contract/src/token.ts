import { z } from 'zod'
import { Instant, TokenId } from './ids.ts'
import { operations } from './operation.ts'

export const AccessToken = z.object({
  tokenId: TokenId,
  name: z.string(),
  createdAt: Instant,
  lastUsedAt: Instant.optional(),
  expiresAt: Instant.optional(),
})

export const tokenOperations = operations('token', {
  list: {
    method: 'GET',
    path: '/tokens',
    summary: 'My personal access tokens',
    may: 'signed-in',
    output: z.object({ rows: z.array(AccessToken) }),
  },
  create: {
    method: 'POST',
    path: '/tokens',
    repeat: 'once',
    summary: 'Make a personal access token; its secret is shown once',
    may: 'signed-in',
    body: z.object({
      name: z.string().trim().min(1).max(80),
      expiresInDays: z.number().int().min(1).max(730).optional(),
    }),
    output: z.object({ token: AccessToken, secret: z.string() }),
  },
  revoke: {
    method: 'DELETE',
    path: '/tokens/:tokenId',
    summary: 'Revoke a token',
    may: 'signed-in',
    params: z.object({ tokenId: TokenId }),
    errors: ['token/not-found'],
  },
})
