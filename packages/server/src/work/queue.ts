/** What a person will be handed, in which order and why: the queue as it is read by them. */

import type { Output } from '@kasauti/contract'
import { queueCountedUpTo } from '@kasauti/contract'
import { stages } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import { planOf } from './claim.ts'
import { reopenFrom } from './policy.ts'
import { presentWait, presentWaits } from './presenter.ts'
import { countHeld, countParts, type HeldCount } from './queue-count.ts'
import { type PlannedPart, waitsOf } from './queue-plan.ts'
import { findQueueRows, findSkillTitles } from './queue-storage.ts'

type Queue = Output<'work.queue'>
type Row = Queue['rows'][number]

export async function queue(ctx: Ctx): Promise<Queue> {
  const { userId } = ctx.caller
  const [rows, held] = await Promise.all([
    findQueueRows(ctx.db, userId, { scope: { over: 'all' }, stages, now: ctx.now }),
    countHeld(ctx.db, userId),
  ])
  const plan = await planOf(ctx, rows, stages)
  const [counts, skills] = await Promise.all([
    countParts(ctx.db, {
      userId,
      parts: plan,
      upTo: queueCountedUpTo,
      reopenFrom: reopenFrom(ctx.now),
    }),
    titlesOf(ctx, plan),
  ])
  const fresh = plan.map((part, n) => presentPart(part, { n: counts[n]?.n ?? 0, skills }))
  const of = (...kinds: Row['kind'][]) =>
    held.filter((h) => kinds.includes(h.kind)).map(presentHeld)
  return {
    rows: [
      ...of('returned'),
      ...of('assigned'),
      ...of('held'),
      ...fresh.filter((row) => row.count > 0),
      ...of('deferred'),
    ],
    waits: await presentWaits(ctx, waitsOf(plan)),
  }
}

type Titles = Awaited<ReturnType<typeof findSkillTitles>>

async function titlesOf(ctx: Ctx, plan: readonly PlannedPart[]): Promise<Titles> {
  const needed = plan.flatMap(({ gate }) => (gate?.code === 'skill-needed' ? gate.skills : []))
  return needed.length > 0 ? findSkillTitles(ctx.db, [...new Set(needed)]) : []
}

const presentPart = ({ row, stage, gate }: PlannedPart, o: { n: number; skills: Titles }): Row => ({
  projectId: row.project_id,
  projectName: row.project_name,
  batchId: row.batch_id,
  batchName: row.batch_name,
  ...(row.due_at ? { dueAt: row.due_at } : {}),
  priority: row.priority,
  stage,
  kind: 'new',
  count: o.n,
  ...(gate ? { gate: presentWait(gate, o.skills) } : {}),
})

const presentHeld = (row: HeldCount): Row => ({
  projectId: row.project_id,
  projectName: row.project_name,
  batchId: row.batch_id,
  batchName: row.batch_name,
  ...(row.due_at ? { dueAt: row.due_at } : {}),
  priority: row.priority,
  stage: row.stage,
  kind: row.kind,
  count: Math.min(row.n, queueCountedUpTo),
})
