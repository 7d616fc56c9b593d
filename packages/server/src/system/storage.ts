import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

export async function insertAuditEvent(
  db: Db,
  event: {
    readonly auditId: string
    readonly at: Date
    readonly userId: string | null
    readonly what: string
    readonly projectId: string | null
    readonly detail: string
  },
): Promise<void> {
  await sql`
    insert into audit_events (audit_id, at, user_id, what, on_project_id, detail)
    values (${event.auditId}, ${event.at}, ${event.userId}, ${event.what}, ${event.projectId}, ${event.detail})`.execute(
    db,
  )
}

export type AuditRow = {
  readonly audit_id: string
  readonly at: Date
  readonly who: string | null
  readonly what: string
  readonly project_name: string | null
  readonly detail: Readonly<Record<string, string>>
}

/** Newest first; `before` is the last row's id of the page before. */
export async function listAuditEvents(
  db: Db,
  page: { readonly before: string | null; readonly limit: number },
): Promise<AuditRow[]> {
  const found = await sql<AuditRow>`
    ${unscoped('the audit log tells admins of every project')}
    select a.audit_id, a.at, u.name as who, a.what, p.name as project_name, a.detail
    from audit_events a
    left join users u on u.user_id = a.user_id
    left join projects p on p.project_id = a.on_project_id
    where ${page.before}::uuid is null or a.audit_id < ${page.before}::uuid
    order by a.audit_id desc limit ${page.limit}`.execute(db)
  return found.rows
}

export async function ping(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}

export type DatabaseFacts = {
  readonly version: string
  readonly bytes: number
  readonly fsync: string
}

export async function findDatabaseFacts(db: Db): Promise<DatabaseFacts> {
  const found = await sql<DatabaseFacts>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync,
      pg_database_size(current_database()) as bytes`.execute(db)
  const row = found.rows[0]
  if (!row) throw new Error('no answer about the database')
  return row
}

export async function countJobs(
  db: Db,
): Promise<{ readonly waiting: number; readonly failed: number }> {
  const found = await sql<{ waiting: number; failed: number }>`
    ${unscoped('the system page counts the jobs of every project')}
    select count(*) filter (where state in ('queued', 'running')) as waiting,
      count(*) filter (where state = 'failed') as failed
    from jobs`.execute(db)
  return found.rows[0] ?? { waiting: 0, failed: 0 }
}

/** What a person's event stream may carry now. */
export type Reach = {
  readonly signedIn: boolean
  readonly admin: boolean
  readonly projectIds: ReadonlySet<string>
}

export async function findReach(
  db: Db,
  caller: { readonly userId: string; readonly sessionId?: string | undefined },
): Promise<Reach> {
  const session = caller.sessionId ?? null
  const found = await sql<{ signed_in: boolean; admin: boolean; project_ids: string[] }>`
    ${unscoped('a person hears of all the projects they are in')}
    select not u.disabled and (${session}::uuid is null
        or exists (select from sessions s where s.session_id = ${session}::uuid)) as signed_in,
      u.admin, array(select m.project_id::text from members m where m.user_id = u.user_id) as project_ids
    from users u where u.user_id = ${caller.userId}`.execute(db)
  const row = found.rows[0]
  if (!row) return { signedIn: false, admin: false, projectIds: new Set() }
  return { signedIn: row.signed_in, admin: row.admin, projectIds: new Set(row.project_ids) }
}
