/** Handling times as distributions: of a project for its leads, of a person for themselves. */
import type { Input, Output } from '@kasauti/contract'
import { idleCutOffMs, type LocalText, Stage, stages } from '@kasauti/core'
import { dayOf } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { byKey, distributionOf } from './distribution.ts'
import {
  type BucketRow,
  type Days,
  type Filter,
  findFieldTimes,
  findMyDays,
  findMyTimes,
  findSchemaVersion,
  findTimedBatches,
  findTimes,
} from './storage.ts'

export type Report = Output<'time.report'>
type Row = Report['rows'][number]

const daysShown = 30
const rule = { idleSeconds: idleCutOffMs / 1000 }

/** The last thirty days, unless others are asked for. */
function daysOf(ctx: Ctx, asked: { from?: string | undefined; to?: string | undefined }): Days {
  const to = asked.to ?? dayOf(ctx.now)
  const first = new Date(Date.parse(to) - (daysShown - 1) * 86_400_000)
  return { from: asked.from ?? dayOf(first), to }
}

export async function report(
  ctx: Ctx,
  asked: Pick<Input<'time.report'>, 'params' | 'query'>,
): Promise<Report> {
  const { projectId } = asked.params
  const filter: Filter = { projectId, ...asked.query, ...daysOf(ctx, asked.query) }
  const [times, fields, batches, titles] = await Promise.all([
    findTimes(ctx.db, filter),
    findFieldTimes(ctx.db, filter),
    findTimedBatches(ctx.db, projectId),
    titlesOf(ctx, projectId),
  ])
  return {
    rule,
    from: filter.from,
    to: filter.to,
    all: distributionOf(times),
    rows: [...byKey(times).values()].flatMap((rows) => presentRow(rows, filter.by)).sort(inOrder),
    fields: [...byKey(fields)]
      .map(([field, rows]) => {
        const title = titles.get(field)
        return { field, ...(title ? { title } : {}), ...distributionOf(rows) }
      })
      .sort((a, b) => b.activeMs - a.activeMs),
    batches: batches.map((b) => ({ batchId: b.batch_id, name: b.name })),
  }
}

function presentRow(rows: readonly BucketRow[], by: Filter['by']): Row[] {
  const [first] = rows
  if (!first) return []
  const { key, name } = first
  const times = { key, ...distributionOf(rows) }
  switch (by) {
    case 'batch':
      return [{ ...times, batchId: key, name }]
    case 'person':
      return [{ ...times, userId: key, name }]
    case 'day':
      return [{ ...times, day: key }]
    case 'stage':
      return [{ ...times, stage: Stage.parse(key) }]
  }
}

/** Stages in their order, days from the last on, batches and people by name. */
function inOrder(a: Row, b: Row): number {
  if (a.stage && b.stage) return stages.indexOf(a.stage) - stages.indexOf(b.stage)
  if (a.day && b.day) return a.day < b.day ? 1 : -1
  return (a.name ?? '').localeCompare(b.name ?? '') || (a.key < b.key ? -1 : 1)
}

async function titlesOf(ctx: Ctx, projectId: string): Promise<ReadonlyMap<string, LocalText>> {
  const version = await findSchemaVersion(ctx.db, projectId)
  if (version === undefined) return new Map()
  const { schema } = await loadSchema(ctx.app, ctx.db, { projectId, version })
  return new Map(schema.fields.map((field) => [field.id, field.title]))
}

export async function mine(ctx: Ctx, asked: Input<'time.mine'>): Promise<Output<'time.mine'>> {
  const days = daysOf(ctx, asked.query)
  const { userId } = ctx.caller
  const [active, times] = await Promise.all([
    findMyDays(ctx.db, { ...days, userId, today: dayOf(ctx.now) }),
    findMyTimes(ctx.db, { ...days, userId }),
  ])
  const handled = byKey(times)
  return {
    rule,
    ...days,
    todayMs: active.reduce((sum, row) => sum + row.today_ms, 0),
    projects: active.map((row) => ({
      projectId: row.project_id,
      projectName: row.name,
      todayMs: row.today_ms,
      activeMs: row.active_ms,
      handlings: distributionOf(handled.get(row.project_id) ?? []),
    })),
  }
}
