import type { WireOutput } from '@kasauti/contract'

export type Appealable = WireOutput<'appeal.open'>['rows'][number]
export type OwnAppeal = WireOutput<'appeal.list'>['rows'][number]
/** How a piece of one's own work stands: a verdict one may appeal against, an appeal that was made, or neither. */
export type Standing =
  | { readonly is: 'nothing' }
  | { readonly is: 'may'; readonly verdict: Appealable }
  | { readonly is: 'made'; readonly appeal: OwnAppeal }

const nothing: Standing = { is: 'nothing' }

/** Of work that was judged; lists newest first. A verdict newer than the one appealed against is open again. */
export function verdictStanding(
  assignmentId: string,
  verdicts: readonly Appealable[],
  appeals: readonly OwnAppeal[],
): Standing {
  const verdict = verdicts.find((v) => v.assignmentId === assignmentId)
  const appeal = appeals.find(
    (a) => a.assignmentId === assignmentId && a.kind === 'review' && a.state !== 'withdrawn',
  )
  const judgedAt = appeal?.verdict?.at ?? appeal?.at ?? ''
  if (verdict && Date.parse(verdict.verdict.at) > (Date.parse(judgedAt) || 0))
    return { is: 'may', verdict }
  return appeal ? { is: 'made', appeal } : nothing
}

/** The appeal one made against a gold, unless it was taken back. */
export const goldAppeal = (
  assignmentId: string,
  appeals: readonly OwnAppeal[],
): OwnAppeal | undefined =>
  appeals.find(
    (a) => a.assignmentId === assignmentId && a.kind === 'gold' && a.state !== 'withdrawn',
  )
