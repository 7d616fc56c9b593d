/** A lead gives chosen items to a person: each takes a place, waits without an end, comes before new work. */
import { candidateOrders } from '@kasauti/catalog'
import type { Input, Output } from '@kasauti/contract'
import { encodeId, idPrefixes, KasautiError, type Stage, stageOf } from '@kasauti/core'
import { findByKeys, findItemIds } from '../item/index.ts'
import { notify } from '../notification/index.ts'
import type { Ctx } from '../platform/http/index.ts'
import { loadSchema } from '../schema/index.ts'
import { missingSkills } from '../skill/index.ts'
import { audit } from '../system/index.ts'
import { lockPerson } from '../work/index.ts'
import { loadWorkflow } from '../workflow/index.ts'
import {
  type AssignableRow,
  findFree,
  findTaker,
  holdPlaces,
  insertAssigned,
  lockAssignable,
  type Taker,
} from './storage.ts'

type AssignInput = { readonly projectId: string } & Input<'assignment.assign'>['body']
export type LeftOut = Output<'assignment.assign'>['left'][number]

export async function assign(ctx: Ctx, o: AssignInput): Promise<Output<'assignment.assign'>> {
  const { projectId } = o
  const who = { projectId, userId: o.userId }
  await lockPerson(ctx.db, o.userId)
  const taker = await takerOf(ctx, { ...who, stages: ['annotate'] })
  const { itemIds, missing } = await chosen(ctx, o)
  const rows = await lockAssignable(ctx.db, who, itemIds)
  const left = rows.flatMap((row) => leftOut(row) ?? [])
  const unknown = missing.length > 0 ? { missing } : {}
  const given = rows.filter((row) => !leftOut(row))
  if (given.length === 0) return { assigned: 0, left, ...unknown }
  await holdPlaces(ctx.db, { projectId, itemIds: given.map((row) => row.item_id) })
  await insertAssigned(ctx.db, who, {
    rows: await Promise.all(given.map((row) => assigned(ctx, projectId, row))),
    by: ctx.caller.userId,
    kind: 'assigned',
    note: noteOf([taker.name], o.reason),
    now: ctx.now,
  })
  await told(ctx, {
    projectId,
    taker,
    count: given.length,
    reason: o.reason,
    what: 'work.assigned',
  })
  return { assigned: given.length, left, ...unknown }
}

type Chosen = { readonly itemIds: readonly string[]; readonly missing: string[] }

async function chosen(ctx: Ctx, o: AssignInput): Promise<Chosen> {
  if (o.itemIds) return { itemIds: o.itemIds, missing: [] }
  if (o.keys) return ofKeys(ctx, { projectId: o.projectId, keys: o.keys })
  if (o.filter) return { itemIds: await firstFree(ctx, o), missing: [] }
  throw new KasautiError('request/invalid', undefined, {
    problems: [{ path: 'body.itemIds', message: 'name items or give a filter' }],
  })
}

const pageSize = 500
const pagesMost = 20
/** The first items that fit and can be given to this person; when there are none, those that fit, to tell why. */
async function firstFree(ctx: Ctx, o: AssignInput): Promise<readonly string[]> {
  const { projectId, userId, filter, count } = o
  const fit = await findItemIds(ctx, { projectId, filter, count: pageSize * pagesMost })
  const free: string[] = []
  for (let at = 0; at < fit.length && free.length < count; at += pageSize) {
    const itemIds = fit.slice(at, at + pageSize)
    const found = new Set(await findFree(ctx.db, { projectId, userId }, itemIds))
    free.push(...itemIds.filter((id) => found.has(id)))
  }
  return (free.length > 0 ? free : fit).slice(0, count)
}

async function ofKeys(
  ctx: Ctx,
  o: { projectId: string; keys: readonly string[] },
): Promise<Chosen> {
  const keys = [...new Set(o.keys)]
  const found = await findByKeys(ctx.db, { projectId: o.projectId, keys })
  return {
    itemIds: found.map((item) => item.item_id),
    missing: keys.filter((key) => !found.some((item) => item.key === key)),
  }
}

function leftOut(row: AssignableRow): LeftOut | undefined {
  const why =
    row.removed_at || row.withdrawn || row.gold ? 'taken-out' : row.had ? 'had' : undefined
  const place = row.slots === 0 ? 'no-place' : undefined
  const reason = why ?? place
  return reason && { itemId: row.item_id, key: row.key, why: reason }
}

async function assigned(ctx: Ctx, projectId: string, row: AssignableRow) {
  const version = row.project_schema_version
  const { schema } = await loadSchema(ctx.app, ctx.db, { projectId, version })
  return {
    assignmentId: ctx.app.newId(),
    eventId: ctx.app.newId(),
    itemId: row.item_id,
    batchId: row.batch_id,
    stage: 'annotate' as const,
    annotationId: null,
    fromAnnotationId: null,
    schemaVersion: version,
    presentation: candidateOrders(schema, row.inputs, row),
  }
}

/** The person, if they may take work of these stages. Throws `member/not-found`, `queue/skill-needed`. */
export async function takerOf(
  ctx: Ctx,
  o: { projectId: string; userId: string; stages: readonly Stage[] },
): Promise<Taker> {
  const taker = await findTaker(ctx.db, o)
  if (!taker) throw new KasautiError('member/not-found', 'This person is not in the project.')
  const workflow = await loadWorkflow(ctx.app, ctx.db, o)
  for (const stage of o.stages) {
    const who = stageOf(workflow, stage)?.who
    if (!who?.roles.some((role) => taker.roles.includes(role)))
      throw new KasautiError('member/not-found', 'This person does not take work of this stage.')
    const missing = await missingSkills(ctx.db, o.userId, { skillIds: who.skills, now: ctx.now })
    if (missing.length > 0)
      throw new KasautiError('queue/skill-needed', 'This person has no valid certificate.')
  }
  return taker
}

/** Who and why, as an item's history tells it: "Asha: on leave", "Asha -> Ravi". */
export const noteOf = (people: readonly string[], reason: string): string =>
  `${people.join(' → ')}${reason === '' ? '' : `: ${reason}`}`

/** The person hears of it, the audit log and open pages too. */
export async function told(
  ctx: Ctx,
  o: { projectId: string; taker: Taker; count: number; reason: string; what: string },
): Promise<void> {
  await audit(ctx.db, ctx, o.what, {
    person: o.taker.user_id,
    items: String(o.count),
    reason: o.reason,
  })
  if (o.taker.user_id !== ctx.caller.userId)
    await notify(ctx.db, ctx.app, {
      userId: o.taker.user_id,
      kind: 'work-assigned',
      projectId: o.projectId,
      params: { name: o.taker.project_name, count: String(o.count) },
      href: `/projects/${encodeId(idPrefixes.project, o.projectId)}/work`,
    })
  ctx.afterCommit(() => ctx.app.announce({ kind: 'project.changed', projectId: o.projectId }))
}
