import { z } from 'zod'
import { decodeId, encodeId, idPrefixes } from '../ids.ts'
import { mix } from '../presentation/index.ts'
import { ProjectRole } from '../user/index.ts'

/** A skill as the wire names it (`skl_...`); a UUID inside, which is taken as it is. */
const SkillRef = z.codec(z.string().max(40), z.uuid(), {
  decode: (id) => decodeId(idPrefixes.skill, id) ?? id,
  encode: (uuid) => encodeId(idPrefixes.skill, uuid),
})

/** Who takes work of a stage: one of the roles and all of the skills. Never one's own work, whatever it says. */
export const Who = z.object({
  roles: z.array(ProjectRole).min(1).max(6),
  /** Ids of skills a valid certificate is needed for. */
  skills: z.array(SkillRef).max(10).default([]),
})
export type Who = z.infer<typeof Who>
const Share = z.number().min(0).max(1)

/**
 * Which of the finished things a stage looks at. `adaptive`: between `least` and `most`, more of a
 * person the less is known or the worse it is (see `sampleShare`), and all of an item whose people disagree.
 */
export const Sampling = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('share'), share: Share }),
  z.object({
    kind: z.literal('adaptive'),
    least: Share,
    most: Share,
    /** Agreement below which everything of an item is looked at; 0..1. */
    below: Share,
  }),
])
export type Sampling = z.infer<typeof Sampling>

export const AnnotateStage = z.object({
  kind: z.literal('annotate'),
  /** Independent people per item. */
  overlap: z.number().int().min(1).max(9),
  /** Share of items that get the overlap; the others get one person. */
  share: Share.default(1),
  /** One person more, up to `upTo`, while agreement is below. */
  more: z.object({ below: Share, upTo: z.number().int().min(2).max(9) }).optional(),
  who: Who,
})
export const ReviewStage = z.object({
  kind: z.literal('review'),
  /** Reviewers that must accept an annotation; one that returns or fixes it decides alone. */
  overlap: z.number().int().min(1).max(3),
  sampling: Sampling,
  /** Who gets returned work: its author, or somebody else who starts from it. */
  onReturn: z.enum(['author', 'another']),
  /** Returned so often, it goes on to adjudication, or to the lead where there is none. */
  returnsAtMost: z.number().int().min(1).max(9),
  who: Who,
})
export const AdjudicateStage = z.object({
  kind: z.literal('adjudicate'),
  when: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('always') }),
    /** When agreement of the annotations is below; 0..1. */
    z.object({ kind: z.literal('disagreement'), below: Share }),
  ]),
  who: Who,
})
export const AuditStage = z.object({
  kind: z.literal('audit'),
  sampling: Sampling,
  /** Where an item goes whose audit failed. */
  onFail: z.enum(['author', 'adjudicate']),
  who: Who,
})
export const WorkflowStage = z.discriminatedUnion('kind', [
  AnnotateStage,
  ReviewStage,
  AdjudicateStage,
  AuditStage,
])
export type WorkflowStage = z.infer<typeof WorkflowStage>
const order = ['annotate', 'review', 'adjudicate', 'audit'] as const

/** The way of an item: annotating first, the others if wanted, each once, in order. */
export const Workflow = z.object({
  stages: z
    .array(WorkflowStage)
    .min(1)
    .max(4)
    .refine(
      (s) =>
        s[0]?.kind === 'annotate' &&
        s.every(
          (x, i) => order.indexOf(x.kind) > order.indexOf(s[i - 1]?.kind ?? 'annotate') || i === 0,
        ),
      'stages stand in the order annotate, review, adjudicate, audit, each once',
    ),
})
export type Workflow = z.infer<typeof Workflow>

type StageOf<K extends WorkflowStage['kind']> = Extract<WorkflowStage, { kind: K }>
/** The stage of a kind, if the workflow has it. */
export const stageOf = <K extends WorkflowStage['kind']>(
  workflow: Workflow,
  kind: K,
): StageOf<K> | undefined => workflow.stages.find((s): s is StageOf<K> => s.kind === kind)

/** The workflow most projects start with. */
export const simpleWorkflow = (o: { overlap: number; review: 'none' | 'all' }): Workflow => ({
  stages: [
    {
      kind: 'annotate',
      overlap: o.overlap,
      share: 1,
      who: { roles: ['associate', 'lead'], skills: [] },
    },
    ...(o.review === 'all'
      ? [
          {
            kind: 'review' as const,
            overlap: 1,
            sampling: { kind: 'all' as const },
            onReturn: 'author' as const,
            returnsAtMost: 5,
            who: { roles: ['reviewer' as const, 'lead' as const], skills: [] },
          },
        ]
      : []),
  ],
})

/** How many people an item is for: the overlap for the share of items that get it, one for the others. */
export function wantedOf(
  stage: z.infer<typeof AnnotateStage>,
  item: { readonly seed: number; readonly ordinal: number },
): number {
  if (stage.share >= 1) return stage.overlap
  return mix(item.seed, item.ordinal, 0x5eed) / 2 ** 32 < stage.share ? stage.overlap : 1
}
