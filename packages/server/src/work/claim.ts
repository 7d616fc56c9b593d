/** The next items of a person: what came back, what was assigned, what they hold, then new ones. */
import { candidateOrders } from '@kasauti/catalog'
import type { Output } from '@kasauti/contract'
import {
  aheadUntil,
  KasautiError,
  leaseUntil,
  type Purpose,
  type Stage,
  stages,
} from '@kasauti/core'
import {
  drawGold,
  drawQuestions,
  goldSettings,
  injectGold,
  meetsGold,
  type PickedGold,
} from '../gold/index.ts'
import { doWhatWasLeft, inOneGo } from '../platform/db/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import { reopenFrom } from './policy.ts'
import { presentWaits, presentWork } from './presenter.ts'
import { proposalsOf } from './proposals.ts'
import { drawPlaces, harvest, hasPlace, type PickedItem } from './queue-draw.ts'
import { takeLater } from './queue-later.ts'
import {
  type PlannedPart,
  type PlanRow,
  planQueue,
  roomIn,
  startOfDay,
  type WaitReason,
  waitsOf,
} from './queue-plan.ts'
import { personLock, type QueueRow, queueRows, type Scope } from './queue-storage.ts'
import {
  findDeferred,
  findWork,
  heldWork,
  insertLeases,
  keepLonger,
  takeUp,
  type WorkRow,
  workOf,
} from './storage.ts'

export type ClaimInput = {
  readonly scope: Scope
  readonly stages?: readonly Stage[] | undefined
  readonly count: number
  readonly holding: readonly string[]
  /** Kept longer, for work without a network. */
  readonly ahead?: 'yes' | undefined
  readonly purpose?: 'work' | 'training' | 'exam'
  readonly sittingId?: string | undefined
}
type Claimed = Output<'work.next'>

/** Lease somebody's next items. One claim of a person follows the other. */
export async function claim(ctx: Ctx, input: ClaimInput): Promise<Claimed> {
  const { userId } = ctx.caller
  const { scope, count, purpose = 'work', sittingId } = input
  const asked = input.stages ?? stages
  const holding = { ...input, purpose, sittingId, stages: asked, dayStart: startOfDay(ctx.now) }
  const [, rows, found] = await inOneGo(
    ctx.db,
    personLock(userId),
    queueRows(userId, scope, { stages: asked, now: ctx.now }),
    heldWork(userId, scope, holding),
  )
  refuseClosed(scope, rows)
  const held = await takeUpAll(ctx, found)
  if (purpose !== 'work') {
    const questions = await takeQuestions(ctx, rows, { ...input, count: count - held.length })
    return { rows: await presentAll(ctx, [...held, ...questions]) }
  }
  const plan = await planOf(ctx, rows, asked)
  const missed: Missed[] = []
  const fresh = await takeNew(ctx, plan, { count: count - held.length, missed })
  const inHand = [...held, ...fresh]
  const putBy =
    inHand.length < count ? await takePutBy(ctx, { ...holding, count: count - inHand.length }) : []
  const all = [...inHand, ...putBy]
  const late = all.length === 0 ? await waitForOthers(ctx, missed) : []
  const rowsNow = [...all, ...late]
  const kept = input.ahead ? await takenAlong(ctx, rowsNow) : rowsNow
  return answer(ctx, { rows: kept, count, waits: waitsOf(plan) })
}

/** Leases of what is taken along last until the person can be back. */
async function takenAlong(ctx: Ctx, rows: readonly WorkRow[]): Promise<WorkRow[]> {
  const until = aheadUntil(ctx.now)
  // Fresh leases are only written with the commit.
  await doWhatWasLeft(ctx.db)
  for (const [projectId, own] of Map.groupBy(rows, (row) => row.project_id)) {
    const assignmentIds = own.map((row) => row.assignment_id)
    await keepLonger(ctx.db, { projectId, userId: ctx.caller.userId }, { assignmentIds, until })
  }
  return rows.map((row) => ({ ...row, lease_expires_at: until }))
}

function refuseClosed(scope: Scope, rows: readonly QueueRow[]): void {
  if (scope.over === 'all') return
  if (!rows[0]) throw new KasautiError('project/not-found')
  if (rows[0].archived) throw new KasautiError('project/archived')
}

/** All parts of the queue in order, with what holds them back. */
export async function planOf(
  ctx: Ctx,
  rows: readonly QueueRow[],
  asked: readonly Stage[],
): Promise<PlannedPart[]> {
  const versions = new Map(rows.map((row) => [row.project_id, row.workflow_version]))
  const workflows = new Map(
    await Promise.all(
      [...versions].map(
        async ([projectId, version]) =>
          [projectId, await loadWorkflow(ctx.app, ctx.db, { projectId, version })] as const,
      ),
    ),
  )
  return planQueue(rows, { workflows, stages: asked, now: ctx.now })
}

