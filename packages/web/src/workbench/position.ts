import type { WireOutput } from '@kasauti/contract'
import { useQuery } from '@tanstack/react-query'
import { client } from '../platform/api/index.ts'
import type { Stage } from './session.ts'

type Project = WireOutput<'work.today'>['projects'][number]
export type Position = { readonly done: number; readonly total: number }

/**
 * How far I am in a project: done by me of what is for me. `finished`: since `project` was fetched.
 * What is left may also be done by others, so the total is what could still become mine.
 */
export function positionOf(
  project: Pick<
    Project,
    'annotatedByMe' | 'reviewedByMe' | 'toAnnotate' | 'toReview' | 'returned' | 'items'
  >,
  stage: Stage,
  finished: number,
): Position {
  const annotates = stage === 'annotate'
  const before = annotates ? project.annotatedByMe : project.reviewedByMe
  const left = annotates ? project.toAnnotate + project.returned : project.toReview
  const total = annotates ? Math.min(Math.max(before, project.items), before + left) : before + left
  const done = before + finished
  return { done, total: Math.max(done, total) }
}

/** Fetched once for each visit to the bench: events of others must not make every bench ask anew. */
export function usePosition(
  at: { readonly projectId: string; readonly stage: Stage },
  finished: number,
): Position | undefined {
  const today = useQuery({
    queryKey: ['workbench-position', at.projectId],
    queryFn: () => client.call('work.today', {}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const project = today.data?.projects.find((p) => p.projectId === at.projectId)
  return project && positionOf(project, at.stage, finished)
}
