import type { InputKind } from '../kinds.ts'
import { conversation } from './conversation/index.ts'
import { text } from './text/index.ts'

/** Every kind of input, in the order the designer offers them. */
export const inputKinds: readonly InputKind[] = [text, conversation]

/** The kind of input of this name; `undefined` if there is none. */
export const inputKind = (kind: string): InputKind | undefined =>
  inputKinds.find((k) => k.kind === kind)
