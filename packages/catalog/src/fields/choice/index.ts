import { localText } from '@kasauti/core'
import type { FieldKind } from '../../kinds.ts'
import { migrateFromFirst } from '../tally.ts'
import { compareChoices } from './compare.ts'
import { mergeChoices } from './merge.ts'
import {
  type ChoiceAnswer,
  ChoiceConfig,
  choiceAnswer,
  choiceShape,
  chosen,
  type Option,
} from './schema.ts'

/** One or several of a list of options. */
export const choice = {
  kind: 'choice',
  version: 1,
  config: ChoiceConfig,
  shape: choiceShape,
  answer: choiceAnswer,
  migrate: migrateFromFirst,
  compare: compareChoices,
  merge: mergeChoices,
  summarise: (answer, config, { locale }) =>
    chosen(answer)
      .map((value) => {
        const option = config.options.find((o) => o.value === value)
        return option ? localText(option.title, locale) : value
      })
      .join(', '),
  columns: () => [{ name: '', value: (answer) => chosen(answer).join('|') }],
  facets: chosen,
  facetValues: (config) => config.options.map(({ value, title }) => ({ value, title })),
  comparesCandidates: () => undefined,
  mapCandidates: (answer) => answer,
} satisfies FieldKind<ChoiceConfig, ChoiceAnswer>

export type { ChoiceAnswer, ChoiceConfig, Option }
