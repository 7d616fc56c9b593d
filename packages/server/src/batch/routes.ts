import { KasautiError } from '@kasauti/core'
import { dayOf } from '../item/index.ts'
import { type Ctx, handlers, idAfter, pageById } from '../platform/http/index.ts'
import { addToBatch } from './add.ts'
import { advanceBatch } from './advance.ts'
import { changeBatch, createBatch, removeBatch } from './change.ts'
import { presentBatch, presentBatchEvent, presentChecks, presentPerson } from './presenter.ts'
import {
  type BatchRow,
  countGold,
  findBatch,
  listBatchDays,
  listBatchDeliveries,
  listBatchEvents,
  listBatches,
  listBatchPeople,
  listMyBatches,
} from './storage.ts'

const mineAtMost = 500
const dayMs = 24 * 3_600_000

type At = { readonly projectId: string; readonly batchId: string }

async function theBatch(ctx: Ctx, at: At): Promise<BatchRow> {
  const found = await findBatch(ctx.db, { ...at, today: dayOf(ctx.now), now: ctx.now })
  if (!found) throw new KasautiError('batch/not-found')
  return found
}

async function show(ctx: Ctx, at: At) {
  const batch = presentBatch(await theBatch(ctx, at), ctx.now)
  ctx.setHeader('ETag', batch.etag)
  return batch
}

/** Names of people and their pace are for those who lead the work. */
const seesPeople = (ctx: Ctx): boolean =>
  ctx.access.roles.some((role) => role === 'lead' || role === 'manager' || role === 'engineer')

async function whole(ctx: Ctx, at: At) {
  const row = await theBatch(ctx, at)
  const none = { answered: 0, correct: 0 }
  const [days, people, deliveries, history, gold] = await Promise.all([
    listBatchDays(ctx.db, at),
    seesPeople(ctx) ? listBatchPeople(ctx.db, at) : undefined,
    listBatchDeliveries(ctx.db, at),
    listBatchEvents(ctx.db, at),
    row.criteria.minGold === undefined ? none : countGold(ctx.db, at),
  ])
  const batch = presentBatch(row, ctx.now)
  ctx.setHeader('ETag', batch.etag)
  return {
    ...batch,
    checks: presentChecks(row, { days, gold }),
    days,
    ...(people ? { people: people.map(presentPerson) } : {}),
    deliveries: deliveries.map((d) => ({
      deliveryId: d.delivery_id,
      name: d.name,
      state: d.state,
      createdAt: d.created_at,
    })),
    history: history.map(presentBatchEvent),
  }
}

export const routes = handlers({
  'batch.mine': async (ctx) => {
    const { now } = ctx
    const rows = await listMyBatches(ctx.db, {
      userId: ctx.caller.userId,
      see: ctx.caller.admin ? 'all' : 'mine',
      since: new Date(now.getTime() - 30 * dayMs),
      today: dayOf(now),
      now,
      limit: mineAtMost,
    })
    return { rows: rows.map((row) => presentBatch(row, now)) }
  },
  'batch.list': async (ctx, { params: { projectId }, query }) => {
    const found = await listBatches(ctx.db, {
      projectId,
      before: idAfter(query.after),
      limit: query.limit + 1,
      today: dayOf(ctx.now),
      now: ctx.now,
    })
    const { shown, next } = pageById(found, query.limit, (row) => row.batch_id)
    return { rows: shown.map((row) => presentBatch(row, ctx.now)), next }
  },
  'batch.get': (ctx, { params }) => whole(ctx, params),
  'batch.create': async (ctx, { params: { projectId }, body }) => {
    const batchId = await createBatch(ctx, projectId, body)
    return show(ctx, { projectId, batchId })
  },
  'batch.update': async (ctx, { params, body }) => {
    await changeBatch(ctx, params, body)
    return show(ctx, params)
  },
  'batch.move': async (ctx, { params, body }) => {
    const { checks } = body.to === 'delivered' ? await whole(ctx, params) : { checks: [] }
    const deliveryId = await advanceBatch(ctx, params, { ...body, checks })
    const batch = await show(ctx, params)
    return { ...batch, ...(deliveryId === undefined ? {} : { deliveryId }) }
  },
  'batch.addItems': (ctx, { params, body }) => addToBatch(ctx, params, body),
  'batch.remove': async (ctx, { params }) => {
    await removeBatch(ctx, params)
    return {}
  },
})
