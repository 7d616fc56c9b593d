import { sql } from 'kysely'
import type { JobState, StoredProgress } from '../job/index.ts'
import type { Db } from '../platform/app.ts'

export type DeliveryFormat = 'jsonl' | 'csv' | 'json'
export type Manifest = {
  readonly kasauti: string
  readonly project: string
  readonly name: string
  readonly batch?: string
  readonly madeAt: string
  readonly madeBy: string
  readonly schemaVersions: number[]
  readonly states: ('open' | 'annotated' | 'returned' | 'accepted' | 'skipped')[]
  readonly items: number
  readonly annotations: number
  readonly itemsByState: Record<string, number>
  readonly files: {
    readonly name: string
    readonly format: string
    readonly bytes: number
    readonly sha256: string
    readonly rows: number
    readonly losses: string[]
  }[]
}
export type DeliveryRow = {
  readonly delivery_id: string
  readonly job_id: string
  readonly batch_id: string | null
  readonly answers: 'all' | 'final'
  /** Null: not of one batch, or the batch is gone. */
  readonly batch: string | null
  readonly name: string
  readonly formats: readonly DeliveryFormat[]
  readonly states: Manifest['states']
  readonly manifest: Manifest | null
  readonly created_at: Date
  readonly created_by: string
  readonly creator_id: string
  readonly state: JobState
  readonly progress: StoredProgress
  readonly error: string | null
  readonly finished_at: Date | null
}

const selected = sql`
  d.delivery_id, d.job_id, d.batch_id, b.name as batch, d.name, d.answers, d.formats, d.states, d.manifest, d.created_at, u.name as created_by,
  d.created_by as creator_id, j.state, j.progress, j.error, j.finished_at
  from deliveries d
  join jobs j on j.project_id = d.project_id and j.job_id = d.job_id
  join users u on u.user_id = d.created_by
  left join batches b on b.project_id = d.project_id and b.batch_id = d.batch_id`

export async function findDelivery(
  db: Db,
  at: { projectId: string; deliveryId: string },
): Promise<DeliveryRow | undefined> {
  const { rows } = await sql<DeliveryRow>`
    select ${selected} where d.project_id = ${at.projectId} and d.delivery_id = ${at.deliveryId}`.execute(
    db,
  )
  return rows[0]
}

export async function findDeliveryOfJob(
  db: Db,
  at: { projectId: string; jobId: string },
): Promise<DeliveryRow | undefined> {
  const { rows } = await sql<DeliveryRow>`
    select ${selected} where d.project_id = ${at.projectId} and d.job_id = ${at.jobId}`.execute(db)
  return rows[0]
}

/** Newest first: delivery ids grow with time. */
export async function listDeliveries(
  db: Db,
  page: { projectId: string; before: string | null; limit: number },
): Promise<readonly DeliveryRow[]> {
  const older = page.before === null ? sql`` : sql`and d.delivery_id < ${page.before}::uuid`
  const { rows } = await sql<DeliveryRow>`
    select ${selected} where d.project_id = ${page.projectId} ${older}
    order by d.delivery_id desc limit ${page.limit}`.execute(db)
  return rows
}

export async function insertDelivery(
  db: Db,
  row: {
    projectId: string
    deliveryId: string
    jobId: string
    batchId: string | undefined
    answers: 'all' | 'final'
    name: string
    formats: readonly string[]
    states: readonly string[]
    createdBy: string
    now: Date
  },
): Promise<void> {
  await sql`
    insert into deliveries (project_id, delivery_id, job_id, batch_id, answers, name, formats, states, created_by, created_at)
    values (${row.projectId}, ${row.deliveryId}, ${row.jobId}, ${row.batchId ?? null}, ${row.answers}, ${row.name}, ${row.formats}::text[],
      ${row.states}::text[], ${row.createdBy}, ${row.now})`.execute(db)
}

export async function hasBatch(
  db: Db,
  at: { projectId: string; batchId: string },
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from batches b
      where b.project_id = ${at.projectId} and b.batch_id = ${at.batchId}) as found`.execute(db)
  return rows[0]?.found ?? false
}

export async function hasItemsIn(
  db: Db,
  at: { projectId: string; states: readonly string[]; batchId: string | undefined },
): Promise<boolean> {
  const inBatch = at.batchId === undefined ? sql`true` : sql`i.batch_id = ${at.batchId}`
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from items i
      where i.project_id = ${at.projectId} and i.state = any (${at.states}::text[]) and i.removed_at is null
        and ${inBatch}
    ) as found`.execute(db)
  return rows[0]?.found ?? false
}

/** What was delivered, once its files are whole. */
export async function setDelivered(
  db: Db,
  at: {
    projectId: string
    deliveryId: string
    manifest: string
    snapshotAt: Date
    delivered: Uint8Array
  },
): Promise<void> {
  await sql`
    update deliveries set manifest = ${at.manifest}::jsonb, snapshot_at = ${at.snapshotAt},
      delivered = ${at.delivered}::bytea
    where project_id = ${at.projectId} and delivery_id = ${at.deliveryId}`.execute(db)
}
