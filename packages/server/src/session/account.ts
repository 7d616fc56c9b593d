/** Making accounts: used by the first setup and by invitations. */
import { KasautiError } from '@kasauti/core'
import type { App, Db } from '../platform/app.ts'
import { json } from '../platform/db/json.ts'
import { preferencesFor } from './presenter.ts'
import { insertUser } from './storage.ts'

export type NewAccount = {
  readonly email: string
  readonly name: string
  /** From `hashPassword`. */
  readonly passwordHash: string
  readonly locale: 'en' | 'hi'
  readonly admin: boolean
}

/** @returns the new person's id. Throws `user/email-taken`. */
export async function createAccount(app: App, db: Db, account: NewAccount): Promise<string> {
  const userId = app.newId()
  const made = await insertUser(db, {
    userId,
    email: account.email.toLowerCase(),
    name: account.name,
    passwordHash: account.passwordHash,
    admin: account.admin,
    preferences: json(preferencesFor(account.locale)),
    now: app.now(),
  })
  if (!made) throw new KasautiError('user/email-taken', 'Somebody has this e-mail address already.')
  return userId
}
