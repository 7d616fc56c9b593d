/** Changing a workflow: stages put in and taken out, their settings, and what is wrong with them. Pure. */
import type { WireOutput } from '@kasauti/contract'

export type InForce = WireOutput<'workflow.get'>
export type Workflow = InForce['workflow']
export type WorkflowStage = Workflow['stages'][number]
export type StageKind = WorkflowStage['kind']
export type StageOf<K extends StageKind> = Extract<WorkflowStage, { kind: K }>
export type Standing = InForce['standing']

export const stageOrder = ['annotate', 'review', 'adjudicate', 'audit'] as const
const placeOf = (kind: StageKind | 'done'): number =>
  kind === 'done' ? stageOrder.length : stageOrder.indexOf(kind)

/** What a stage begins with when it is put in. */
function newStage(kind: StageKind): WorkflowStage {
  const who = { roles: ['reviewer' as const, 'lead' as const], skills: [] }
  switch (kind) {
    case 'annotate':
      return { kind, overlap: 1, share: 1, who: { roles: ['associate', 'lead'], skills: [] } }
    case 'review':
      return {
        kind,
        overlap: 1,
        sampling: { kind: 'all' },
        onReturn: 'author',
        returnsAtMost: 5,
        who,
      }
    case 'adjudicate':
      return { kind, when: { kind: 'disagreement', below: 0.8 }, who }
    case 'audit':
      return { kind, sampling: { kind: 'share', share: 0.1 }, onFail: 'author', who }
  }
}

export const stageIn = <K extends StageKind>(workflow: Workflow, kind: K): StageOf<K> | undefined =>
  workflow.stages.find((s): s is StageOf<K> => s.kind === kind)

/** Kinds of stages that could stand between two that follow one another. */
export const missingBetween = (
  workflow: Workflow,
  before: StageKind,
  after: StageKind | 'done',
): readonly StageKind[] =>
  stageOrder.filter(
    (kind) =>
      placeOf(kind) > placeOf(before) &&
      placeOf(kind) < placeOf(after) &&
      !workflow.stages.some((s) => s.kind === kind),
  )

export const withNewStage = (workflow: Workflow, kind: StageKind): Workflow =>
  workflow.stages.some((s) => s.kind === kind)
    ? workflow
    : {
        stages: [...workflow.stages, newStage(kind)].toSorted(
          (a, b) => placeOf(a.kind) - placeOf(b.kind),
        ),
      }

/** Without a stage; nothing else may name it then. Annotating cannot be taken out. */
export function withoutStage(workflow: Workflow, kind: StageKind): Workflow {
  if (kind === 'annotate') return workflow
  return {
    stages: workflow.stages
      .filter((s) => s.kind !== kind)
      .map((s) =>
        kind === 'adjudicate' && s.kind === 'audit' ? { ...s, onFail: 'author' as const } : s,
      ),
  }
}

export const withStage = (workflow: Workflow, stage: WorkflowStage): Workflow => ({
  stages: workflow.stages.map((s) => (s.kind === stage.kind ? stage : s)),
})

/** Same workflow, whatever the order of keys. */
export const sameWorkflow = (a: Workflow, b: Workflow): boolean => canonical(a) === canonical(b)
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'object' && v !== null && !Array.isArray(v)
      ? Object.fromEntries(Object.entries(v).toSorted(([x], [y]) => (x < y ? -1 : 1)))
      : v,
  )

export type Fault = {
  readonly stage: StageKind
  readonly at: 'more' | 'sampling' | 'who' | 'when' | 'onFail'
  /** Ends the key of its text, `workflow.fault.<why>`. `odd`: possible, but hardly meant. */
  readonly why:
    | 'more-below-overlap'
    | 'least-above-most'
    | 'nobody'
    | 'no-adjudication'
    | 'nothing-to-compare'
    | 'nothing-sampled'
  readonly weight: 'wrong' | 'odd'
}

/** What is wrong, or odd, with a workflow, in the order of its stages. */
export function faultsOf(workflow: Workflow): readonly Fault[] {
  const annotate = stageIn(workflow, 'annotate')
  const several = (annotate?.overlap ?? 1) > 1 || annotate?.more !== undefined
  return workflow.stages.flatMap((s): Fault[] => {
    const found: Fault[] = []
    const say = (at: Fault['at'], why: Fault['why'], weight: Fault['weight'] = 'wrong') =>
      found.push({ stage: s.kind, at, why, weight })
    if (s.who.roles.length === 0) say('who', 'nobody')
    if (s.kind === 'annotate' && s.more && s.more.upTo <= s.overlap)
      say('more', 'more-below-overlap')
    if (s.kind === 'review' || s.kind === 'audit') {
      const { sampling } = s
      if (sampling.kind === 'adaptive' && sampling.least > sampling.most)
        say('sampling', 'least-above-most')
      if (sampling.kind === 'share' && sampling.share === 0)
        say('sampling', 'nothing-sampled', 'odd')
    }
    if (s.kind === 'audit' && s.onFail === 'adjudicate' && !stageIn(workflow, 'adjudicate'))
      say('onFail', 'no-adjudication')
    if (s.kind === 'adjudicate' && s.when.kind === 'disagreement' && !several)
      say('when', 'nothing-to-compare', 'odd')
    return found
  })
}
