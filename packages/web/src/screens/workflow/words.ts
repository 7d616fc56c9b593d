/** A workflow in words: its stages' settings as sentences, and what differs between two. */
import type { Formats } from '../../platform/i18n/formats.ts'
import { type StageKind, stageOrder, type Workflow, type WorkflowStage } from './draft.ts'

export type Say = {
  readonly t: (key: string, values?: Readonly<Record<string, string | number>>) => string
  readonly format: Pick<Formats, 'percent' | 'list'>
  /** The name of a skill by its id. */
  readonly skill: (id: string) => string
}
export type Line = { readonly id: string; readonly text: string }

function samplingText(
  { t, format }: Say,
  sampling: Extract<WorkflowStage, { kind: 'review' }>['sampling'],
): string {
  switch (sampling.kind) {
    case 'all':
      return t('workflow.sampling.all')
    case 'share':
      return t('workflow.sampling.share', { share: format.percent(sampling.share) })
    case 'adaptive':
      return t('workflow.sampling.adaptive', {
        least: format.percent(sampling.least),
        most: format.percent(sampling.most),
        below: format.percent(sampling.below),
      })
  }
}

function ownLines(say: Say, stage: WorkflowStage): readonly Line[] {
  const { t, format } = say
  switch (stage.kind) {
    case 'annotate':
      return [
        {
          id: 'overlap',
          text:
            stage.overlap > 1 && (stage.share ?? 1) < 1
              ? t('workflow.line.overlapShare', {
                  count: stage.overlap,
                  share: format.percent(stage.share ?? 1),
                })
              : t('workflow.line.overlap', { count: stage.overlap }),
        },
        ...(stage.more
          ? [
              {
                id: 'more',
                text: t('workflow.line.more', {
                  below: format.percent(stage.more.below),
                  upTo: stage.more.upTo,
                }),
              },
            ]
          : []),
      ]
    case 'review':
      return [
        { id: 'sampling', text: samplingText(say, stage.sampling) },
        { id: 'overlap', text: t('workflow.line.reviewers', { count: stage.overlap }) },
        { id: 'onReturn', text: t(`workflow.line.onReturn.${stage.onReturn}`) },
        { id: 'returns', text: t('workflow.line.returns', { count: stage.returnsAtMost }) },
      ]
    case 'adjudicate':
      return [
        {
          id: 'when',
          text:
            stage.when.kind === 'always'
              ? t('workflow.line.always')
              : t('workflow.line.disagreement', { below: format.percent(stage.when.below) }),
        },
      ]
    case 'audit':
      return [
        { id: 'sampling', text: samplingText(say, stage.sampling) },
        { id: 'onFail', text: t(`workflow.line.onFail.${stage.onFail}`) },
      ]
  }
}

/** What a stage does, a sentence for each setting. */
export function stageLines(say: Say, stage: WorkflowStage): readonly Line[] {
  const { t, format } = say
  const skills = stage.who.skills ?? []
  return [
    ...ownLines(say, stage),
    {
      id: 'who',
      text: t('workflow.line.who', {
        roles: format.list(stage.who.roles.map((r) => t(`parts.role.${r}`))),
      }),
    },
    ...(skills.length > 0
      ? [
          {
            id: 'skills',
            text: t('workflow.line.skills', { skills: format.list(skills.map(say.skill)) }),
          },
        ]
      : []),
  ]
}

export type Difference = {
  readonly stage: StageKind
  readonly kind: 'added' | 'removed' | 'changed'
  readonly before?: string | undefined
  readonly after?: string | undefined
}

/** What differs from one workflow to another, in the order of the stages. */
export function differences(say: Say, before: Workflow, after: Workflow): readonly Difference[] {
  return stageOrder.flatMap((kind): readonly Difference[] => {
    const [a, b] = [before, after].map((w) => w.stages.find((s) => s.kind === kind))
    if (!a && !b) return []
    if (!a) return [{ stage: kind, kind: 'added' }]
    if (!b) return [{ stage: kind, kind: 'removed' }]
    const [x, y] = [a, b].map((s) => new Map(stageLines(say, s).map((l) => [l.id, l.text])))
    const ids = new Set([...(x?.keys() ?? []), ...(y?.keys() ?? [])])
    return [...ids]
      .filter((id) => x?.get(id) !== y?.get(id))
      .map((id) => ({ stage: kind, kind: 'changed', before: x?.get(id), after: y?.get(id) }))
  })
}
