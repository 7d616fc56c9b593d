/** Gold made of items, retired and restored. */
import { checkAnswers, scoreAgainstGold, tidyAnswers } from '@kasauti/catalog'
import { KasautiError, stageOf, wantedOf } from '@kasauti/core'
import {
  addCounts,
  annotationsOf,
  countDelta,
  type EventKind,
  insertEvent,
  type LockedItem,
  lockItem,
  type Tally,
  writeTally,
} from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { type LoadedSchema, loadSchema } from '../schema/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import type { Use } from './answer-storage.ts'
import { goldSettings } from './blind.ts'
import {
  findAnnotationAnswers,
  findGoldByItem,
  findGoldItem,
  findItemInputs,
  insertGold,
  insertGoldVersion,
  type LockedGold,
  lockGold,
  setActive,
} from './storage.ts'

type Answers = Readonly<Record<string, unknown>>
type Text = { readonly en: string; readonly hi?: string | undefined }
export type GoldAt = { readonly projectId: string; readonly goldId: string }
type ItemAt = { readonly projectId: string; readonly itemId: string }

/** An item's gold as it is to be: checked, without what is not asked. Throws `answer/invalid`, `item/not-found`. */
export async function readGold(
  ctx: Ctx,
  at: ItemAt,
  given: { readonly answers: Answers; readonly also: readonly Answers[] },
) {
  const item = await findItemInputs(ctx.db, at)
  if (!item) throw new KasautiError('item/not-found')
  const loaded = await loadSchema(ctx.app, ctx.db, {
    projectId: at.projectId,
    version: item.schema_version,
  })
  const read = (answers: Answers, path: string) =>
    readAnswers(loaded, item.inputs, { answers, path })
  const answers = read(given.answers, 'answers')
  const also = given.also.map((other, n) => read(other, `also.${n}`))
  refuseUnjudged(loaded, item, answers)
  return { answers, also, schemaVersion: item.schema_version }
}

function readAnswers(
  { schema, context }: LoadedSchema,
  inputs: Answers,
  given: { readonly answers: Answers; readonly path: string },
): Answers {
  const problems = checkAnswers(schema, inputs, given.answers, context(inputs))
  if (problems.length > 0)
    throw new KasautiError('answer/invalid', undefined, {
      problems: problems.map((p) => ({ ...p, path: `${given.path}.${p.path}` })),
    })
  return tidyAnswers(schema, inputs, given.answers)
}

/** Gold that would find everything right says nothing of anybody. */
function refuseUnjudged(
  { schema, context }: LoadedSchema,
  item: { inputs: Answers; settings: Record<string, unknown> | null },
  answers: Answers,
): void {
  const none = scoreAgainstGold(
    schema,
    { answers, also: [] },
    {
      answers: {},
      inputs: item.inputs,
      context: context(item.inputs),
      tolerances: goldSettings(item.settings).tolerances,
    },
  )
  if (!none.correct) return
  throw new KasautiError('answer/invalid', undefined, {
    problems: [{ path: 'answers', message: 'answers no required field that is judged' }],
  })
}

/** Throws `item/not-found`, `annotation/not-found`, `answer/invalid`, `gold/exists`. */
export async function makeGold(
  ctx: Ctx,
  to: ItemAt & {
    readonly use: Use
    readonly answers: Answers | undefined
    readonly annotationId: string | undefined
    readonly also: readonly Answers[]
    readonly explanation: Text
  },
): Promise<string> {
  const item = await lockItem(ctx.db, to)
  if (!item || item.tally.removed) throw new KasautiError('item/not-found')
  const there = await findGoldByItem(ctx.db, to)
  if (there) throw new KasautiError('gold/exists', undefined, { extra: { goldId: there } })
  const read = await readGold(ctx, to, { answers: await answersOf(ctx, to), also: to.also })
  const goldId = ctx.app.newId()
  const gold = { ...to, ...read, goldId, by: ctx.caller.userId, now: ctx.now }
  await insertGold(ctx.db, { ...gold, shuffle: ctx.app.chance() })
  await insertGoldVersion(ctx.db, { ...gold, version: 1, reason: '' })
  await changeItem(ctx, to, { item, tally: asGold(item.tally), event: 'gold-made' })
  return goldId
}

