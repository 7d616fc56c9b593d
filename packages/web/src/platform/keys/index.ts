export { chordLabel, chordOf } from './chord.ts'
export { CommandKey, Kbd } from './Kbd.tsx'
export {
  type Command,
  chordsOf,
  conflicts,
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
