import { KasautiError, shareRight } from '@kasauti/core'
import { z } from 'zod'
import { findLocale } from '../item/index.ts'
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { audit } from '../system/index.ts'
import { goldSettings } from './blind.ts'
import { correctGold } from './correct.ts'
import { type GoldAt, makeGold, restoreGold, retireGold } from './manage.ts'
import { presentGold, presentGoldPerson, presentMine, presentWholeGold } from './presenter.ts'
import {
  countGold,
  countMine,
  countTraining,
  findGold,
  findProjectGold,
  listGiven,
  listGold,
  listGoldPeople,
  listMine,
  listVersions,
} from './storage.ts'

const GoldKey = z.tuple([z.union([z.literal(0), z.literal(1)]), z.uuid()])
const MineKey = z.tuple([z.iso.datetime(), z.uuid()])

export const routes = handlers({
  'gold.list': async (ctx, { params, query }) => {
    const after = query.after === undefined ? undefined : decodeCursor(GoldKey, query.after)
    const found = await listGold(ctx.db, {
      ...params,
      use: query.use,
      itemId: query.itemId,
      active: query.retired !== true,
      after: after && { doubtful: after[0] === 1, goldId: after[1] },
      limit: query.limit + 1,
    })
    const shown = found.slice(0, query.limit)
    const last = found.length > query.limit ? shown.at(-1) : undefined
    const counts = await countGold(ctx.db, params.projectId)
    const rows = shown.map(presentGold)
    return last
      ? { rows, counts, next: encodeCursor([last.doubtful ? 1 : 0, last.gold_id]) }
      : { rows, counts }
  },

  'gold.get': (ctx, { params }) => whole(ctx, params),

  'gold.create': async (ctx, { params, body }) => {
    const goldId = await makeGold(ctx, {
      ...params,
      ...body,
      answers: body.answers,
      annotationId: body.annotationId,
    })
    await audit(ctx.db, ctx, 'gold.created', { gold: goldId, use: body.use })
    return whole(ctx, { ...params, goldId })
  },

  'gold.update': async (ctx, { params, body }) => {
    const { version, changed } = await correctGold(ctx, params, body)
    await audit(ctx.db, ctx, 'gold.updated', {
      gold: params.goldId,
      version: String(version),
      changed: String(changed),
      reason: body.reason,
    })
    return { ...(await whole(ctx, params)), changed }
  },

  'gold.retire': async (ctx, { params }) => {
    await retireGold(ctx, params)
    await audit(ctx.db, ctx, 'gold.retired', { gold: params.goldId })
    return {}
  },

  'gold.restore': async (ctx, { params }) => {
    await restoreGold(ctx, params)
    await audit(ctx.db, ctx, 'gold.restored', { gold: params.goldId })
    return {}
  },

  'gold.people': async (ctx, { params }) => {
    const { settings } = await findProjectGold(ctx.db, params.projectId)
    const rows = await listGoldPeople(ctx.db, params.projectId)
    return { rows: rows.map((row) => presentGoldPerson(row, goldSettings(settings))) }
  },

  'gold.mine': async (ctx, { params, query }) => {
    const { projectId } = params
    const who = { projectId, userId: ctx.caller.userId }
    const after = query.after === undefined ? undefined : decodeCursor(MineKey, query.after)
    const before = after && { at: new Date(after[0]), assignmentId: after[1] }
    const page = { now: ctx.now, before, limit: query.limit + 1 }
    const found = await listMine(ctx.db, who, page)
    const counts = await countMine(ctx.db, who, ctx.now)
    const locale = await findLocale(ctx.db, ctx.caller.userId)
    const shown = found.slice(0, query.limit)
    const rows = await Promise.all(
      shown.map(async (row) => {
        const at = { projectId, version: row.schema_version }
        return presentMine(row, { loaded: await loadSchema(ctx.app, ctx.db, at), locale })
      }),
    )
    const { mean, low, high } = shareRight(counts)
    const last = found.length > query.limit ? shown.at(-1) : undefined
    const page1 = { rows, ...counts, mean, low, high }
    return last
      ? { ...page1, next: encodeCursor([last.answered_at.toISOString(), last.assignment_id]) }
      : page1
  },

  'gold.training': (ctx, { params }) =>
    countTraining(ctx.db, { ...params, userId: ctx.caller.userId }),
})

async function whole(ctx: Ctx, at: GoldAt) {
  const row = await findGold(ctx.db, at)
  if (!row) throw new KasautiError('gold/not-found')
  const version = { projectId: at.projectId, version: row.schema_version }
  return presentWholeGold(row, {
    versions: await listVersions(ctx.db, at),
    given: await listGiven(ctx.db, at),
    loaded: await loadSchema(ctx.app, ctx.db, version),
  })
}
