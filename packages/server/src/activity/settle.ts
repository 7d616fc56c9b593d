/** Active time of a session, computed when it ends from what the page noticed. */
import { activeTime, type Beat, bucketOf, type Stage } from '@kasauti/core'
import type { Ctx } from '../platform/http/handler.ts'
import {
  addHandling,
  type BeatRow,
  beatRows,
  insertBeats,
  noteTime,
  toReceivedBeats,
} from './storage.ts'

type At = { readonly projectId: string; readonly assignmentId: string }

/** Keep beats that came along with a request on a live lease of the caller. */
export const keepBeats = (
  ctx: Ctx,
  at: At & { readonly activity?: readonly Beat[] | undefined },
): Promise<void> =>
  insertBeats(ctx.db, {
    projectId: at.projectId,
    assignmentId: at.assignmentId,
    receivedAt: ctx.now,
    beats: at.activity ?? [],
  })

export type Ending = At & {
  readonly batchId: string
  readonly stage: Stage
  /** When the person took it up, this time. */
  readonly startedAt: Date
  /** Its `beatRows`, where they were read already. */
  readonly beats?: readonly BeatRow[] | undefined
  /** Beats that came with the request that ends it. */
  readonly activity?: readonly Beat[] | undefined
  /** The client's word, clamped to the time that passed: for clients without beats. */
  readonly reportedMs: number
  /** `handled`: counts among the handling times; `put-down` (skipped, given back) does not. */
  readonly outcome: 'handled' | 'put-down'
}
export type SettledTime = {
  readonly activeMs: number
  readonly fieldMs: Readonly<Record<string, number>>
  readonly source: 'beats' | 'reported'
}

/**
 * The active time of a session that ends now, from being taken up: by the rule of `activeTime` from its
 * beats, or, when none ever came, the client's word. Writes at commit: the beats, where the time is from,
 * and the handling times. To be called once per session, before the counts.
 */
export async function settleTime(ctx: Ctx, ending: Ending): Promise<SettledTime> {
  const time = await timeOf(ctx, ending)
  const { projectId, assignmentId, batchId, stage } = ending
  await keepBeats(ctx, ending)
  await noteTime(ctx.db, { projectId, assignmentId, fieldMs: time.fieldMs, source: time.source })
  if (ending.outcome === 'handled')
    await addHandling(ctx.db, {
      projectId,
      batchId,
      stage,
      userId: ctx.caller.userId,
      now: ctx.now,
      source: time.source,
      parts: Object.entries({ ...time.fieldMs, '': time.activeMs }).map(([field, activeMs]) => ({
        field,
        bucket: bucketOf(activeMs),
        activeMs,
      })),
    })
  return time
}

async function timeOf(ctx: Ctx, ending: Ending): Promise<SettledTime> {
  const kept = toReceivedBeats(ending.beats ?? (await beatRows(ending).execute(ctx.db)).rows)
  const endedAtMs = ctx.now.getTime()
  const came = (ending.activity ?? []).map((beat) => ({ ...beat, receivedAtMs: endedAtMs }))
  if (kept.length + came.length === 0)
    return { activeMs: ending.reportedMs, fieldMs: {}, source: 'reported' }
  const session = { startedAtMs: ending.startedAt.getTime(), endedAtMs }
  const { activeMs, fieldMs } = activeTime([...kept, ...came], session)
  return { activeMs, fieldMs, source: 'beats' }
}
