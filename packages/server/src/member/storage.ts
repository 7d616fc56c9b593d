import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { storableText } from '../platform/db/index.ts'

export type MemberRow = {
  readonly user_id: string
  readonly name: string
  readonly email: string
  readonly roles: readonly ProjectRole[]
  readonly added_at: Date
  readonly disabled: boolean
  readonly paused_at: Date | null
  readonly pause_reason: string | null
  readonly daily_cap: number | null
  readonly held_cap: number | null
}

export async function listMembers(db: Db, projectId: string): Promise<MemberRow[]> {
  const found = await sql<MemberRow>`
    select m.user_id, u.name, u.email, m.roles, m.added_at, u.disabled, m.paused_at, m.pause_reason,
      m.daily_cap, m.held_cap
    from members m join users u on u.user_id = m.user_id
    where m.project_id = ${projectId} order by lower(u.name), m.user_id`.execute(db)
  return found.rows
}

/** The project's members, locked: changes of roles come one after the other. */
export async function lockMembers(db: Db, projectId: string): Promise<MemberRow[]> {
  await sql`select from projects where project_id = ${projectId} for no key update`.execute(db)
  return listMembers(db, projectId)
}

export async function setRoles(
  db: Db,
  projectId: string,
  member: { readonly userId: string; readonly roles: readonly ProjectRole[]; readonly now: Date },
): Promise<void> {
  await sql`
    insert into members (project_id, user_id, roles, added_at)
    values (${projectId}, ${member.userId}, ${[...member.roles]}::text[], ${member.now})
    on conflict (project_id, user_id) do update set roles = excluded.roles`.execute(db)
}

export async function findRoles(
  db: Db,
  at: { readonly projectId: string; readonly userId: string },
): Promise<readonly ProjectRole[]> {
  const found = await sql<{ roles: readonly ProjectRole[] }>`
    select roles from members where project_id = ${at.projectId} and user_id = ${at.userId}`.execute(
    db,
  )
  return found.rows[0]?.roles ?? []
}

export async function removeMember(db: Db, projectId: string, userId: string): Promise<void> {
  await sql`delete from members where project_id = ${projectId} and user_id = ${userId}`.execute(db)
}

/** @param pause undefined: handed work again */
export async function setPaused(
  db: Db,
  at: { readonly projectId: string; readonly userId: string },
  pause: { readonly at: Date; readonly reason: string } | undefined,
): Promise<void> {
  await sql`
    update members m set paused_at = ${pause?.at ?? null}, pause_reason = ${pause ? storableText(pause.reason) : null}
    where m.project_id = ${at.projectId} and m.user_id = ${at.userId}`.execute(db)
}

export async function setCaps(
  db: Db,
  at: { readonly projectId: string; readonly userId: string },
  caps: { readonly dailyCap: number | undefined; readonly heldCap: number | undefined },
): Promise<void> {
  await sql`
    update members m set daily_cap = ${caps.dailyCap ?? null}, held_cap = ${caps.heldCap ?? null}
    where m.project_id = ${at.projectId} and m.user_id = ${at.userId}`.execute(db)
}

export type Candidate = { readonly user_id: string; readonly name: string; readonly email: string }

/** Active people who are not in the project, by name. */
export async function listCandidates(
  db: Db,
  projectId: string,
  search: string,
): Promise<Candidate[]> {
  const found = await sql<Candidate>`
    select u.user_id, u.name, u.email from users u
    where not u.disabled
      and not exists (select from members m where m.project_id = ${projectId} and m.user_id = u.user_id)
      and (strpos(lower(u.name), lower(${search})) > 0 or strpos(u.email, lower(${search})) > 0 or ${search} = '')
    order by lower(u.name), u.user_id limit 50`.execute(db)
  return found.rows
}

export async function isActiveUser(db: Db, userId: string): Promise<boolean> {
  const found = await sql`select from users where user_id = ${userId} and not disabled`.execute(db)
  return found.rows.length === 1
}

export async function findProjectName(db: Db, projectId: string): Promise<string | undefined> {
  const found = await sql<{
    name: string
  }>`select name from projects where project_id = ${projectId}`.execute(db)
  return found.rows[0]?.name
}
