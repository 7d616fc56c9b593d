import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export type UserRow = {
  readonly user_id: string
  readonly email: string
  readonly name: string
  readonly admin: boolean
  readonly disabled: boolean
  readonly created_at: Date
  readonly last_seen_at: Date | null
  /** The name as the list is ordered by it. */
  readonly sorted: string
}

/** By name, then id; `after` is the key of the last row of the page before. */
export async function listUsers(
  db: Db,
  page: {
    readonly search: string | null
    readonly after: readonly [string, string] | null
    readonly limit: number
  },
): Promise<UserRow[]> {
  const [name, id] = page.after ?? [null, null]
  const found = await sql<UserRow>`
    select user_id, email, name, admin, disabled, created_at, last_seen_at, lower(name) collate "C" as sorted
    from users
    where (${page.search}::text is null or strpos(lower(name), lower(${page.search})) > 0 or strpos(email, lower(${page.search})) > 0)
      and (${name}::text is null or (lower(name) collate "C", user_id) > (${name}::text collate "C", ${id}::uuid))
    order by lower(name) collate "C", user_id limit ${page.limit}`.execute(db)
  return found.rows
}

export async function findUser(db: Db, userId: string): Promise<UserRow | undefined> {
  const found = await sql<UserRow>`
    select user_id, email, name, admin, disabled, created_at, last_seen_at, lower(name) collate "C" as sorted
    from users where user_id = ${userId}`.execute(db)
  return found.rows[0]
}

export type UserProject = {
  readonly user_id: string
  readonly project_id: string
  readonly name: string
  readonly roles: readonly ProjectRole[]
}

export async function listProjectsOfUsers(
  db: Db,
  userIds: readonly string[],
): Promise<UserProject[]> {
  const found = await sql<UserProject>`
    ${unscoped('admins see in which projects people are')}
    select m.user_id, p.project_id, p.name, m.roles
    from members m join projects p on p.project_id = m.project_id
    where m.user_id = any(${[...userIds]}::uuid[]) order by p.name, p.project_id`.execute(db)
  return found.rows
}

/** Active admins, locked: two that step down at once do so one after the other. */
export async function lockAdmins(db: Db): Promise<string[]> {
  const found = await sql<{ user_id: string }>`
    select user_id from users where admin and not disabled order by user_id for update`.execute(db)
  return found.rows.map((row) => row.user_id)
}

export async function updateUser(
  db: Db,
  userId: string,
  change: {
    readonly name: string | undefined
    readonly disabled: boolean | undefined
    readonly admin: boolean | undefined
  },
): Promise<void> {
  await sql`
    update users set name = coalesce(${change.name ?? null}, name),
      disabled = coalesce(${change.disabled ?? null}, disabled), admin = coalesce(${change.admin ?? null}, admin)
    where user_id = ${userId}`.execute(db)
}
