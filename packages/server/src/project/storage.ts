import type { ProjectRole } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json, storableText, unscoped } from '../platform/db/index.ts'
import type { Settings } from './settings.ts'

export type Counts = {
  readonly items: number
  readonly open: number
  readonly annotated: number
  readonly returned: number
  readonly accepted: number
  readonly skipped: number
  readonly annotations: number
  readonly reviews: number
  readonly wanted: number
  readonly done: number
}
export type ProjectRow = Counts & {
  readonly project_id: string
  readonly name: string
  readonly summary: string
  readonly template: string | null
  readonly archived_at: Date | null
  readonly paused_at: Date | null
  readonly pause_reason: string | null
  readonly created_at: Date
  readonly created_by: string
  readonly schema_version: number
  readonly settings: Settings
  readonly revision: number
  readonly roles: ProjectRole[] | null
}

const projectRows = (userId: string) => sql`
  select p.project_id, p.name, p.summary, p.template, p.paused_at, p.pause_reason, p.archived_at, p.created_at, u.name as created_by,
    p.schema_version, p.settings, p.revision, m.roles, c.*
  from projects p
  join users u on u.user_id = p.created_by
  left join members m on m.project_id = p.project_id and m.user_id = ${userId}
  cross join lateral (
    select coalesce(sum(s.items), 0)::bigint as items, coalesce(sum(s.open), 0)::bigint as open,
      coalesce(sum(s.annotated), 0)::bigint as annotated, coalesce(sum(s.returned), 0)::bigint as returned,
      coalesce(sum(s.accepted), 0)::bigint as accepted, coalesce(sum(s.skipped), 0)::bigint as skipped,
      coalesce(sum(s.annotations), 0)::bigint as annotations, coalesce(sum(s.reviews), 0)::bigint as reviews,
      coalesce(sum(s.wanted), 0)::bigint as wanted, coalesce(sum(s.done), 0)::bigint as done
    from project_counts s where s.project_id = p.project_id) c`

/** Projects a person is a member of, newest first; all of them for an admin. */
export async function listProjects(
  db: Db,
  o: { userId: string; see: 'mine' | 'all'; archived: 'too' | 'not' },
): Promise<ProjectRow[]> {
  const mine = o.see === 'mine' ? sql`m.user_id is not null` : sql`true`
  const live = o.archived === 'not' ? sql`p.archived_at is null` : sql`true`
  const { rows } = await sql<ProjectRow>`
    ${unscoped('the list of projects a person may see')}
    ${projectRows(o.userId)} where ${mine} and ${live}
    order by p.created_at desc, p.project_id desc`.execute(db)
  return rows
}

export async function findProject(
  db: Db,
  at: { projectId: string; userId: string },
): Promise<ProjectRow | undefined> {
  const { rows } = await sql<ProjectRow>`
    ${projectRows(at.userId)} where p.project_id = ${at.projectId}`.execute(db)
  return rows[0]
}

/** A project's settings and revision under lock. */
export async function lockProject(
  db: Db,
  projectId: string,
): Promise<{ readonly settings: Settings; readonly revision: number } | undefined> {
  const { rows } = await sql<{ settings: Settings; revision: number }>`
    select p.settings, p.revision from projects p where p.project_id = ${projectId}
    for no key update`.execute(db)
  return rows[0]
}

export async function insertProject(
  db: Db,
  p: {
    projectId: string
    name: string
    summary: string
    template: string | undefined
    settings: Settings
    seed: number
    userId: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into projects (project_id, name, summary, template, created_by, created_at, schema_version,
      settings, seed)
    values (${p.projectId}, ${storableText(p.name)}, ${storableText(p.summary)}, ${p.template ?? null},
      ${p.userId}, ${p.now}, 1, ${json(p.settings)}::jsonb, ${p.seed})`.execute(db)
}

/** The batch every project has: items nobody put elsewhere. Its id is the project's. */
export async function insertOwnBatch(
  db: Db,
  b: { projectId: string; userId: string; now: Date },
): Promise<void> {
  await sql`
    insert into batches (project_id, batch_id, name, state, created_by, created_at, opened_at)
    values (${b.projectId}, ${b.projectId}, '', 'open', ${b.userId}, ${b.now}, ${b.now})`.execute(
    db,
  )
}

export async function insertMember(
  db: Db,
  m: { projectId: string; userId: string; roles: readonly ProjectRole[]; now: Date },
): Promise<void> {
  await sql`
    insert into members (project_id, user_id, roles, added_at)
    values (${m.projectId}, ${m.userId}, ${m.roles}::text[], ${m.now})`.execute(db)
}

export async function updateProject(
  db: Db,
  p: {
    projectId: string
    name: string | undefined
    summary: string | undefined
    settings: Settings
    archivedAt: Date | null | undefined
  },
): Promise<void> {
  const archived =
    p.archivedAt === undefined
      ? sql``
      : sql`, archived_at = ${p.archivedAt === null ? null : sql`coalesce(p.archived_at, ${p.archivedAt})`}`
  await sql`
    update projects p set name = coalesce(${p.name ?? null}::text, p.name),
      summary = coalesce(${p.summary ?? null}::text, p.summary), settings = ${json(p.settings)}::jsonb,
      revision = p.revision + 1 ${archived}
    where p.project_id = ${p.projectId}`.execute(db)
}

/** @param pause undefined: work is handed out again */
export async function setProjectPaused(
  db: Db,
  projectId: string,
  pause: { readonly at: Date; readonly reason: string } | undefined,
): Promise<void> {
  await sql`
    update projects p set paused_at = ${pause?.at ?? null}, revision = p.revision + 1,
      pause_reason = ${pause ? storableText(pause.reason) : null}
    where p.project_id = ${projectId}`.execute(db)
}

export type PersonRow = {
  readonly user_id: string
  readonly name: string
  readonly submitted: number
  readonly accepted: number
  readonly returned: number
  readonly skipped: number
  readonly reviewed: number
  readonly last_at: Date | null
}

/** What each person did in all their days here, most submitted first. */
export async function listPeople(db: Db, projectId: string): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select d.user_id, u.name, sum(d.submitted)::bigint as submitted, sum(d.accepted)::bigint as accepted,
      sum(d.returned)::bigint as returned, sum(d.skipped)::bigint as skipped,
      sum(d.reviewed)::bigint as reviewed, max(d.last_at) as last_at
    from person_days d join users u on u.user_id = d.user_id
    where d.project_id = ${projectId}
    group by d.user_id, u.name order by submitted desc, u.name`.execute(db)
  return rows
}

/** What all people did on each of the last 90 days with work, oldest first. */
export async function listDays(
  db: Db,
  projectId: string,
): Promise<{ readonly day: string; readonly submitted: number; readonly reviewed: number }[]> {
  const { rows } = await sql<{ day: string; submitted: number; reviewed: number }>`
    select x.day, x.submitted, x.reviewed from (
      select d.day, sum(d.submitted)::bigint as submitted, sum(d.reviewed)::bigint as reviewed
      from person_days d where d.project_id = ${projectId}
      group by d.day order by d.day desc limit 90) x
    order by x.day`.execute(db)
  return rows
}
