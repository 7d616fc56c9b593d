import type { FieldKind } from '../../kinds.ts'
import { migrateFromFirst } from '../tally.ts'
import { compareNodes } from './compare.ts'
import { mergeNodes } from './merge.ts'
import {
  pathOf,
  type TaxonomyAnswer,
  TaxonomyConfig,
  taxonomyAnswer,
  taxonomyShape,
} from './schema.ts'

/** Nodes of a versioned tree of topics, products, errors... */
export const taxonomy = {
  kind: 'taxonomy',
  version: 1,
  config: TaxonomyConfig,
  shape: taxonomyShape,
  answer: taxonomyAnswer,
  migrate: migrateFromFirst,
  compare: compareNodes,
  merge: mergeNodes,
  summarise: (answer, config, context) => {
    const tree = context.taxonomy(config.taxonomy, config.version)
    const titled = (id: string) => (tree?.has(id) ? tree.title(id, context.locale) : id)
    return answer.nodes.map((id) => pathOf(id, config, context).map(titled).join(' › ')).join(', ')
  },
  columns: (config, context) => {
    const tree = context.taxonomy(config.taxonomy, config.version)
    const titled = (id: string) => (tree?.has(id) ? tree.title(id, 'en') : id)
    return [
      { name: '', value: (answer) => answer.nodes.join('|') },
      {
        name: 'path',
        value: (answer) => answer.nodes.map((n) => pathOf(n, config, context).join('/')).join('|'),
      },
      { name: 'title', value: (answer) => answer.nodes.map(titled).join('|') },
    ]
  },
  facets: (answer, config, context) => {
    const above = answer.nodes.flatMap((id) => pathOf(id, config, context).slice(0, -1))
    return [...new Set([...answer.nodes, ...above])]
  },
  facetValues: () => undefined,
  comparesCandidates: () => undefined,
  mapCandidates: (answer) => answer,
} satisfies FieldKind<TaxonomyConfig, TaxonomyAnswer>

export type { TaxonomyAnswer, TaxonomyConfig }
