import type { FieldKind } from '../kinds.ts'
import { choice } from './choice/index.ts'
import { pairwise } from './pairwise/index.ts'
import { ranking } from './ranking/index.ts'
import { rating } from './rating/index.ts'
import { taxonomy } from './taxonomy/index.ts'
import { text } from './text/index.ts'

/** Every kind of field, in the order the designer offers them. */
export const fieldKinds: readonly FieldKind[] = [choice, taxonomy, rating, text, pairwise, ranking]

/** The kind of field of this name; `undefined` if there is none. */
export const fieldKind = (kind: string): FieldKind | undefined =>
  fieldKinds.find((k) => k.kind === kind)
