/** What a person may be handed: their projects and batches with what holds them back. */
import type { BatchState, ProjectRole, QueueOrder, Stage } from '@kasauti/core'
import { type RawBuilder, sql } from 'kysely'
import type { GoldSettingsValue } from '../gold/index.ts'
import { dayOf } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'

/** All projects of the caller, or one in which they have `roles`, member or not. */
export type Scope =
  | { readonly over: 'all' }
  | { readonly over: 'one'; readonly projectId: string; readonly roles: readonly ProjectRole[] }

/**
 * Whatever hands work to a person or takes a place for them locks the person first, until the
 * transaction ends: their claims follow one another, in whatever process. Before any item.
 */
export const personLock = (userId: string) =>
  sql<object>`select pg_advisory_xact_lock(hashtextextended(${`work of ${userId}`}, 0))`
export async function lockPerson(db: Db, userId: string): Promise<void> {
  await personLock(userId).execute(db)
}

/** A batch of a project as one person finds it; without a batch: a project that has none in work. */
export type QueueRow = {
  readonly project_id: string
  readonly project_name: string
  readonly archived: boolean
  readonly schema_version: number
  readonly seed: number
  readonly workflow_version: number
  readonly queue_order: QueueOrder
  readonly gold: Partial<GoldSettingsValue> | null
  readonly project_paused: boolean
  readonly project_reason: string | null
  readonly member_paused: boolean
  readonly member_reason: string | null
  readonly roles: readonly ProjectRole[]
  readonly daily_cap: number | null
  readonly held_cap: number | null
  /** On the UTC day of the request; where a cap asks for it. */
  readonly done_today: number
  readonly held: number
  /** Skills the person has a valid certificate of. */
  readonly skills: readonly string[]
  readonly batch_id: string | null
  readonly batch_name: string
  readonly due_at: Date | null
  readonly priority: number
  readonly batch_state: BatchState
  /** Up to where this person has looked through the batch. */
  readonly position: number
  readonly freed: boolean
  /** Is there something of the stage for anybody? */
  readonly annotate: boolean
  readonly review: boolean
  readonly adjudicate: boolean
  readonly audit: boolean
}

const cap = (own: 'daily_cap' | 'held_cap', ofProject: 'dailyCap' | 'heldCap') =>
  sql`coalesce(m.${sql.raw(own)}, (p.settings->'queue'->>${sql.lit(ofProject)})::int)`

/** Work of a stage lies in the batch; of annotating: ahead of this person. */
const lies: Readonly<Record<Stage, RawBuilder<unknown>>> = {
  annotate: sql`exists (select 1 from items i where i.project_id = b.project_id
    and i.batch_id = b.batch_id and i.slots > 0 and i.rank > coalesce(q.rank, -1))`,
  review: sql`exists (select 1 from annotations o where o.project_id = b.project_id
    and o.batch_id = b.batch_id and o.due and o.review_assignment_id is null)`,
  adjudicate: sql`exists (select 1 from items i where i.project_id = b.project_id
    and i.batch_id = b.batch_id and i.step = 'adjudicate' and i.held_by is null and i.removed_at is null)`,
  audit: sql`exists (select 1 from items i where i.project_id = b.project_id
    and i.batch_id = b.batch_id and i.step = 'audit' and i.held_by is null and i.removed_at is null)`,
}
const freedLies = sql`exists (select 1 from items i where i.project_id = b.project_id
  and i.batch_id = b.batch_id and i.slots > 0 and i.freed_at is not null)`

export const queueRows = (
  userId: string,
  scope: Scope,
  o: { stages: readonly Stage[]; now: Date },
) => {
  const asked = (stage: Stage) => (o.stages.includes(stage) ? lies[stage] : sql`false`)
  const from =
    scope.over === 'all'
      ? sql`members m join projects p on p.project_id = m.project_id and p.archived_at is null`
      : sql`projects p left join members m on m.project_id = p.project_id and m.user_id = ${userId}`
  const where =
    scope.over === 'all' ? sql`m.user_id = ${userId}` : sql`p.project_id = ${scope.projectId}`
  const roles = scope.over === 'all' ? sql`m.roles` : sql`${scope.roles}::text[]`
  return sql<QueueRow>`
    ${scope.over === 'all' ? unscoped("one person's own queue over all their projects") : sql``}
    select p.project_id, p.name as project_name, p.archived_at is not null as archived, p.schema_version,
      p.seed, p.workflow_version, p.settings->'queue'->>'order' as queue_order, p.settings->'gold' as gold,
      p.paused_at is not null as project_paused, p.pause_reason as project_reason,
      m.paused_at is not null as member_paused, m.pause_reason as member_reason, ${roles} as roles,
      ${cap('daily_cap', 'dailyCap')} as daily_cap, ${cap('held_cap', 'heldCap')} as held_cap,
      case when ${cap('daily_cap', 'dailyCap')} is null then 0 else coalesce((
        select d.submitted + d.reviewed + d.adjudicated + d.audited from person_days d
        where d.project_id = p.project_id and d.user_id = ${userId} and d.day = ${dayOf(o.now)}::date), 0)
        end as done_today,
      case when coalesce(${cap('daily_cap', 'dailyCap')}, ${cap('held_cap', 'heldCap')}) is null then 0 else (
        select count(*) from assignments a
        where a.project_id = p.project_id and a.user_id = ${userId} and a.state in ('leased', 'deferred')
          and (a.annotation_id is null or a.stage <> 'annotate')) end as held,
      array(select c.skill_id from certificates c where c.user_id = ${userId} and c.revoked_at is null
        and (c.expires_at is null or c.expires_at > ${o.now})) as skills,
      b.batch_id, b.name as batch_name, b.due_at, b.priority, b.state as batch_state,
      coalesce(q.rank, -1) as position, ${asked('annotate')} as annotate,
      ${o.stages.includes('annotate') ? freedLies : sql`false`} as freed, ${asked('review')} as review,
      ${asked('adjudicate')} as adjudicate, ${asked('audit')} as audit
    from ${from}
    left join batches b on b.project_id = p.project_id and b.state in ('open', 'paused', 'checking')
    left join queue_positions q on q.project_id = p.project_id and q.user_id = ${userId}
      and q.batch_id = b.batch_id
    where ${where}`
}

export async function findQueueRows(
  db: Db,
  userId: string,
  o: { scope: Scope; stages: readonly Stage[]; now: Date },
): Promise<readonly QueueRow[]> {
  return (await queueRows(userId, o.scope, o).execute(db)).rows
}

export async function findSkillTitles(
  db: Db,
  skillIds: readonly string[],
): Promise<readonly { readonly skill_id: string; readonly title: { en: string; hi?: string } }[]> {
  const { rows } = await sql<{ skill_id: string; title: { en: string; hi?: string } }>`
    select s.skill_id, s.title from skills s where s.skill_id = any(${skillIds}::uuid[])`.execute(
    db,
  )
  return rows
}
