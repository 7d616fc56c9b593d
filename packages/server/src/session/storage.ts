/** People's credentials, sessions and one-time links. */
import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export type Account = {
  readonly user_id: string
  readonly email: string
  readonly name: string
  readonly password_hash: string
  readonly admin: boolean
  readonly disabled: boolean
}

export async function findAccountByEmail(db: Db, email: string): Promise<Account | undefined> {
  const found = await sql<Account>`
    select user_id, email, name, password_hash, admin, disabled from users where email = ${email}`.execute(
    db,
  )
  return found.rows[0]
}

export async function findAccount(db: Db, userId: string): Promise<Account | undefined> {
  const found = await sql<Account>`
    select user_id, email, name, password_hash, admin, disabled from users where user_id = ${userId}`.execute(
    db,
  )
  return found.rows[0]
}

export async function insertSession(
  db: Db,
  s: {
    readonly sessionId: string
    readonly userId: string
    readonly secretHash: Buffer
    readonly device: string
    readonly now: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  await sql`
    with seen as (update users set last_seen_at = ${s.now} where user_id = ${s.userId})
    insert into sessions (session_id, user_id, secret_hash, device, created_at, last_seen_at, expires_at)
    values (${s.sessionId}, ${s.userId}, ${s.secretHash}, ${s.device}, ${s.now}, ${s.now}, ${s.expiresAt})`.execute(
    db,
  )
}

export type SessionRow = {
  readonly session_id: string
  readonly created_at: Date
  readonly last_seen_at: Date
  readonly device: string
}

export async function listLiveSessions(
  db: Db,
  userId: string,
  at: { readonly now: Date; readonly idleSince: Date },
): Promise<SessionRow[]> {
  const found = await sql<SessionRow>`
    select session_id, created_at, last_seen_at, device from sessions
    where user_id = ${userId} and expires_at > ${at.now} and last_seen_at > ${at.idleSince}
    order by last_seen_at desc, session_id desc limit 200`.execute(db)
  return found.rows
}

export async function removeSession(db: Db, sessionId: string): Promise<void> {
  await sql`delete from sessions where session_id = ${sessionId}`.execute(db)
}

export async function removeSessionsOf(db: Db, userId: string): Promise<void> {
  await sql`delete from sessions where user_id = ${userId}`.execute(db)
}

export async function removeDeadSessions(
  db: Db,
  at: { readonly now: Date; readonly idleSince: Date },
): Promise<void> {
  await sql`delete from sessions where expires_at <= ${at.now} or last_seen_at <= ${at.idleSince}`.execute(
    db,
  )
}

export async function setPasswordHash(db: Db, userId: string, passwordHash: string): Promise<void> {
  await sql`update users set password_hash = ${passwordHash} where user_id = ${userId}`.execute(db)
}

export async function updatePerson(
  db: Db,
  userId: string,
  change: { readonly name: string | undefined; readonly preferences: string | undefined },
): Promise<void> {
  await sql`
    update users set name = coalesce(${change.name ?? null}, name),
      preferences = coalesce(${change.preferences ?? null}::jsonb, preferences)
    where user_id = ${userId}`.execute(db)
}

export type Myself = {
  readonly user_id: string
  readonly email: string
  readonly name: string
  readonly admin: boolean
  readonly preferences: unknown
}

export async function findMyself(db: Db, userId: string): Promise<Myself | undefined> {
  const found = await sql<Myself>`
    select user_id, email, name, admin, preferences from users where user_id = ${userId}`.execute(
    db,
  )
  return found.rows[0]
}

export type MyProject = {
  readonly project_id: string
  readonly name: string
  readonly roles: readonly ProjectRole[]
  readonly archived: boolean
}

export async function listMyProjects(db: Db, userId: string): Promise<MyProject[]> {
  const found = await sql<MyProject>`
    ${unscoped('a person sees the projects they are in')}
    select p.project_id, p.name, m.roles, p.archived_at is not null as archived
    from members m join projects p on p.project_id = m.project_id
    where m.user_id = ${userId} order by p.name, p.project_id`.execute(db)
  return found.rows
}

/** Admins see every project, with the roles they hold themselves where they are members. */
export async function listEveryProject(db: Db, userId: string): Promise<MyProject[]> {
  const found = await sql<MyProject>`
    ${unscoped('admins see every project')}
    select p.project_id, p.name, coalesce(m.roles, '{}') as roles, p.archived_at is not null as archived
    from projects p left join members m on m.project_id = p.project_id and m.user_id = ${userId}
    order by p.name, p.project_id limit 1000`.execute(db)
  return found.rows
}

export type OneTimeLink = {
  readonly purpose: 'first-admin' | 'password-reset'
  readonly user_id: string | null
}

export async function findOpenLink(
  db: Db,
  secretHash: Buffer,
  now: Date,
): Promise<OneTimeLink | undefined> {
  const found = await sql<OneTimeLink>`
    select purpose, user_id from one_time_links
    where secret_hash = ${secretHash} and used_at is null and expires_at > ${now}`.execute(db)
  return found.rows[0]
}

/** The link if it was still good: of many at once, one gets it. */
export async function takeLink(
  db: Db,
  secretHash: Buffer,
  by: { readonly purpose: OneTimeLink['purpose']; readonly now: Date },
): Promise<OneTimeLink | undefined> {
  const taken = await sql<OneTimeLink>`
    update one_time_links set used_at = ${by.now}
    where secret_hash = ${secretHash} and purpose = ${by.purpose} and used_at is null and expires_at > ${by.now}
    returning purpose, user_id`.execute(db)
  return taken.rows[0]
}

export async function insertLink(
  db: Db,
  link: {
    readonly secretHash: Buffer
    readonly purpose: OneTimeLink['purpose']
    readonly userId: string | null
    readonly now: Date
    readonly expiresAt: Date
  },
): Promise<void> {
  await sql`
    insert into one_time_links (secret_hash, purpose, user_id, created_at, expires_at)
    values (${link.secretHash}, ${link.purpose}, ${link.userId}, ${link.now}, ${link.expiresAt})`.execute(
    db,
  )
}

/** A person's other open links of the purpose stop working. */
export async function closeLinks(
  db: Db,
  link: {
    readonly purpose: OneTimeLink['purpose']
    readonly userId: string | null
    readonly now: Date
  },
): Promise<void> {
  await sql`
    update one_time_links set used_at = ${link.now}
    where purpose = ${link.purpose} and used_at is null and user_id is not distinct from ${link.userId}::uuid`.execute(
    db,
  )
}

/** False if the address is taken. */
export async function insertUser(
  db: Db,
  user: {
    readonly userId: string
    readonly email: string
    readonly name: string
    readonly passwordHash: string
    readonly admin: boolean
    readonly preferences: string
    readonly now: Date
  },
): Promise<boolean> {
  const done = await sql`
    insert into users (user_id, email, name, password_hash, admin, preferences, created_at)
    values (${user.userId}, ${user.email}, ${user.name}, ${user.passwordHash}, ${user.admin}, ${user.preferences}, ${user.now})
    on conflict (email) do nothing`.execute(db)
  return done.numAffectedRows === 1n
}

export async function hasUsers(db: Db): Promise<boolean> {
  const found = await sql<{ yes: boolean }>`select exists (select from users) as yes`.execute(db)
  return found.rows[0]?.yes ?? false
}

/**
 * Take one token from a bucket that refills at `perSecond` up to `size`. A refused try changes
 * nothing, so that trying on does not keep a bucket empty.
 */
export async function takeToken(
  db: Db,
  bucket: string,
  rate: { readonly size: number; readonly perSecond: number; readonly now: Date },
): Promise<boolean> {
  const refilled = sql`least(${rate.size}::float8, r.tokens
    + greatest(0, extract(epoch from ${rate.now}::timestamptz - r.updated_at)::float8) * ${rate.perSecond}::float8)`
  const done = await sql`
    insert into rate_limits as r (bucket, tokens, updated_at) values (${bucket}, ${rate.size - 1}, ${rate.now})
    on conflict (bucket) do update set tokens = ${refilled} - 1, updated_at = ${rate.now}
    where ${refilled} >= 1`.execute(db)
  return done.numAffectedRows === 1n
}

export async function giveToken(db: Db, bucket: string): Promise<void> {
  await sql`update rate_limits set tokens = tokens + 1 where bucket = ${bucket}`.execute(db)
}

export async function removeBucket(db: Db, bucket: string): Promise<void> {
  await sql`delete from rate_limits where bucket = ${bucket}`.execute(db)
}

export async function removeBucketsBefore(db: Db, before: Date): Promise<void> {
  await sql`delete from rate_limits where updated_at < ${before}`.execute(db)
}