async function answer(
  ctx: Ctx,
  o: { rows: readonly WorkRow[]; count: number; waits: readonly WaitReason[] },
): Promise<Claimed> {
  const rows = await presentAll(ctx, o.rows)
  if (rows.length >= o.count) return { rows }
  const waits =
    rows.length === 0 && o.waits.length === 0 ? [{ code: 'nothing-left' as const }] : o.waits
  return waits.length > 0 ? { rows, waits: await presentWaits(ctx, waits) } : { rows }
}

const presentAll = (ctx: Ctx, rows: readonly WorkRow[]) =>
  Promise.all(rows.map((row) => present(ctx, row)))

export async function present(ctx: Ctx, row: WorkRow) {
  const at = { projectId: row.project_id, version: row.schema_version }
  const loaded = await loadSchema(ctx.app, ctx.db, at)
  const work = presentWork(row, { projectId: row.project_id, caller: ctx.caller }, loaded)
  return { ...work, ...(await proposalsOf(ctx, row, loaded)) }
}

/** Leases run anew; what came back is leased again under a new clock. */
async function takeUpAll(ctx: Ctx, rows: readonly WorkRow[]): Promise<WorkRow[]> {
  const leaseExpiresAt = leaseUntil(ctx.now)
  const { userId } = ctx.caller
  const mine = new Set<string>()
  for (const [projectId, own] of Map.groupBy(rows, (row) => row.project_id)) {
    const who = { projectId, userId }
    const assignmentIds = own.map((row) => row.assignment_id)
    for (const id of await takeUp(ctx.db, who, { assignmentIds, now: ctx.now, leaseExpiresAt }))
      mine.add(id)
  }
  // A lead may have given some of it to others at this moment.
  return rows
    .filter((row) => mine.has(row.assignment_id))
    .map((row) => ({
      ...row,
      state: 'leased' as const,
      lease_expires_at: leaseExpiresAt,
      ...(row.state === 'returned' ? { active_ms: 0 } : {}),
    }))
}

async function takePutBy(ctx: Ctx, o: Parameters<typeof findDeferred>[2]): Promise<WorkRow[]> {
  return takeUpAll(ctx, await findDeferred(ctx.db, ctx.caller.userId, o))
}

/** New work, part by part, as much as the caps leave room for. */
async function takeNew(
  ctx: Ctx,
  plan: readonly PlannedPart[],
  { count, missed }: { count: number; missed: Missed[] },
): Promise<WorkRow[]> {
  const taken: WorkRow[] = []
  for (const part of plan) {
    if (part.gate) continue
    const here = taken.filter((row) => row.project_id === part.row.project_id).length
    const wanted = Math.min(count - taken.length, roomIn(part.row) - here)
    if (wanted > 0) taken.push(...(await takeFrom(ctx, part, { count: wanted, missed })))
  }
  return taken
}

type Take = { readonly count: number; readonly missed: Missed[] }
/** Places others were at while this person passed. */
type Missed = { readonly row: PlanRow; readonly itemIds: readonly string[] }

async function takeFrom(ctx: Ctx, part: PlannedPart, take: Take): Promise<readonly WorkRow[]> {
  if (part.stage === 'annotate') return takeAnnotating(ctx, part.row, take)
  const { count } = take
  const { row, stage } = part
  const who = { projectId: row.project_id, userId: ctx.caller.userId }
  const assignmentIds = Array.from({ length: count }, () => ctx.app.newId()).sort()
  const later = takeLater(who, {
    stage,
    batchId: row.batch_id,
    assignmentIds,
    schemaVersion: row.schema_version,
    eventIds: Array.from({ length: count }, () => ctx.app.newId()),
    now: ctx.now,
    leaseExpiresAt: leaseUntil(ctx.now),
    reopenFrom: reopenFrom(ctx.now),
  })
  const [, work] = await inOneGo(ctx.db, later, workOf(who, assignmentIds))
  return work
}

async function takeAnnotating(
  ctx: Ctx,
  row: PlanRow,
  { count, missed }: Take,
): Promise<readonly WorkRow[]> {
  const who = { projectId: row.project_id, userId: ctx.caller.userId }
  const draw = await drawGold(ctx, {
    projectId: row.project_id,
    count,
    roles: row.roles,
    settings: row.gold,
  })
  const { picked, position, passedIds } = await harvest(ctx.db, who, {
    batchId: row.batch_id,
    count: draw.work,
    position: row.position,
    freed: row.freed,
    ahead: row.annotate,
  })
  if (picked.length === 0 && passedIds.length > 0) missed.push({ row, itemIds: passedIds })
  const left = { batchId: row.batch_id, position: row.position }
  const alone = draw.work === 0 && (await hasPlace(ctx.db, who, left))
  const placed = injectGold(draw, picked, alone ? row.batch_id : undefined)
  return lease(ctx, row, {
    position,
    placed: placed.map((p) => ({ ...p, purpose: p.goldId === undefined ? 'work' : 'gold' })),
  })
}