async function answersOf(
  ctx: Ctx,
  from: ItemAt & { answers: Answers | undefined; annotationId: string | undefined },
): Promise<Answers> {
  if (from.answers) return from.answers
  if (!from.annotationId)
    throw new KasautiError('answer/invalid', undefined, {
      problems: [{ path: 'answers', message: 'is required' }],
    })
  const { annotationId } = from
  const answers = await findAnnotationAnswers(ctx.db, { ...from, annotationId })
  if (!answers) throw new KasautiError('annotation/not-found')
  return answers
}

/** Out of the ordinary queue, unless it is in work already: then it goes its way and is gold besides. */
const asGold = (t: Tally): Tally =>
  annotationsOf(t) > 0 || t.leased > 0 ? t : { ...t, gold: true }

export async function retireGold(ctx: Ctx, at: GoldAt): Promise<void> {
  const { item, gold } = await lockBoth(ctx, at)
  if (!gold.active) return
  await setActive(ctx.db, { ...at, active: false })
  const tally = item.tally.gold ? await asWork(ctx, at.projectId, item) : item.tally
  await changeItem(ctx, { ...at, itemId: item.itemId }, { item, tally, event: 'gold-retired' })
}

export async function restoreGold(ctx: Ctx, at: GoldAt): Promise<void> {
  const { item, gold } = await lockBoth(ctx, at)
  if (gold.active) return
  if (item.tally.removed) throw new KasautiError('gold/not-found')
  await setActive(ctx.db, { ...at, active: true })
  const tally = asGold(item.tally)
  await changeItem(ctx, { ...at, itemId: item.itemId }, { item, tally, event: 'gold-made' })
}

async function asWork(ctx: Ctx, projectId: string, item: LockedItem): Promise<Tally> {
  const { itemId, ordinal } = item
  const known = await findItemInputs(ctx.db, { projectId, itemId })
  const workflow = await loadWorkflow(ctx.app, ctx.db, { projectId })
  const stage = stageOf(workflow, 'annotate')
  const wanted = stage && known ? wantedOf(stage, { seed: known.seed, ordinal }) : 1
  return { ...item.tally, gold: false, wanted }
}

/** The gold under lock, its item first. Throws `gold/not-found`. */
export async function lockBoth(
  ctx: Ctx,
  at: GoldAt,
): Promise<{ readonly item: LockedItem; readonly gold: LockedGold }> {
  const itemId = await findGoldItem(ctx.db, at)
  const item = itemId && (await lockItem(ctx.db, { projectId: at.projectId, itemId }))
  const gold = item && (await lockGold(ctx.db, at))
  if (!item || !gold) throw new KasautiError('gold/not-found')
  return { item, gold }
}

async function changeItem(
  ctx: Ctx,
  at: ItemAt,
  o: { item: LockedItem; tally: Tally; event: EventKind },
): Promise<void> {
  const { projectId, itemId } = at
  await writeTally(ctx.db, { projectId, itemId, tally: o.tally, touched: ctx.now })
  await insertEvent(ctx.db, {
    projectId,
    itemId,
    eventId: ctx.app.newId(),
    kind: o.event,
    userId: ctx.caller.userId,
    at: ctx.now,
  })
  await addCounts(ctx.db, {
    projectId,
    batchId: o.item.batchId,
    by: ctx.caller.userId,
    now: ctx.now,
    delta: countDelta(o.item.tally, o.tally),
    days: [],
  })
  ctx.afterCommit(() => {
    ctx.app.announce({ kind: 'item.changed', projectId })
    ctx.app.announce({ kind: 'project.changed', projectId })
  })
}
