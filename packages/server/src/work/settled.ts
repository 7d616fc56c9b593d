import { settleTime } from '../activity/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import type { Act, Work } from './resume.ts'

export type SettledWork = Work & { readonly fieldMs: Readonly<Record<string, number>> }

/** The assignment with the active time its beats tell, at its end: see `settleTime`. */
export async function settled(
  ctx: Ctx,
  act: Act,
  o: { readonly work: Work; readonly outcome: 'handled' | 'put-down' },
): Promise<SettledWork> {
  const { row, item } = o.work
  const time = await settleTime(ctx, {
    projectId: act.projectId,
    assignmentId: act.assignmentId,
    batchId: item.batchId,
    stage: row.stage,
    startedAt: row.started_at,
    beats: o.work.beats,
    activity: act.activity,
    reportedMs: row.active_ms,
    outcome: o.outcome,
  })
  return { item, row: { ...row, active_ms: time.activeMs }, fieldMs: time.fieldMs }
}
