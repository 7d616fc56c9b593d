import { encodeId, idPrefixes, KasautiError, referenceOf } from '@kasauti/core'
import { z } from 'zod'
import { type EventKind, insertEvent, lockItem } from '../item/index.ts'
import { notify } from '../notification/index.ts'
import { decodeCursor, encodeCursor } from '../platform/http/cursor.ts'
import { type Ctx, handlers } from '../platform/http/handler.ts'
import { audit } from '../system/index.ts'
import { deciders, kindsFor, mayDecide } from './policy.ts'
import { presentAppeal, presentVerdict, presentWhole } from './presenter.ts'
import {
  type AppealRow,
  countOpen,
  endAppeal,
  findAppeal,
  findGoldAnswer,
  findVerdict,
  insertAppeal,
  listAppealable,
  listAppeals,
  listDeciders,
  lockAppeal,
  type NewAppeal,
} from './storage.ts'
import { upholdGold, upholdReview } from './uphold.ts'

type At = { readonly projectId: string; readonly appealId: string }
const Key = z.tuple([z.uuid()])

export const routes = handlers({
  'appeal.open': async (ctx, { params }) => {
    const who = { projectId: params.projectId, userId: ctx.caller.userId }
    const rows = await listAppealable(ctx.db, who)
    return { rows: rows.map((row) => presentVerdict(ctx, row)) }
  },

  'appeal.file': async (ctx, { params, body }) => {
    const { projectId } = params
    const about = await subjectOf(ctx, projectId, body)
    const appealId = ctx.app.newId()
    const { userId } = ctx.caller
    await insertAppeal(ctx.db, {
      ...about,
      projectId,
      appealId,
      userId,
      reason: body.reason,
      now: ctx.now,
    })
    await tell(ctx, { projectId, itemId: about.itemId, kind: 'appealed', note: body.reason })
    const row = await found(ctx, { projectId, appealId })
    await tellDeciders(ctx, projectId, row)
    ctx.afterCommit(() => ctx.app.announce({ kind: 'item.changed', projectId }))
    return presentAppeal(ctx, projectId, row)
  },

  'appeal.list': async (ctx, { params, query }) => {
    const { projectId } = params
    const before = query.after === undefined ? undefined : decodeCursor(Key, query.after)[0]
    const mine = query.which === 'mine'
    const kinds = mine ? (['review', 'gold'] as const) : kindsFor(ctx.access.roles)
    const list = await listAppeals(ctx.db, {
      projectId,
      of: mine ? ctx.caller.userId : undefined,
      kinds,
      state: query.which === 'to-decide' ? 'open' : query.state,
      before,
      limit: query.limit + 1,
    })
    const shown = list.slice(0, query.limit)
    const all = await Promise.all(shown.map((row) => presentAppeal(ctx, projectId, row)))
    const rows = query.which === 'to-decide' ? all.filter((row) => row.mayDecide) : all
    const open = kindsFor(ctx.access.roles).length > 0 ? await countOpen(ctx.db, projectId) : 0
    const last = list.length > query.limit ? shown.at(-1) : undefined
    return { rows, open, ...(last ? { next: encodeCursor([last.appeal_id]) } : {}) }
  },

  'appeal.get': async (ctx, { params }) => {
    const row = await found(ctx, params)
    const sees = kindsFor(ctx.access.roles).includes(row.kind)
    if (row.user_id !== ctx.caller.userId && !sees) throw new KasautiError('appeal/not-found')
    return presentWhole(ctx, params.projectId, row)
  },

  'appeal.decide': (ctx, { params, body }) => decide(ctx, params, body),

  'appeal.withdraw': async (ctx, { params }) => {
    const row = await found(ctx, params)
    if (row.user_id !== ctx.caller.userId) throw new KasautiError('appeal/own-work')
    if ((await lockAppeal(ctx.db, params)) !== 'open') throw new KasautiError('appeal/closed')
    await endAppeal(ctx.db, {
      ...params,
      state: 'withdrawn',
      by: null,
      decision: null,
      now: ctx.now,
    })
    return presentAppeal(ctx, params.projectId, await found(ctx, params))
  },
})

async function found(ctx: Ctx, at: At): Promise<AppealRow> {
  const row = await findAppeal(ctx.db, at)
  if (!row) throw new KasautiError('appeal/not-found')
  return row
}

