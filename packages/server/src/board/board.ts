import type { Output } from '@kasauti/contract'
import { type BatchProgress, batchRisk, expectedEnd, KasautiError } from '@kasauti/core'
import { dayOf } from '../item/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { ageCounts, whyStuck } from './judge.ts'
import {
  type BatchRow,
  type BoardProject,
  findBatches,
  findDays,
  findLedProjects,
  findPeople,
  findStages,
  findWaits,
  type PersonRow,
  type WaitRow,
} from './storage.ts'

export type Board = Output<'board.get'>
const daysShown = 30

/** The board of one project or of all a person leads or manages. Throws `project/not-found`. */
export async function board(ctx: Ctx, at: { projectId?: string | undefined }): Promise<Board> {
  const projects = await findLedProjects(ctx.db, {
    userId: ctx.caller.userId,
    see: ctx.caller.admin ? 'all' : 'mine',
    only: at.projectId,
  })
  if (at.projectId !== undefined && projects.length === 0)
    throw new KasautiError('project/not-found')
  const { now } = ctx
  const today = dayOf(now)
  const projectIds = projects.map((p) => p.project_id)
  const [days, stages, waits, batches, people] = await Promise.all([
    findDays(ctx.db, { projectIds, today, days: daysShown }),
    findStages(ctx.db, projectIds),
    findWaits(ctx.db, projectIds),
    findBatches(ctx.db, { projectIds, today, now }),
    findPeople(ctx.db, { projectIds, today }),
  ])
  const named = nameIn(projects)
  return {
    at: now,
    projects: projects.map((p) => ({ projectId: p.project_id, name: p.name, paused: p.paused })),
    days,
    stages: stages.map(({ project_id, ...row }) => ({ ...named(project_id), ...row })),
    ages: presentAges(waits, now).map(({ projectId, ...age }) => ({ ...named(projectId), ...age })),
    batches: batches.map((row) => ({ ...named(row.project_id), ...presentBatch(row, now) })),
    people: people.map((row) => ({ ...named(row.project_id), ...presentPerson(row, now) })),
  }
}

const nameIn = (projects: readonly BoardProject[]) => {
  const names = new Map(projects.map((p) => [p.project_id, p.name]))
  return (projectId: string) => ({ projectId, projectName: names.get(projectId) ?? '' })
}

function presentAges(waits: readonly WaitRow[], now: Date) {
  const groups = new Map<string, WaitRow[]>()
  for (const wait of waits) {
    const key = `${wait.project_id} ${wait.what}`
    const group = groups.get(key)
    if (group) group.push(wait)
    else groups.set(key, [wait])
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const since = group.map((wait) => wait.since)
    const oldest = new Date(Math.min(...since.map((at) => at.getTime())))
    return [
      { projectId: first.project_id, what: first.what, counts: ageCounts(since, now), oldest },
    ]
  })
}

function presentBatch(row: BatchRow, now: Date) {
  const progress: BatchProgress = {
    left: Math.max(0, row.items - row.done - row.skipped),
    pace: row.days > 0 ? row.done_lately / row.days : 0,
    dueAt: row.due_at ?? undefined,
    ...(row.p50 ? { forecast: { median: row.p50, chance: row.chance ?? undefined } } : {}),
  }
  const expected = expectedEnd(progress, now)
  return {
    batchId: row.batch_id,
    name: row.name,
    state: row.state,
    ...(row.due_at ? { dueAt: row.due_at } : {}),
    items: row.items,
    done: row.done,
    skipped: row.skipped,
    pace: progress.pace,
    ...(expected ? { expectedAt: expected } : {}),
    ...(row.chance === null ? {} : { chance: row.chance }),
    risk: batchRisk(progress, now),
  }
}

function presentPerson(row: PersonRow, now: Date) {
  const standing = {
    held: row.held,
    oldestHeldAt: row.oldest_held_at ?? undefined,
    oldestReturnAt: row.oldest_return_at ?? undefined,
    lastAt: row.last_at ?? undefined,
    accepted: row.accepted_lately,
    returned: row.returned_lately,
  }
  return {
    userId: row.user_id,
    name: row.name,
    submitted: row.submitted,
    reviewed: row.reviewed,
    returned: row.returned,
    skipped: row.skipped,
    activeMs: row.active_ms,
    held: row.held,
    waits: row.waits,
    ...(row.oldest_held_at ? { oldestHeldAt: row.oldest_held_at } : {}),
    ...(row.last_at ? { lastAt: row.last_at } : {}),
    paused: row.paused,
    stuck: whyStuck(standing, now),
  }
}
