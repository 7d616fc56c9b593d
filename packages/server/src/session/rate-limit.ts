/** How often one may try to sign in: counted per address and per network address; success costs nothing. */
import { createHash } from 'node:crypto'
import { KasautiError } from '@kasauti/core'
import type { App } from '../platform/app.ts'
import { giveToken, removeBucket, takeToken } from './storage.ts'

const perEmail = { size: 10, perSecond: 1 / 30 }
/** A whole team may sit behind one address. */
const perIp = { size: 300, perSecond: 1 }

export type Tries = { succeeded(): Promise<void> }

/**
 * Count a try, on the pool: it stays counted whatever the request comes to.
 * @param who an e-mail address, known or not, or another name of what is guessed at
 */
export async function countTry(
  app: App,
  by: { readonly who: string; readonly ip: string },
): Promise<Tries> {
  const now = app.now()
  // Hashed: the table does not tell which addresses were tried.
  const email = `who:${createHash('sha256').update(by.who).digest('base64url')}`
  const ip = `ip:${by.ip}`
  if (!(await takeToken(app.db, ip, { ...perIp, now }))) throw tooOften(perIp.perSecond)
  if (!(await takeToken(app.db, email, { ...perEmail, now }))) throw tooOften(perEmail.perSecond)
  return {
    succeeded: async () => {
      await removeBucket(app.db, email)
      await giveToken(app.db, ip)
    },
  }
}

const tooOften = (perSecond: number): KasautiError =>
  new KasautiError('request/rate-limited', 'Too many tries; wait a little.', {
    extra: { retryAfterSeconds: Math.ceil(1 / perSecond) },
  })
