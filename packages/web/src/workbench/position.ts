import type { WireOutput } from '@kasauti/contract'
import { useQuery } from '@tanstack/react-query'
import { client } from '../platform/api/index.ts'
import type { Stage } from './session.ts'
import type { Source } from './source.ts'

type Project = WireOutput<'work.today'>['projects'][number]
/** Without a total: done today, over all projects. */
export type Position = { readonly done: number; readonly total?: number | undefined }

/**
 * How far I am in a project: done by me of what is for me. `finished`: since `project` was fetched.
 * What is left may also be done by others, so the total is what could still become mine.
 */
export function positionOf(
  project: Pick<
    Project,
    'annotatedByMe' | 'reviewedByMe' | 'toAnnotate' | 'toReview' | 'returned' | 'counts'
  >,
  stage: Stage,
  finished: number,
): Position {
  // Adjudication and audit are not counted beforehand: what is done is all there is to tell.
  if (stage === 'adjudicate' || stage === 'audit') return { done: finished }
  const annotates = stage === 'annotate'
  const before = annotates ? project.annotatedByMe : project.reviewedByMe
  const left = annotates ? project.toAnnotate + project.returned : project.toReview
  const items = project.counts?.items ?? Number.POSITIVE_INFINITY
  const total = annotates ? Math.min(Math.max(before, items), before + left) : before + left
  const done = before + finished
  return { done, total: Math.max(done, total) }
}

/** Fetched once for each visit to the bench: events of others must not make every bench ask anew. */
export function usePosition(source: Source, finished: number): Position | undefined {
  const projectId = source.of === 'project' ? source.projectId : ''
  const today = useQuery({
    queryKey: ['workbench-position', projectId],
    queryFn: () => client.call('work.today', {}),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  if (source.of === 'everything')
    return today.data && { done: today.data.submittedToday + finished }
  const project = today.data?.projects.find((p) => p.projectId === projectId)
  return project && positionOf(project, source.stage, finished)
}
