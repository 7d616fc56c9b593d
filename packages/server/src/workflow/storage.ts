import type { Workflow } from '@kasauti/core'
import { sql } from 'kysely'
import type { Db } from '../platform/app.ts'
import { json, storableText } from '../platform/db/index.ts'

type StoredWorkflow = {
  readonly workflow: unknown
  readonly in_flight: 'follow' | 'keep'
  readonly created_at: Date
}

export async function findWorkflow(
  db: Db,
  at: { projectId: string; version: number },
): Promise<StoredWorkflow | undefined> {
  const { rows } = await sql<StoredWorkflow>`
    select w.workflow, w.in_flight, w.created_at from workflows w
    where w.project_id = ${at.projectId} and w.version = ${at.version}`.execute(db)
  return rows[0]
}

/** When somebody was first given an item. */
export async function findBegun(
  db: Db,
  at: { projectId: string; itemId: string },
): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(e.at) as at from item_events e
    where e.project_id = ${at.projectId} and e.item_id = ${at.itemId} and e.kind in ('leased', 'assigned')`.execute(
    db,
  )
  return rows[0]?.at ?? undefined
}

export async function findWorkflowVersion(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ workflow_version: number }>`
    select p.workflow_version from projects p where p.project_id = ${projectId}`.execute(db)
  return rows[0]?.workflow_version
}

/** A new version. The first of a project needs no bringing under it: nothing was there before. */
export async function insertWorkflow(
  db: Db,
  w: {
    projectId: string
    version: number
    workflow: Workflow
    note: string
    createdBy: string
    now: Date
    change?: { readonly jobId: string; readonly inFlight: 'follow' | 'keep' }
  },
): Promise<void> {
  await sql`
    insert into workflows (project_id, version, workflow, note, created_by, created_at, in_flight, job_id, applied_at)
    values (${w.projectId}, ${w.version}, ${json(w.workflow)}::jsonb, ${storableText(w.note)},
      ${w.createdBy}, ${w.now}, ${w.change?.inFlight ?? 'follow'}, ${w.change?.jobId ?? null},
      ${w.change ? null : w.now})`.execute(db)
}

/** The project's version in force, under lock: changes follow one another. */
export async function lockWorkflowVersion(db: Db, projectId: string): Promise<number | undefined> {
  const { rows } = await sql<{ workflow_version: number }>`
    select p.workflow_version from projects p where p.project_id = ${projectId} for no key update`.execute(
    db,
  )
  return rows[0]?.workflow_version
}

export async function setWorkflowVersion(
  db: Db,
  at: { projectId: string; version: number },
): Promise<void> {
  await sql`
    update projects p set workflow_version = ${at.version} where p.project_id = ${at.projectId}`.execute(
    db,
  )
}

export type VersionRow = {
  readonly version: number
  readonly workflow: unknown
  readonly note: string
  readonly by: string
  readonly created_at: Date
  readonly in_flight: 'follow' | 'keep'
  readonly job_id: string | null
  readonly applied_to: number
  readonly applied_at: Date | null
}

/** Newest first. */
export async function listWorkflows(db: Db, projectId: string): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`
    select w.version, w.workflow, w.note, u.name as by, w.created_at, w.in_flight, w.job_id, w.applied_to, w.applied_at
    from workflows w join users u on u.user_id = w.created_by
    where w.project_id = ${projectId} order by w.version desc`.execute(db)
  return rows
}

export type StepCounts = {
  readonly annotate: number
  readonly review: number
  readonly adjudicate: number
  readonly audit: number
  readonly done: number
}
/** Items at each stage, from the maintained counts. */
export async function findStepCounts(db: Db, projectId: string): Promise<StepCounts> {
  const { rows } = await sql<StepCounts>`
    select coalesce(sum(c.open + c.returned), 0)::bigint as annotate, coalesce(sum(c.by_review), 0)::bigint as review,
      coalesce(sum(c.by_adjudicate), 0)::bigint as adjudicate, coalesce(sum(c.by_audit), 0)::bigint as audit,
      coalesce(sum(c.done), 0)::bigint as done
    from project_counts c where c.project_id = ${projectId}`.execute(db)
  return rows[0] ?? { annotate: 0, review: 0, adjudicate: 0, audit: 0, done: 0 }
}

/** How many members may take work of a stage: with one of the roles and certificates for all skills. */
export async function listMembersWho(
  db: Db,
  at: { projectId: string; roles: readonly string[]; skills: readonly string[]; now: Date },
): Promise<readonly string[]> {
  const { rows } = await sql<{ user_id: string }>`
    select m.user_id from members m
    where m.project_id = ${at.projectId} and m.roles && ${at.roles}::text[]
      and not exists (select 1 from unnest(${at.skills}::uuid[]) as s (skill_id)
        where not exists (select 1 from certificates c where c.user_id = m.user_id and c.skill_id = s.skill_id
          and c.revoked_at is null and (c.expires_at is null or c.expires_at > ${at.now})))`.execute(
    db,
  )
  return rows.map((row) => row.user_id)
}

/** Which of these skills there are. */
export async function listKnownSkills(db: Db, skillIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ skill_id: string }>`
    select s.skill_id from skills s where s.skill_id = any(${skillIds}::uuid[]) and s.retired_at is null`.execute(
    db,
  )
  return rows.map((row) => row.skill_id)
}

export async function setApplied(
  db: Db,
  at: { projectId: string; version: number; appliedTo: number; appliedAt: Date | null },
): Promise<void> {
  await sql`
    update workflows w set applied_to = ${at.appliedTo}, applied_at = ${at.appliedAt}
    where w.project_id = ${at.projectId} and w.version = ${at.version}`.execute(db)
}
