/** One-time links: the first admin's, and those that set a new password. */
import { KasautiError } from '@kasauti/core'
import type { App, Db } from '../platform/app.ts'
import { hashSecret, newSecret } from '../platform/ids.ts'
import { closeLinks, hasUsers, insertLink } from './storage.ts'

const hour = 3_600_000

export const linkInvalid = (): KasautiError =>
  new KasautiError('auth/link-invalid', 'This link was used, has expired or never existed.')

/**
 * A one-time link to become the first admin, valid for a day; undefined once there are people.
 * @param origin what people reach the server by, without a slash at the end
 */
export async function firstAdminLink(app: App, origin: string): Promise<string | undefined> {
  if (await hasUsers(app.db)) return undefined
  const secret = newSecret()
  const now = app.now()
  await insertLink(app.db, {
    secretHash: hashSecret(secret),
    purpose: 'first-admin',
    userId: null,
    now,
    expiresAt: new Date(now.getTime() + 24 * hour),
  })
  return `${origin}/setup/${secret}`
}

/** A link with which one person sets a new password, valid for a day; earlier ones stop working. */
export async function passwordLink(
  db: Db,
  by: { readonly origin: string; readonly userId: string; readonly now: Date },
): Promise<{ readonly link: string; readonly expiresAt: Date }> {
  await closeLinks(db, { purpose: 'password-reset', userId: by.userId, now: by.now })
  const secret = newSecret()
  const expiresAt = new Date(by.now.getTime() + 24 * hour)
  await insertLink(db, {
    secretHash: hashSecret(secret),
    purpose: 'password-reset',
    userId: by.userId,
    now: by.now,
    expiresAt,
  })
  return { link: `${by.origin}/password/${secret}`, expiresAt }
}
