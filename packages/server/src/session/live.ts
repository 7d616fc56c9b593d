/** Starting and ending sessions. */

import type { Db } from '../platform/app.ts'
import type { Ctx } from '../platform/http/index.ts'
import { endedSessionCookie, sessionCookie, sessionDays } from '../platform/http/index.ts'
import { hashSecret, newSecret } from '../platform/ids.ts'
import { insertSession, removeSessionsOf } from './storage.ts'

/** Sign a person in on this device. The secret goes into the cookie and nowhere else. */
export async function startSession(ctx: Ctx, db: Db, userId: string): Promise<void> {
  const secret = newSecret()
  await insertSession(db, {
    sessionId: ctx.app.newId(),
    userId,
    secretHash: hashSecret(secret),
    device: ctx.device,
    now: ctx.now,
    expiresAt: new Date(ctx.now.getTime() + sessionDays * 86_400_000),
  })
  ctx.setHeader('set-cookie', sessionCookie(ctx.origin, secret))
}

export function forgetCookie(ctx: Ctx): void {
  ctx.setHeader('set-cookie', endedSessionCookie(ctx.origin))
}

/** A person is signed out everywhere, at once: sessions are looked up with every request. */
export const endSessionsOf = (db: Db, userId: string): Promise<void> => removeSessionsOf(db, userId)
