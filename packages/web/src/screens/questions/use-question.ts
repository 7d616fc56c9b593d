import type { WireOutput } from '@kasauti/contract'
import { useCallback, useEffect, useState } from 'react'
import { client } from '../../platform/api/index.ts'

type Work = WireOutput<'work.claim'>['rows'][number]
export type Asked =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly error: unknown }
  | { readonly is: 'none' }
  | { readonly is: 'there'; readonly work: Work }

/** The next question of training or of a sitting; one that was begun is found again. */
export function useQuestion(
  projectId: string,
  sittingId?: string,
): { readonly asked: Asked; readonly next: () => void } {
  const [asked, setAsked] = useState<Asked>({ is: 'loading' })
  const next = useCallback(() => {
    setAsked({ is: 'loading' })
    const body = sittingId
      ? ({ purpose: 'exam', sittingId } as const)
      : ({ purpose: 'training' } as const)
    client.call('work.claim', { params: { projectId }, body }).then(
      ({ rows }) => setAsked(rows[0] ? { is: 'there', work: rows[0] } : { is: 'none' }),
      (error: unknown) => setAsked({ is: 'failed', error }),
    )
  }, [projectId, sittingId])
  useEffect(next, [next])
  return { asked, next }
}
