export { chordLabel, chordOf, onApple, parseChord } from './chord.ts'
export { CommandKey, Kbd } from './Kbd.tsx'
export {
  type Command,
  type Conflict,
  chordsOf,
  conflicts,
  type Rebound,
  type Scope,
} from './registry.ts'
export {
  focusOf,
  listenForKeys,
  type Offered,
  rebindKeys,
  useCapture,
  useChord,
  useCommands,
  useOffered,
} from './store.ts'
