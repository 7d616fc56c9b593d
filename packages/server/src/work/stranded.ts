/** Free places nobody is left for: everybody who may take them had them. */
import { encodeId, idPrefixes, stageOf, type Workflow } from '@kasauti/core'
import { sql } from 'kysely'
import { notify } from '../notification/index.ts'
import type { App, Db } from '../platform/app.ts'
import { unscoped } from '../platform/db/index.ts'
import { loadWorkflow } from '../workflow/index.ts'

type Place = {
  readonly projectId: string
  readonly batchId: string
  /** Only this one; else all that were given back. */
  readonly itemId?: string
}
const lookedAtOnce = 1000

/**
 * Of the items with places given back, those that every member who may annotate had or has. They leave
 * the list of what was given back: who joins later comes to them on their own way through the batch.
 */
async function takeStranded(
  db: Db,
  at: Place,
  o: { who: NonNullable<ReturnType<typeof annotators>>; now: Date },
): Promise<number> {
  const one = at.itemId === undefined ? sql`` : sql`and i.item_id = ${at.itemId}`
  const { rows } = await sql<object>`
    with able as materialized (
      select m.user_id from members m join users u on u.user_id = m.user_id and not u.disabled
      where m.project_id = ${at.projectId} and m.roles && ${o.who.roles}::text[]
        and not exists (select 1 from unnest(${o.who.skills}::uuid[]) as s (skill_id)
          where not exists (select 1 from certificates c where c.user_id = m.user_id and c.skill_id = s.skill_id
            and c.revoked_at is null and (c.expires_at is null or c.expires_at > ${o.now})))
    ), stranded as materialized (
      select i.item_id from items i
      where i.project_id = ${at.projectId} and i.batch_id = ${at.batchId} and i.slots > 0
        and i.freed_at is not null ${one}
        and not exists (
          select 1 from able where not exists (
            select 1 from assignments a
            where a.project_id = ${at.projectId} and a.user_id = able.user_id and a.item_id = i.item_id
              and a.stage = 'annotate'
              and a.state in ('leased', 'assigned', 'deferred', 'returned', 'submitted', 'skipped')))
      order by i.freed_at limit ${lookedAtOnce}
      for no key update of i skip locked
    )
    update items i set freed_at = null from stranded
    where i.project_id = ${at.projectId} and i.item_id = stranded.item_id
    returning 1`.execute(db)
  return rows.length
}

const annotators = (workflow: Workflow) => stageOf(workflow, 'annotate')?.who

type Lead = { readonly user_id: string; readonly batch_name: string; readonly project_name: string }
/** Leads who have no unread word of the same batch. */
async function findLeadsToTell(db: Db, at: Place): Promise<readonly Lead[]> {
  const { rows } = await sql<Lead>`
    select m.user_id, b.name as batch_name, p.name as project_name
    from members m
    join projects p on p.project_id = m.project_id
    join batches b on b.project_id = m.project_id and b.batch_id = ${at.batchId}
    where m.project_id = ${at.projectId} and 'lead' = any(m.roles)
      and not exists (
        select 1 from notifications n
        where n.user_id = m.user_id and n.on_project_id = ${at.projectId} and n.kind = 'nobody-left'
          and n.params->>'batch' = ${encodeId(idPrefixes.batch, at.batchId)} and n.read_at is null)`.execute(
    db,
  )
  return rows
}

/** Tell the leads how many items of a batch are left over: once, until they have read it. */
export async function tellNobodyLeft(db: Db, app: App, at: Place): Promise<number> {
  const who = annotators(await loadWorkflow(app, db, { projectId: at.projectId }))
  if (!who) return 0
  const count = await takeStranded(db, at, { who, now: app.now() })
  if (count === 0) return 0
  for (const lead of await findLeadsToTell(db, at))
    await notify(db, app, {
      userId: lead.user_id,
      kind: 'nobody-left',
      projectId: at.projectId,
      params: {
        name: lead.batch_name || lead.project_name,
        batch: encodeId(idPrefixes.batch, at.batchId),
        count: String(count),
      },
      href: `/projects/${encodeId(idPrefixes.project, at.projectId)}`,
    })
  return count
}

/** Batches in work that have places given back. */
export async function findBatchesWithFreed(
  db: Db,
): Promise<readonly { readonly project_id: string; readonly batch_id: string }[]> {
  const { rows } = await sql<{ project_id: string; batch_id: string }>`
    ${unscoped('finds the batches whose given-back places are looked through, one by one')}
    select b.project_id, b.batch_id from batches b
    join projects p on p.project_id = b.project_id and p.archived_at is null
    where b.state = 'open' and exists (
      select 1 from items i where i.project_id = b.project_id and i.batch_id = b.batch_id
        and i.slots > 0 and i.freed_at is not null)`.execute(db)
  return rows
}
