import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export type StoredGrant = { readonly projectId: string; readonly roles: readonly ProjectRole[] }

export type InvitationRow = {
  readonly invitation_id: string
  readonly email: string | null
  readonly name: string | null
  readonly admin: boolean
  readonly grants: readonly StoredGrant[]
  readonly invited_by: string
  readonly invited_by_name: string
  readonly inviter_disabled: boolean
  readonly inviter_admin: boolean
  readonly created_at: Date
  readonly expires_at: Date
  readonly accepted_at: Date | null
  readonly revoked_at: Date | null
}

const columns = sql`i.invitation_id, i.email, i.name, i.admin, i.grants, i.invited_by, u.name as invited_by_name,
  u.disabled as inviter_disabled, u.admin as inviter_admin, i.created_at, i.expires_at, i.accepted_at, i.revoked_at`

/** Newest first; `before` is the last row's id of the page before. */
export async function listInvitations(
  db: Db,
  page: { readonly before: string | null; readonly limit: number },
): Promise<InvitationRow[]> {
  const found = await sql<InvitationRow>`
    select ${columns} from invitations i join users u on u.user_id = i.invited_by
    where ${page.before}::uuid is null or i.invitation_id < ${page.before}::uuid
    order by i.invitation_id desc limit ${page.limit}`.execute(db)
  return found.rows
}

export async function findInvitation(
  db: Db,
  invitationId: string,
): Promise<InvitationRow | undefined> {
  const found = await sql<InvitationRow>`
    select ${columns} from invitations i join users u on u.user_id = i.invited_by
    where i.invitation_id = ${invitationId}`.execute(db)
  return found.rows[0]
}

export async function findOpenInvitation(
  db: Db,
  secretHash: Buffer,
  now: Date,
): Promise<InvitationRow | undefined> {
  const found = await sql<InvitationRow>`
    select ${columns} from invitations i join users u on u.user_id = i.invited_by
    where i.secret_hash = ${secretHash} and i.accepted_at is null and i.revoked_at is null
      and i.expires_at > ${now}`.execute(db)
  return found.rows[0]
}

export async function insertInvitation(
  db: Db,
  i: {
    readonly invitationId: string
    readonly secretHash: Buffer
    readonly email: string | null
    readonly name: string | null
    readonly admin: boolean
    readonly grants: string
    readonly invitedBy: string
    readonly now: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  await sql`
    insert into invitations (invitation_id, secret_hash, email, name, admin, grants, invited_by, created_at, expires_at)
    values (${i.invitationId}, ${i.secretHash}, ${i.email}, ${i.name}, ${i.admin}, ${i.grants}, ${i.invitedBy}, ${i.now}, ${i.expiresAt})`.execute(
    db,
  )
}

/** False if it was taken, taken back or expired meanwhile: of many at once, one gets it. */
export async function takeInvitation(
  db: Db,
  invitationId: string,
  by: { readonly userId: string; readonly now: Date },
): Promise<boolean> {
  const done = await sql`
    update invitations set accepted_by = ${by.userId}, accepted_at = ${by.now}
    where invitation_id = ${invitationId} and accepted_at is null and revoked_at is null
      and expires_at > ${by.now}`.execute(db)
  return done.numAffectedRows === 1n
}

/** False if there is no open one. */
export async function revokeInvitation(db: Db, invitationId: string, now: Date): Promise<boolean> {
  const done = await sql`
    update invitations set revoked_at = ${now}
    where invitation_id = ${invitationId} and accepted_at is null and revoked_at is null`.execute(
    db,
  )
  return done.numAffectedRows === 1n
}

export async function listProjectNames(
  db: Db,
  projectIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (projectIds.length === 0) return new Map()
  const found = await sql<{ project_id: string; name: string }>`
    ${unscoped('names of the projects that an invitation opens')}
    select project_id, name from projects where project_id = any(${[...projectIds]}::uuid[])`.execute(
    db,
  )
  return new Map(found.rows.map((row) => [row.project_id, row.name]))
}

export async function hasEmail(db: Db, email: string): Promise<boolean> {
  const found = await sql`select from users where email = ${email}`.execute(db)
  return found.rows.length > 0
}
