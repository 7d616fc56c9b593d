import type { Template } from '../kinds.ts'
import { blank } from './blank/index.ts'
import { blindPairs } from './blind-pairs/index.ts'
import { rankThree } from './rank-three/index.ts'
import { sentimentHinglish } from './sentiment-hinglish/index.ts'
import { topicCategories } from './topic-categories/index.ts'
import { turnQuality } from './turn-quality/index.ts'

/** Every template, in the order the gallery shows them. */
export const templates: readonly Template[] = [
  topicCategories,
  turnQuality,
  blindPairs,
  rankThree,
  sentimentHinglish,
  blank,
]

/** The template of this name; `undefined` if there is none. */
export const template = (name: string): Template | undefined =>
  templates.find((t) => t.name === name)
