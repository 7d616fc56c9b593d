/** Gold that is asked openly: to learn from, or to be certified. */
import { KasautiError } from '@kasauti/core'
import { endSitting, sittingOf } from '../exam/index.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { findGolds, type PickedGold } from './draw-storage.ts'

/** The next questions of training, or of a sitting that runs; a sitting without any left is decided. */
export async function drawQuestions(
  ctx: Ctx,
  o: {
    readonly projectId: string
    readonly userId: string
    readonly purpose: 'training' | 'exam'
    readonly sittingId: string | undefined
    readonly count: number
  },
): Promise<readonly PickedGold[]> {
  if (o.purpose === 'training')
    return findGolds(ctx.db, o, { use: 'training', count: o.count, from: 0 })
  if (o.sittingId === undefined) throw new KasautiError('exam/not-found')
  const at = { projectId: o.projectId, sittingId: o.sittingId }
  const sitting = await sittingOf(ctx.db, { ...at, userId: o.userId })
  if (!sitting) throw new KasautiError('exam/not-found')
  if (sitting.state !== 'running') return []
  const golds = await findGolds(ctx.db, o, {
    use: 'exam',
    count: o.count,
    from: ctx.app.chance(),
  })
  if (golds.length === 0) await endSitting(ctx, at)
  return golds
}