type About = Omit<NewAppeal, 'projectId' | 'appealId' | 'userId' | 'reason' | 'now'>
/** A verdict on one's own work, or an answer of one's own to gold, that nobody appealed against yet. */
async function subjectOf(
  ctx: Ctx,
  projectId: string,
  of: { reviewId?: string | undefined; assignmentId?: string | undefined },
): Promise<About> {
  const who = { projectId, userId: ctx.caller.userId }
  if (of.reviewId !== undefined) {
    const verdict = await findVerdict(ctx.db, who, of.reviewId)
    if (!verdict) throw new KasautiError('appeal/not-found')
    if (!verdict.open) throw new KasautiError('appeal/closed')
    return {
      kind: 'review',
      reviewId: verdict.review_id,
      annotationId: verdict.annotation_id,
      goldId: null,
      assignmentId: verdict.assignment_id,
      itemId: verdict.item_id,
    }
  }
  const { assignmentId } = of
  if (assignmentId === undefined)
    throw new KasautiError('request/invalid', undefined, {
      problems: [{ path: 'reviewId', message: 'is required' }],
    })
  const answer = await findGoldAnswer(ctx.db, who, { assignmentId, now: ctx.now })
  if (!answer) throw new KasautiError('appeal/not-found')
  if (!answer.open) throw new KasautiError('appeal/closed')
  return {
    kind: 'gold',
    reviewId: null,
    annotationId: null,
    goldId: answer.gold_id,
    assignmentId,
    itemId: answer.item_id,
  }
}

type Decision = {
  readonly decision: 'upheld' | 'dismissed'
  readonly note: string
  readonly answers?: Record<string, unknown> | undefined
}

async function decide(ctx: Ctx, at: At, o: Decision) {
  const { projectId } = at
  const row = await found(ctx, at)
  if (!(await mayDecide(ctx, projectId, row))) throw new KasautiError('appeal/own-work')
  const item = await lockItem(ctx.db, { projectId, itemId: row.item_id })
  if (!item || (await lockAppeal(ctx.db, at)) !== 'open') throw new KasautiError('appeal/closed')
  await endAppeal(ctx.db, {
    ...at,
    state: o.decision,
    by: ctx.caller.userId,
    decision: o.note,
    now: ctx.now,
  })
  const kind = o.decision === 'upheld' ? 'appeal-upheld' : 'appeal-dismissed'
  await tell(ctx, { projectId, itemId: row.item_id, kind, note: o.note })
  if (o.decision === 'upheld' && row.kind === 'review')
    await upholdReview(ctx, projectId, { row, item })
  if (o.decision === 'upheld' && row.kind === 'gold')
    await upholdGold(ctx, projectId, { row, note: o.note, answers: o.answers })
  await tellBoth(ctx, projectId, { row, kind })
  await audit(ctx.db, ctx, 'appeal.decided', { decision: o.decision })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId })
    ctx.app.announce({ kind: 'project.changed', projectId })
  })
  return presentAppeal(ctx, projectId, await found(ctx, at))
}

const tell = (
  ctx: Ctx,
  e: { projectId: string; itemId: string; kind: EventKind; note: string },
): Promise<void> =>
  insertEvent(ctx.db, {
    projectId: e.projectId,
    itemId: e.itemId,
    eventId: ctx.app.newId(),
    kind: e.kind,
    userId: ctx.caller.userId,
    note: e.note,
    at: ctx.now,
  })

const appealsPage = (projectId: string): string =>
  `/projects/${encodeId(idPrefixes.project, projectId)}/appeals`

/** Leads hear of it, or, where the appellant is the only one, all who may decide. */
async function tellDeciders(ctx: Ctx, projectId: string, row: AppealRow): Promise<void> {
  const but = [row.user_id, ...(row.reviewer_id ? [row.reviewer_id] : [])]
  const leads = await listDeciders(ctx.db, { projectId, roles: ['lead'], but })
  const all =
    leads.length > 0
      ? []
      : await listDeciders(ctx.db, { projectId, roles: deciders[row.kind], but })
  for (const userId of [...leads, ...all])
    await notify(ctx.db, ctx.app, {
      userId,
      kind: 'appeal-made',
      projectId,
      params: { item: row.key },
      href: appealsPage(projectId),
    })
}

/** The appellant, and whose verdict it was. */
async function tellBoth(
  ctx: Ctx,
  projectId: string,
  { row, kind }: { row: AppealRow; kind: 'appeal-upheld' | 'appeal-dismissed' },
): Promise<void> {
  const item = row.hidden_gold ? referenceOf(row.ordinal, row.seed) : row.key
  const both = [{ userId: row.user_id, item }]
  if (row.reviewer_id && row.reviewer_id !== ctx.caller.userId)
    both.push({ userId: row.reviewer_id, item: row.key })
  for (const told of both)
    await notify(ctx.db, ctx.app, {
      userId: told.userId,
      kind,
      projectId,
      params: { item: told.item },
      href: appealsPage(projectId),
    })
}
