import { useParams } from '@tanstack/react-router'
import { useMemo } from 'react'
import { Bench } from './Bench.tsx'
import type { Stage } from './session.ts'
import type { Source } from './source.ts'

const everything: Source = { of: 'everything' }

function ProjectBench({ stage }: { readonly stage: Stage }) {
  const { projectId = '' } = useParams({ strict: false })
  const source = useMemo((): Source => ({ of: 'project', projectId, stage }), [projectId, stage])
  return <Bench source={source} />
}

/** Whatever is for me next, in all my projects and at every stage. */
export const EverythingScreen = () => <Bench key="everything" source={everything} />
/** Label the next items of a project. */
export const WorkbenchScreen = () => <ProjectBench key="annotate" stage="annotate" />
/** Review what others labelled: the same bench, their answers in the editors. */
export const ReviewScreen = () => <ProjectBench key="review" stage="review" />
/** Decide where people disagree: their answers side by side. */
export const AdjudicateScreen = () => <ProjectBench key="adjudicate" stage="adjudicate" />
/** Look at a sample of what is done. */
export const AuditScreen = () => <ProjectBench key="audit" stage="audit" />
