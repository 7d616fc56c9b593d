/** Statements of the HTTP layer: who calls, what they may, what was answered before. */
import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../app.ts'
import { unscoped } from '../db/index.ts'

export type Person = {
  readonly user_id: string
  readonly name: string
  readonly admin: boolean
  readonly credential_id: string
  readonly seen_at: Date | null
}

/** The person behind a live session; idle and absolute ends are the caller's to give. */
export async function findPersonBySession(
  db: Db,
  secretHash: Buffer,
  at: { readonly now: Date; readonly idleSince: Date },
): Promise<Person | undefined> {
  const found = await sql<Person>`
    select u.user_id, u.name, u.admin, s.session_id as credential_id, s.last_seen_at as seen_at
    from sessions s join users u on u.user_id = s.user_id
    where s.secret_hash = ${secretHash} and s.expires_at > ${at.now} and s.last_seen_at > ${at.idleSince}
      and not u.disabled`.execute(db)
  return found.rows[0]
}

export async function findPersonByToken(
  db: Db,
  secretHash: Buffer,
  now: Date,
): Promise<Person | undefined> {
  const found = await sql<Person>`
    select u.user_id, u.name, u.admin, t.token_id as credential_id, t.last_used_at as seen_at
    from access_tokens t join users u on u.user_id = t.user_id
    where t.secret_hash = ${secretHash} and (t.expires_at is null or t.expires_at > ${now})
      and not u.disabled`.execute(db)
  return found.rows[0]
}

export async function touchSession(db: Db, person: Person, now: Date): Promise<void> {
  await sql`
    with seen as (update sessions set last_seen_at = ${now} where session_id = ${person.credential_id})
    update users set last_seen_at = ${now} where user_id = ${person.user_id}`.execute(db)
}

export async function touchToken(db: Db, person: Person, now: Date): Promise<void> {
  await sql`
    with seen as (update access_tokens set last_used_at = ${now} where token_id = ${person.credential_id})
    update users set last_seen_at = ${now} where user_id = ${person.user_id}`.execute(db)
}

export type Membership = {
  readonly roles: readonly ProjectRole[] | null
  readonly archived: boolean
}

/** The project, if there is one, with the person's roles in it (null: no member). */
export async function findMembership(
  db: Db,
  projectId: string,
  userId: string,
): Promise<Membership | undefined> {
  const found = await sql<Membership>`
    select m.roles, p.archived_at is not null as archived
    from projects p
    left join members m on m.project_id = p.project_id and m.user_id = ${userId}
    where p.project_id = ${projectId}`.execute(db)
  return found.rows[0]
}

export type StoredAnswer = {
  readonly request_hash: Buffer
  readonly status: number
  readonly response: {
    readonly headers: Readonly<
      Record<string, string>
    > /** The very text: jsonb would reorder its keys. */
    readonly body: string
  }
}

export async function findStoredAnswer(
  db: Db,
  userId: string,
  key: string,
): Promise<StoredAnswer | undefined> {
  const found = await sql<StoredAnswer>`
    select request_hash, status, response from idempotency_keys
    where user_id = ${userId} and key = ${key}`.execute(db)
  return found.rows[0]
}

/** False if the key is taken. Waits for a transaction that is just taking it. */
export async function storeAnswer(
  db: Db,
  answer: {
    readonly userId: string
    readonly key: string
    readonly operation: string
    readonly requestHash: Buffer
    readonly status: number
    readonly response: string
    readonly now: Date
  },
): Promise<boolean> {
  const done = await sql`
    insert into idempotency_keys (user_id, key, operation, request_hash, status, response, created_at)
    values (${answer.userId}, ${answer.key}, ${answer.operation}, ${answer.requestHash}, ${answer.status},
      ${answer.response}, ${answer.now})
    on conflict (user_id, key) do nothing`.execute(db)
  return done.numAffectedRows === 1n
}

/** @returns how many answers were forgotten */
export async function removeStoredAnswersBefore(db: Db, before: Date): Promise<number> {
  const done = await sql`delete from idempotency_keys where created_at < ${before}`.execute(db)
  return Number(done.numAffectedRows ?? 0n)
}

/** Is the person lead or manager of any project? */
export async function leadsSomewhere(db: Db, userId: string): Promise<boolean> {
  const found = await sql<{ yes: boolean }>`
    ${unscoped('may this person create projects')}
    select exists (select from members where user_id = ${userId} and roles && '{lead,manager}') as yes`.execute(
    db,
  )
  return found.rows[0]?.yes ?? false
}
