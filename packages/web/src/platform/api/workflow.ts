import type { WireOutput } from '@kasauti/contract'
import type { Stage } from '@kasauti/core'
import { rolesIn, useMe } from './me.ts'
import { useApi } from './query.ts'

type InForce = WireOutput<'workflow.get'>
export type WireWorkflow = InForce['workflow']

/** The workflow in force of a project, once it is known. */
export function useWorkflow(projectId: string | undefined): WireWorkflow | undefined {
  const answer = useApi(
    'workflow.get',
    { params: { projectId: projectId ?? '' } },
    { enabled: projectId !== undefined },
  )
  return answer.data?.workflow
}

export const hasStage = (workflow: WireWorkflow, stage: Stage): boolean =>
  workflow.stages.some((s) => s.kind === stage)

/** Whether a verdict of somebody else finishes an item here; until it is known, that it does. */
export const isReviewed = (workflow: WireWorkflow | undefined): boolean =>
  workflow === undefined || workflow.stages.length > 1

/** The stages of a project's workflow that my roles let me take; until it is known, what is sure. */
export function useMyStages(projectId: string): readonly Stage[] {
  const me = useMe()
  const workflow = useWorkflow(projectId)
  const roles = rolesIn(me, projectId)
  if (!workflow) return roles.some((r) => r === 'associate' || r === 'lead') ? ['annotate'] : []
  return workflow.stages
    .filter((s) => s.who.roles.some((r) => roles.includes(r)))
    .map((s) => s.kind)
}
