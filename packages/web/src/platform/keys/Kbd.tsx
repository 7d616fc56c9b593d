import { chordLabel } from './chord.ts'
import { useChord } from './store.ts'

/** A chord, as keys. Hidden from screen readers: the command's name is beside it. */
export function Kbd({ chord }: { readonly chord: string }) {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a key cap takes no focus
  return <kbd aria-hidden="true">{chordLabel(chord).join(' ')}</kbd>
}

/** The key of a command as it is bound now; nothing if it has none. */
export function CommandKey({ id }: { readonly id: string }) {
  const chord = useChord(id)
  return chord ? <Kbd chord={chord} /> : null
}
