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
