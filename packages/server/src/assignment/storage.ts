/** Who has what, and giving it to somebody else. Items are locked first, in the order of their ids. */
import type { AssignmentState, ProjectRole, Stage } from '@kasauti/core'
import { sql } from 'kysely'
import { type ItemColumns, itemColumns, setPlace } from '../item/index.ts'
import type { Db } from '../platform/app.ts'
import { json, storableText, unscoped } from '../platform/db/index.ts'
import { hadBy } from '../work/index.ts'

export type HeldRow = {
  readonly assignment_id: string
  readonly item_id: string
  readonly key: string
  readonly batch_id: string
  readonly batch_name: string
  readonly stage: Stage
  readonly state: AssignmentState
  readonly user_id: string
  readonly name: string
  readonly present: boolean
  readonly started_at: Date
  readonly lease_expires_at: Date
  readonly assigned_by: string | null
  readonly active_ms: number
}

/** What people have at this moment, by the age of the assignment. */
export async function listHeld(
  db: Db,
  o: {
    projectId: string
    userId?: string | undefined
    stage?: Stage | undefined
    state?: string | undefined
    left?: boolean | undefined
    after: string | null
    limit: number
  },
): Promise<HeldRow[]> {
  const only = (wanted: string | undefined, column: string) =>
    wanted === undefined ? sql`` : sql`and ${sql.ref(column)} = ${wanted}`
  const { rows } = await sql<HeldRow>`
    select a.assignment_id, a.item_id, i.key, a.batch_id, b.name as batch_name, a.stage, a.state, a.user_id,
      u.name, m.user_id is not null and not u.disabled as present, a.started_at, a.lease_expires_at,
      l.name as assigned_by, a.active_ms
    from assignments a
    join items i on i.project_id = a.project_id and i.item_id = a.item_id and i.removed_at is null
    join batches b on b.project_id = a.project_id and b.batch_id = a.batch_id
    join users u on u.user_id = a.user_id
    left join members m on m.project_id = a.project_id and m.user_id = a.user_id
    left join users l on l.user_id = a.assigned_by
    where a.project_id = ${o.projectId} and a.state in ('leased', 'assigned', 'deferred', 'returned')
      and a.purpose = 'work' ${only(o.userId, 'a.user_id')} ${only(o.stage, 'a.stage')} ${only(o.state, 'a.state')}
      ${o.left === true ? sql`and (m.user_id is null or u.disabled)` : sql``}
      ${o.after === null ? sql`` : sql`and a.assignment_id > ${o.after}`}
    order by a.assignment_id limit ${o.limit}`.execute(db)
  return rows
}

export type Taker = {
  readonly user_id: string
  readonly name: string
  readonly roles: readonly ProjectRole[]
  readonly project_name: string
}
/** A member whose account is open. */
export async function findTaker(
  db: Db,
  at: { projectId: string; userId: string },
): Promise<Taker | undefined> {
  const { rows } = await sql<Taker>`
    select m.user_id, u.name, m.roles, p.name as project_name
    from members m
    join users u on u.user_id = m.user_id and not u.disabled
    join projects p on p.project_id = m.project_id
    where m.project_id = ${at.projectId} and m.user_id = ${at.userId}`.execute(db)
  return rows[0]
}

/** Those of the items that have a place for a person who never had them. Without locks: to be looked at again. */
export async function findFree(
  db: Db,
  who: { projectId: string; userId: string },
  itemIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ item_id: string }>`
    select i.item_id from items i
    where i.project_id = ${who.projectId} and i.item_id = any(${itemIds}::uuid[]) and i.slots > 0
      and not i.withdrawn and not i.gold and not ${hadBy(who, 'i.item_id')}`.execute(db)
  return rows.map((row) => row.item_id)
}

export type AssignableRow = ItemColumns & {
  readonly slots: number
  readonly inputs: Record<string, unknown>
  readonly nth: number
  readonly had: boolean
  readonly seed: number
  readonly project_schema_version: number
}
/** Items under lock with what is needed to give them to a person. */
export async function lockAssignable(
  db: Db,
  who: { projectId: string; userId: string },
  itemIds: readonly string[],
): Promise<AssignableRow[]> {
  const { rows } = await sql<AssignableRow>`
    select ${itemColumns}, i.slots, n.inputs, p.seed, p.schema_version as project_schema_version,
      ${hadBy(who, 'i.item_id')} as had,
      (select count(*) from assignments a where a.project_id = ${who.projectId} and a.item_id = i.item_id
        and a.stage = 'annotate') as nth
    from items i
    join item_inputs n on n.project_id = i.project_id and n.item_id = i.item_id
    join projects p on p.project_id = i.project_id
    where i.project_id = ${who.projectId} and i.item_id = any(${itemIds}::uuid[])
    order by i.item_id
    for no key update of i`.execute(db)
  return rows
}

/** The same question about one item. */
export async function hasHad(
  db: Db,
  who: { projectId: string; userId: string },
  itemId: string,
): Promise<boolean> {
  const { rows } = await sql<{ had: boolean }>`
    select ${hadBy(who, 'i.item_id')} as had from items i
    where i.project_id = ${who.projectId} and i.item_id = ${itemId}`.execute(db)
  return rows[0]?.had ?? false
}

