import { z } from 'zod'
import type { AnswerContext } from '../../kinds.ts'

/** `taxonomy` and `version` name a taxonomy of the project. */
export const TaxonomyConfig = z.strictObject({
  taxonomy: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/, 'must be the name of a taxonomy of the project'),
  version: z.int().min(1),
  mode: z.enum(['single', 'multiple']).default('single'),
  /** Whether only nodes without children can be chosen. */
  leavesOnly: z.boolean().default(false),
})
export type TaxonomyConfig = z.infer<typeof TaxonomyConfig>

/** Node ids, of the version the field asks for. */
export type TaxonomyAnswer = { readonly version: number; readonly nodes: readonly string[] }

const nodeLimit = 50

/** The shape of an answer under `config`; every answer is refused while the taxonomy is unknown. */
export function taxonomyAnswer(
  config: TaxonomyConfig,
  context: AnswerContext,
): z.ZodType<TaxonomyAnswer> {
  const tree = context.taxonomy(config.taxonomy, config.version)
  const most = config.mode === 'single' ? 1 : nodeLimit
  return z.strictObject(
    {
      version: z.literal(config.version, `must be ${config.version}`),
      nodes: z
        .array(z.string('must be the id of a node'), 'must be a list of node ids')
        .min(1, 'must have at least 1 node')
        .max(most, most === 1 ? 'must have exactly 1 node' : `must have at most ${most} nodes`)
        .superRefine((nodes, ctx) => {
          nodes.forEach((id, i) => {
            const refuse = (message: string) => ctx.addIssue({ code: 'custom', path: [i], message })
            if (!tree) refuse(`taxonomy ${config.taxonomy} version ${config.version} is not there`)
            else if (!tree.has(id)) refuse('must be the id of a node')
            else if (config.leavesOnly && !tree.isLeaf(id))
              refuse('must be a node without children')
            else if (nodes.indexOf(id) < i) refuse('is there twice')
          })
        }),
    },
    'must be { version, nodes }',
  )
}

/** Ids from the top to the node; of a node that is not in the tree, itself. */
export function pathOf(
  id: string,
  config: TaxonomyConfig,
  context: AnswerContext,
): readonly string[] {
  const path = context.taxonomy(config.taxonomy, config.version)?.path(id) ?? []
  return path.length > 0 ? path : [id]
}

/** Whatever the config. */
export const taxonomyShape: z.ZodType<TaxonomyAnswer> = z.object({
  version: z.number(),
  nodes: z.array(z.string()),
})
