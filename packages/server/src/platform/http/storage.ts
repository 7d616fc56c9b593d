/** Statements of the HTTP layer: who calls, what they may, what was answered before. */
import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../app.ts'
import { atCommit, unscoped } from '../db/index.ts'

export type Person = {
  readonly user_id: string
  readonly name: string
  readonly admin: boolean
  readonly credential_id: string
  readonly seen_at: Date | null
}

/** A person and, if a project was asked about, what they are in it. */
export type Visitor = Person & {
  readonly project_found: boolean
  /** Null: no member, or no project was asked about. */
  readonly roles: readonly ProjectRole[] | null
  readonly archived: boolean
}

const inProject = sql`p.project_id is not null as project_found, m.roles, p.archived_at is not null as archived`
/** Joins of `users u` to what they are in a project; none is asked about with null. */
const ofProject = (projectId: string | undefined) => sql`
  left join projects p on p.project_id = ${projectId ?? null}
  left join members m on m.project_id = ${projectId ?? null} and m.user_id = u.user_id`

/** The person behind a live session; idle and absolute ends are the caller's to give. */
export async function findVisitorBySession(
  db: Db,
  secretHash: Buffer,
  at: { readonly now: Date; readonly idleSince: Date; readonly projectId: string | undefined },
): Promise<Visitor | undefined> {
  const found = await sql<Visitor>`
    select u.user_id, u.name, u.admin, s.session_id as credential_id, s.last_seen_at as seen_at, ${inProject}
    from sessions s join users u on u.user_id = s.user_id ${ofProject(at.projectId)}
    where s.secret_hash = ${secretHash} and s.expires_at > ${at.now} and s.last_seen_at > ${at.idleSince}
      and not u.disabled`.execute(db)
  return found.rows[0]
}

export async function findVisitorByToken(
  db: Db,
  secretHash: Buffer,
  at: { readonly now: Date; readonly projectId: string | undefined },
): Promise<Visitor | undefined> {
  const found = await sql<Visitor>`
    select u.user_id, u.name, u.admin, t.token_id as credential_id, t.last_used_at as seen_at, ${inProject}
    from access_tokens t join users u on u.user_id = t.user_id ${ofProject(at.projectId)}
    where t.secret_hash = ${secretHash} and (t.expires_at is null or t.expires_at > ${at.now})
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

/**
 * Keeps an answer when the transaction commits. Fails the transaction if the key is taken; waits for
 * one that is just taking it.
 */
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
): Promise<void> {
  await atCommit(
    db,
    sql`
    insert into idempotency_keys (user_id, key, operation, request_hash, status, response, created_at)
    values (${answer.userId}, ${answer.key}, ${answer.operation}, ${answer.requestHash}, ${answer.status},
      ${answer.response}, ${answer.now})`,
  )
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
