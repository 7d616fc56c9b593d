import type { FieldKind } from '../../kinds.ts'
import { migrateFromFirst } from '../tally.ts'
import { compareRankings } from './compare.ts'
import { mergeRankings } from './merge.ts'
import { type RankingAnswer, RankingConfig, rankingAnswer, rankingShape } from './schema.ts'

const candidateLimit = 26
const written = (answer: RankingAnswer): string => answer.map((g) => g.join(' = ')).join(' > ')

/** Candidates in order of quality, with ties or without, blind. */
export const ranking = {
  kind: 'ranking',
  version: 1,
  config: RankingConfig,
  shape: rankingShape,
  answer: rankingAnswer,
  migrate: migrateFromFirst,
  compare: compareRankings,
  merge: mergeRankings,
  summarise: written,
  columns: () => [
    { name: '', value: written },
    { name: 'best', value: (answer) => answer[0]?.join('|') },
  ],
  facets: (answer) => answer[0] ?? [],
  facetValues: () => [],
  comparesCandidates: ({ input }) => ({ input, min: 2, max: candidateLimit }),
  mapCandidates: (answer, map) => answer.map((group) => group.map(map)),
} satisfies FieldKind<RankingConfig, RankingAnswer>

export type { RankingAnswer, RankingConfig }