/** Everything left is being taken at this moment: what falls back is found by waiting for it. */
async function waitForOthers(ctx: Ctx, missed: readonly Missed[]): Promise<readonly WorkRow[]> {
  for (const { row, itemIds } of missed) {
    const who = { projectId: row.project_id, userId: ctx.caller.userId }
    const look = { at: 'these' as const, itemIds }
    const { picked } = await drawPlaces(ctx.db, who, {
      batchId: row.batch_id,
      count: 1,
      window: 0,
      look,
    })
    const placed = picked.map((item) => ({ item, purpose: 'work' as const }))
    if (placed.length > 0) return lease(ctx, row, { position: undefined, placed })
  }
  return []
}

/** Questions of training or of the exam that is sat; an exam that has none left ends. */
async function takeQuestions(
  ctx: Ctx,
  rows: readonly QueueRow[],
  input: ClaimInput,
): Promise<WorkRow[]> {
  const [row] = rows
  const { purpose, sittingId, count } = input
  if (!row || count <= 0 || (purpose !== 'training' && purpose !== 'exam')) return []
  const who = { projectId: row.project_id, userId: ctx.caller.userId }
  const golds = await drawQuestions(ctx, { ...who, purpose, sittingId, count })
  const byBatch = Map.groupBy(golds, (item) => item.batch_id)
  const leased = [...byBatch].map(([batchId, items]) =>
    lease(
      ctx,
      { ...row, batch_id: batchId },
      {
        position: undefined,
        placed: items.map((item) => ({ item, goldId: item.gold_id, purpose, sittingId })),
      },
    ),
  )
  return (await Promise.all(leased)).flat()
}

type Placed = {
  readonly item: PickedItem | PickedGold
  readonly purpose: Purpose
  readonly goldId?: string | undefined
  readonly sittingId?: string | undefined
}

/** Lease items in their order, all alike: what they are for shows in nothing. */
async function lease(
  ctx: Ctx,
  row: PlanRow,
  o: { position: number | undefined; placed: readonly Placed[] },
): Promise<readonly WorkRow[]> {
  if (o.placed.length === 0 && o.position === row.position) return []
  const who = { projectId: row.project_id, userId: ctx.caller.userId }
  // Ids in the order of the places: leases are found again by them.
  const ids = o.placed.map(() => ctx.app.newId()).sort()
  const at = { projectId: row.project_id, version: row.schema_version }
  const { schema } = await loadSchema(ctx.app, ctx.db, at)
  const leaseExpiresAt = leaseUntil(ctx.now)
  const leases = o.placed.map(({ item, purpose, goldId, sittingId }, n) => ({
    item,
    purpose,
    goldId,
    sittingId,
    assignmentId: ids[n] ?? ctx.app.newId(),
    eventId: ctx.app.newId(),
    itemId: item.item_id,
    fromAnnotationId: 'from_annotation_id' in item ? item.from_annotation_id : null,
    presentation: candidateOrders(schema, item.inputs, {
      seed: row.seed,
      ordinal: item.ordinal,
      nth: item.nth,
    }),
  }))
  await insertLeases(ctx.db, who, {
    batchId: row.batch_id,
    rows: leases,
    schemaVersion: row.schema_version,
    now: ctx.now,
    leaseExpiresAt,
    position: o.position,
  })
  if (leases.some((given) => given.fromAnnotationId !== null)) {
    // With what a reviewer said of the answers to start from.
    await doWhatWasLeft(ctx.db)
    return findWork(ctx.db, who, ids)
  }
  return leases.map((given) => freshRow(ctx, row, { ...given, leaseExpiresAt }))
}

type Given = {
  readonly item: PickedItem | PickedGold
  readonly assignmentId: string
  readonly presentation: unknown
  readonly leaseExpiresAt: Date
}
const freshRow = (ctx: Ctx, row: PlanRow, given: Given): WorkRow => ({
  project_id: row.project_id,
  assignment_id: given.assignmentId,
  item_id: given.item.item_id,
  stage: 'annotate',
  user_id: ctx.caller.userId,
  state: 'leased',
  annotation_id: null,
  schema_version: row.schema_version,
  presentation: given.presentation,
  draft: null,
  draft_version: 0,
  active_ms: 0,
  lease_expires_at: given.leaseExpiresAt,
  ordinal: given.item.ordinal,
  key: given.item.key,
  inputs: given.item.inputs,
  answers: 'from_answers' in given.item ? given.item.from_answers : null,
  project_name: row.project_name,
  batch_name: row.batch_name,
  due_at: row.due_at,
  seed: row.seed,
  blind: meetsGold({ ...goldSettings(row.gold), roles: row.roles }),
  last_verdict: null,
  last_note: null,
  last_marks: null,
  last_by: null,
  last_at: null,
})