/** A place of each of these locked items is held by one person more. */
export async function holdPlaces(
  db: Db,
  at: { projectId: string; itemIds: readonly string[] },
): Promise<void> {
  await sql`
    update items i set slots = i.slots - 1, leased = i.leased + 1,
      ${setPlace({ slots: sql`(i.slots - 1)`, people: sql`(i.leased + i.annotations + 1)` })}
    where i.project_id = ${at.projectId} and i.item_id = any(${at.itemIds}::uuid[])`.execute(db)
}

export type NewAssigned = {
  readonly assignmentId: string
  readonly eventId: string
  readonly itemId: string
  readonly batchId: string
  readonly stage: Stage
  readonly annotationId: string | null
  readonly fromAnnotationId: string | null
  readonly schemaVersion: number
  readonly presentation: unknown
}
/** Assignments that wait for their person, with a line in the items' histories. */
export async function insertAssigned(
  db: Db,
  at: { projectId: string; userId: string },
  o: {
    rows: readonly NewAssigned[]
    by: string
    kind: 'assigned' | 'reassigned'
    note: string
    now: Date
  },
): Promise<void> {
  const of = <V>(value: (row: NewAssigned) => V): V[] => o.rows.map(value)
  await sql`
    with given as (
      select * from unnest(${of((r) => r.assignmentId)}::uuid[], ${of((r) => r.eventId)}::uuid[],
        ${of((r) => r.itemId)}::uuid[], ${of((r) => r.batchId)}::uuid[], ${of((r) => r.stage)}::text[],
        ${of((r) => r.annotationId)}::uuid[], ${of((r) => r.fromAnnotationId)}::uuid[],
        ${of((r) => r.schemaVersion)}::int[], ${of((r) => json(r.presentation))}::text[])
        as g (assignment_id, event_id, item_id, batch_id, stage, annotation_id, from_annotation_id, schema_version,
          presentation)
    ), made as (
      insert into assignments (project_id, assignment_id, item_id, batch_id, stage, user_id, state, annotation_id,
        from_annotation_id, schema_version, presentation, assigned_by, started_at, lease_expires_at)
      select ${at.projectId}::uuid, g.assignment_id, g.item_id, g.batch_id, g.stage, ${at.userId}::uuid, 'assigned',
        g.annotation_id, g.from_annotation_id, g.schema_version, g.presentation::jsonb, ${o.by}::uuid,
        ${o.now}::timestamptz, ${o.now}::timestamptz
      from given g
    )
    insert into item_events (project_id, item_id, event_id, kind, user_id, note, at)
    select ${at.projectId}::uuid, g.item_id, g.event_id, ${o.kind}, ${o.by}::uuid, ${storableText(o.note)},
      ${o.now}::timestamptz
    from given g`.execute(db)
}

/** An assignment passes to somebody else: over for the one who had it. */
export async function passOn(
  db: Db,
  at: { projectId: string; assignmentId: string },
): Promise<void> {
  await sql`
    update assignments a set state = 'released', finished_at = null
    where a.project_id = ${at.projectId} and a.assignment_id = ${at.assignmentId}`.execute(db)
}

/** Returned answers that somebody else starts from: no longer an annotation of the item. */
export async function withdrawAnnotation(
  db: Db,
  at: { projectId: string; annotationId: string; now: Date },
): Promise<void> {
  await sql`
    update annotations o set state = 'withdrawn', due = false, review_assignment_id = null, updated_at = ${at.now}
    where o.project_id = ${at.projectId} and o.annotation_id = ${at.annotationId}`.execute(db)
}

/** Has this person annotated the item, or checked it at another stage? */
export async function isOwnWork(
  db: Db,
  who: { projectId: string; userId: string },
  o: { itemId: string; annotationId: string | null },
): Promise<boolean> {
  const ownAnnotation =
    o.annotationId === null ? sql`` : sql`and o.annotation_id = ${o.annotationId}`
  const { rows } = await sql<{ own: boolean }>`
    select exists (select 1 from annotations o
      where o.project_id = ${who.projectId} and o.item_id = ${o.itemId} and o.author_id = ${who.userId}
        and o.state <> 'withdrawn' ${ownAnnotation}) as own`.execute(db)
  return rows[0]?.own ?? false
}

/** What somebody holds or waits on in a project, without what came back to them. */
export async function findLiveIds(
  db: Db,
  who: { projectId: string; userId: string },
): Promise<string[]> {
  const { rows } = await sql<{ assignment_id: string }>`
    select a.assignment_id from assignments a
    where a.project_id = ${who.projectId} and a.user_id = ${who.userId}
      and a.state in ('leased', 'assigned', 'deferred')`.execute(db)
  return rows.map((row) => row.assignment_id)
}

/** Projects in which somebody holds anything. */
export async function findProjectsHeldIn(db: Db, userId: string): Promise<string[]> {
  const { rows } = await sql<{ project_id: string }>`
    ${unscoped('finds the projects in which a person whose account is closed holds work')}
    select distinct a.project_id from assignments a
    where a.user_id = ${userId} and a.state in ('leased', 'assigned', 'deferred')`.execute(db)
  return rows.map((row) => row.project_id)
}

export async function findNames(
  db: Db,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ user_id: string; name: string }>`
    select u.user_id, u.name from users u where u.user_id = any(${userIds}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.user_id, row.name]))
}
