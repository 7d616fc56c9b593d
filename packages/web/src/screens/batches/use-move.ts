import type { BatchState } from '@kasauti/core'
import { useState } from 'react'
import { toast } from '../../parts/index.ts'
import { errorText, useApiMutation } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import { type Batch, nameOf } from './batch.ts'

/** What a change of a batch makes old. */
export const touched = ['batch', 'board', 'delivery', 'work.today', 'forecast'] as const

/** Move a batch on; delivering asks first. Whatever leads back can be taken back from the toast. */
export function useMove() {
  const t = useT()
  const mutation = useApiMutation('batch.move', touched)
  const [delivering, setDelivering] = useState<Batch>()
  const go = (batch: Batch, to: BatchState, undo: 'offered' | 'done') =>
    mutation.mutate(
      { params: { projectId: batch.projectId, batchId: batch.batchId }, body: { to } },
      {
        onSuccess: (moved) =>
          toast({
            text: t('batches.moved', { name: nameOf(batch, t), state: t(`batches.state.${to}`) }),
            ...(undo === 'offered' && moved.ways.includes(batch.state)
              ? { undo: () => go(moved, batch.state, 'done') }
              : {}),
          }),
        onError: (error) => toast({ text: errorText(error, t), tone: 'bad' }),
      },
    )
  const isHandover = (batch: Batch) => batch.state !== 'accepted' && batch.state !== 'rejected'
  return {
    pending: mutation.isPending,
    delivering,
    stopDelivering: () => setDelivering(undefined),
    move: (batch: Batch, to: BatchState) =>
      to === 'delivered' && isHandover(batch) ? setDelivering(batch) : go(batch, to, 'offered'),
  }
}
export type Mover = ReturnType<typeof useMove>
