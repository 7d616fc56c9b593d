/** Certificates: who holds what, given and taken. */

import { notify } from '../notification/index.ts'
import type { App, Db } from '../platform/app.ts'
import { type CertificateRow, findHeld, insertCertificate } from './storage.ts'

const dayMs = 86_400_000

/** Does a person hold valid certificates in all of the skills? */
export async function holdsSkills(
  db: Db,
  userId: string,
  need: { readonly skillIds: readonly string[]; readonly now: Date },
): Promise<boolean> {
  return (await missingSkills(db, userId, need)).length === 0
}

/** The skills a person lacks a valid certificate in. */
export async function missingSkills(
  db: Db,
  userId: string,
  need: { readonly skillIds: readonly string[]; readonly now: Date },
): Promise<string[]> {
  const wanted = [...new Set(need.skillIds)]
  if (wanted.length === 0) return []
  const held = await findHeld(db, { userId, skillIds: wanted, now: need.now })
  return wanted.filter((id) => !held.includes(id))
}

/** Give a certificate and tell its person. @returns its id and when it ends */
export async function grantCertificate(
  on: { readonly db: Db; readonly app: App; readonly now: Date },
  c: {
    readonly skillId: string
    readonly skillTitle: string
    readonly userId: string
    readonly source: 'exam' | 'lead'
    readonly projectId?: string
    readonly sittingId?: string
    readonly note?: string
    readonly grantedBy: string | null
    readonly validDays: number | undefined
  },
): Promise<{ readonly certificateId: string; readonly expiresAt: Date | null }> {
  const certificateId = on.app.newId()
  const expiresAt =
    c.validDays === undefined ? null : new Date(on.now.getTime() + c.validDays * dayMs)
  await insertCertificate(on.db, {
    ...c,
    certificateId,
    note: c.note ?? '',
    now: on.now,
    expiresAt,
  })
  await notify(on.db, on.app, {
    userId: c.userId,
    kind: 'certificate-granted',
    params: { name: c.skillTitle },
    href: '/my-skills',
  })
  return { certificateId, expiresAt }
}

export const certificateState = (
  row: Pick<CertificateRow, 'revoked_at' | 'expires_at'>,
  now: Date,
): 'valid' | 'expired' | 'revoked' => {
  if (row.revoked_at) return 'revoked'
  return row.expires_at && row.expires_at <= now ? 'expired' : 'valid'
}
