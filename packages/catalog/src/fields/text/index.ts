import { countCodePoints, excerpt, onOneLine } from '@kasauti/core'
import type { FieldKind } from '../../kinds.ts'
import { migrateFromFirst } from '../tally.ts'
import { compareTexts } from './compare.ts'
import { mergeTexts } from './merge.ts'
import { TextConfig, textAnswer, textShape } from './schema.ts'

/** Longer texts are for reading, not for filtering. */
const facetLimit = 80
const summaryLimit = 120

/** Free text: a note, a reason, a correction. */
export const text = {
  kind: 'text',
  version: 1,
  config: TextConfig,
  shape: textShape,
  answer: textAnswer,
  migrate: migrateFromFirst,
  compare: compareTexts,
  merge: mergeTexts,
  summarise: (answer) => excerpt(answer, summaryLimit),
  columns: () => [{ name: '', value: (answer) => answer }],
  facets: (answer, config) => {
    if (config.lines === 'many') return []
    const line = onOneLine(answer)
    return line !== '' && countCodePoints(line) <= facetLimit ? [line] : []
  },
  facetValues: () => undefined,
  comparesCandidates: () => undefined,
  mapCandidates: (answer) => answer,
} satisfies FieldKind<TextConfig, string>

export type { TextConfig }
