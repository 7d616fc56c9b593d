/** The next items of a person: returned work, then what they hold, then new ones. */
import { candidateOrders } from '@kasauti/catalog'
import { KasautiError, leaseUntil, type Stage, stageOf } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import { presentWork } from './presenter.ts'
import { takeReviews } from './review-queue.ts'
import {
  findWork,
  insertAssignments,
  lockQueue,
  openQueue,
  type PickedItem,
  type Queue,
  renewLeases,
  takeItems,
  takeUpReturned,
  type WorkRow,
} from './storage.ts'

export type ClaimInput = {
  readonly projectId: string
  readonly stage: Stage
  readonly count: number
  readonly holding: readonly string[]
}

export async function claim(ctx: Ctx, input: ClaimInput) {
  const who = { projectId: input.projectId, userId: ctx.caller.userId }
  const { queue, held: found } = await lockQueue(ctx.db, who, input)
  if (!queue) throw new KasautiError('project/not-found')
  if (queue.archived) throw new KasautiError('project/archived')
  const held = await takeUp(ctx, input, found)
  const wanted = input.count - held.length
  const fresh = wanted > 0 ? await takeNew(ctx, queue, { ...input, count: wanted }) : []
  return Promise.all([...held, ...fresh].map((row) => present(ctx, input.projectId, row)))
}

export async function present(ctx: Ctx, projectId: string, row: WorkRow) {
  const at = { projectId, version: row.schema_version }
  return presentWork(row, projectId, await loadSchema(ctx.app, ctx.db, at))
}

/** Leases run anew; returned work is leased again under a new clock. */
async function takeUp(ctx: Ctx, input: ClaimInput, rows: readonly WorkRow[]): Promise<WorkRow[]> {
  if (rows.length === 0) return []
  const who = { projectId: input.projectId, userId: ctx.caller.userId }
  const leaseExpiresAt = leaseUntil(ctx.now)
  const of = (state: WorkRow['state']) =>
    rows.filter((r) => r.state === state).map((r) => r.assignment_id)
  if (of('returned').length > 0)
    await takeUpReturned(ctx.db, who, {
      assignmentIds: of('returned'),
      now: ctx.now,
      leaseExpiresAt,
    })
  if (of('leased').length > 0)
    await renewLeases(ctx.db, who, { assignmentIds: of('leased'), leaseExpiresAt })
  return rows.map((row) => ({
    ...row,
    lease_expires_at: leaseExpiresAt,
    ...(row.state === 'returned' ? { state: 'leased' as const, active_ms: 0 } : {}),
  }))
}

async function takeNew(ctx: Ctx, queue: Queue, input: ClaimInput): Promise<WorkRow[]> {
  if (input.stage === 'annotate') return takeAnnotating(ctx, queue, input)
  const workflow = await loadWorkflow(ctx.app, ctx.db, {
    projectId: input.projectId,
    version: queue.workflow_version,
  })
  if (input.stage !== 'review' || !stageOf(workflow, 'review')) return []
  const who = { projectId: input.projectId, userId: ctx.caller.userId }
  const ids = await takeReviews(ctx.db, who, {
    assignmentIds: Array.from({ length: input.count }, () => ctx.app.newId()),
    now: ctx.now,
    leaseExpiresAt: leaseUntil(ctx.now),
  })
  return ids.length > 0 ? findWork(ctx.db, who, ids) : []
}

async function takeAnnotating(ctx: Ctx, queue: Queue, input: ClaimInput): Promise<WorkRow[]> {
  const who = { projectId: input.projectId, userId: ctx.caller.userId }
  const picked = await pick(ctx, queue.position ?? (await openQueue(ctx.db, who)), input)
  const last = picked.at(-1)
  if (!last) return []
  const at = { projectId: input.projectId, version: queue.schema_version }
  const { schema } = await loadSchema(ctx.app, ctx.db, at)
  const leaseExpiresAt = leaseUntil(ctx.now)
  const leases = picked.map((item) => ({
    item,
    assignmentId: ctx.app.newId(),
    eventId: ctx.app.newId(),
    itemId: item.item_id,
    batchId: item.batch_id,
    presentation: candidateOrders(schema, item.inputs, {
      seed: queue.seed,
      ordinal: item.ordinal,
      nth: item.nth,
    }),
  }))
  await insertAssignments(ctx.db, who, {
    rows: leases,
    schemaVersion: queue.schema_version,
    now: ctx.now,
    leaseExpiresAt,
    position: last.ordinal,
  })
  return leases.map((lease) => freshRow(ctx, queue, { ...lease, leaseExpiresAt }))
}

/** From the person's place on, then once from the start; at last wait for what others hold just now. */
async function pick(ctx: Ctx, position: number, input: ClaimInput): Promise<PickedItem[]> {
  const who = { projectId: input.projectId, userId: ctx.caller.userId }
  const ahead = await takeItems(ctx.db, who, {
    after: position,
    count: input.count,
    locked: 'pass',
  })
  if (ahead.length === input.count) return ahead
  const behind = await takeItems(ctx.db, who, {
    after: 0,
    upTo: position,
    count: input.count - ahead.length,
    locked: 'pass',
  })
  if (ahead.length + behind.length > 0) return [...ahead, ...behind]
  return takeItems(ctx.db, who, { after: 0, count: 1, locked: 'wait' })
}

const freshRow = (
  ctx: Ctx,
  queue: Queue,
  lease: { item: PickedItem; assignmentId: string; presentation: unknown; leaseExpiresAt: Date },
): WorkRow => ({
  assignment_id: lease.assignmentId,
  item_id: lease.item.item_id,
  stage: 'annotate',
  user_id: ctx.caller.userId,
  state: 'leased',
  annotation_id: null,
  schema_version: queue.schema_version,
  presentation: lease.presentation,
  draft: null,
  draft_version: 0,
  active_ms: 0,
  lease_expires_at: lease.leaseExpiresAt,
  ordinal: lease.item.ordinal,
  key: lease.item.key,
  inputs: lease.item.inputs,
  answers: null,
  project_name: queue.name,
  last_verdict: null,
  last_note: null,
  last_marks: null,
  last_by: null,
  last_at: null,
})
