import { type LocalText, localText } from '@kasauti/core'
import type { FieldKind } from '../../kinds.ts'
import { migrateFromFirst } from '../tally.ts'
import { compareRatings } from './compare.ts'
import { mergeRatings } from './merge.ts'
import {
  type Level,
  notApplicable,
  type RatingAnswer,
  RatingConfig,
  ratingAnswer,
  ratingShape,
} from './schema.ts'

const notApplicableTitle: LocalText = { en: 'Not applicable', hi: 'लागू नहीं' }

/** A place on a scale of anchored levels. */
export const rating = {
  kind: 'rating',
  version: 1,
  config: RatingConfig,
  shape: ratingShape,
  answer: ratingAnswer,
  migrate: migrateFromFirst,
  compare: compareRatings,
  merge: mergeRatings,
  summarise: (answer, config, { locale }) => {
    if (answer === notApplicable) return localText(notApplicableTitle, locale)
    const level = config.levels.find((l) => l.value === answer)
    return level ? `${answer} · ${localText(level.title, locale)}` : String(answer)
  },
  columns: () => [{ name: '', value: (answer) => answer }],
  facets: (answer) => [String(answer)],
  facetValues: (config) => [
    ...config.levels.map((l) => ({ value: String(l.value), title: l.title })),
    ...(config.notApplicable ? [{ value: notApplicable, title: notApplicableTitle }] : []),
  ],
  comparesCandidates: () => undefined,
  mapCandidates: (answer) => answer,
} satisfies FieldKind<RatingConfig, RatingAnswer>

export type { Level, RatingAnswer, RatingConfig }
