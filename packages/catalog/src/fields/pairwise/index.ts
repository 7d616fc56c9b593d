import { localText } from '@kasauti/core'
import type { FieldKind } from '../../kinds.ts'
import { migrateFromFirst } from '../tally.ts'
import { comparePairs } from './compare.ts'
import { mergePairs } from './merge.ts'
import {
  type PairwiseAnswer,
  PairwiseConfig,
  pairwiseAnswer,
  pairwiseShape,
  type Tie,
  tieTitles,
} from './schema.ts'

/** Which of two candidates is better, blind. */
export const pairwise = {
  kind: 'pairwise',
  version: 1,
  config: PairwiseConfig,
  shape: pairwiseShape,
  answer: pairwiseAnswer,
  migrate: migrateFromFirst,
  compare: comparePairs,
  merge: mergePairs,
  summarise: (answer, _config, { locale }) => {
    if ('tie' in answer) return localText(tieTitles[answer.tie], locale)
    return locale === 'hi' ? `${answer.better} बेहतर` : `${answer.better} better`
  },
  columns: () => [
    { name: 'better', value: (answer) => ('better' in answer ? answer.better : undefined) },
    { name: 'tie', value: (answer) => ('tie' in answer ? answer.tie : undefined) },
  ],
  facets: (answer) => ['better' in answer ? answer.better : answer.tie],
  facetValues: (config) => config.ties.map((tie) => ({ value: tie, title: tieTitles[tie] })),
  comparesCandidates: ({ input }) => ({ input, min: 2, max: 2 }),
  mapCandidates: (answer, map) => ('better' in answer ? { better: map(answer.better) } : answer),
} satisfies FieldKind<PairwiseConfig, PairwiseAnswer>

export type { PairwiseAnswer, PairwiseConfig, Tie }
