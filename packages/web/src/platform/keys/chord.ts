/**
 * Chords: `Mod+Shift+KeyK`. The key is the physical one (`KeyboardEvent.code`), so it stays where it
 * is under a Hindi layout. `Mod` is Ctrl, on Apple's keyboards Command.
 */
export type KeyEvent = Pick<
  KeyboardEvent,
  'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>

const modifiers = ['Mod', 'Alt', 'Shift'] as const
const modifierCodes = /^(Control|Shift|Alt|Meta|OS)(Left|Right)?$|^CapsLock$|^Fn/

/** Is this an Apple keyboard? There `Mod` is Command and modifiers are written as signs. */
const onApple = (): boolean =>
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The chord of an event in canonical order; `undefined` while only modifiers are down. */
export function chordOf(
  event: KeyEvent,
  apple: 'apple' | 'other' = onApple() ? 'apple' : 'other',
): string | undefined {
  if (event.code === '' || modifierCodes.test(event.code)) return undefined
  const mod = apple === 'apple' ? event.metaKey : event.ctrlKey
  const foreign = apple === 'apple' ? event.ctrlKey : event.metaKey
  if (foreign) return undefined
  const code =
    event.code === 'NumpadEnter' ? 'Enter' : event.code.replace(/^Numpad(?=\d$)/, 'Digit')
  const down = [mod && 'Mod', event.altKey && 'Alt', event.shiftKey && 'Shift']
  return [...down.filter((m) => m !== false), code].join('+')
}

/** Bring a written chord to canonical order; `undefined` if it is none. */
export function parseChord(text: string): string | undefined {
  const parts = text.split('+')
  const code = parts.pop()
  if (!code || !/^[A-Z][A-Za-z0-9]+$/.test(code)) return undefined
  if (parts.some((p) => !modifiers.some((m) => m === p))) return undefined
  return [...modifiers.filter((m) => parts.includes(m)), code].join('+')
}

const names: Readonly<Record<string, string>> = {
  Slash: '/',
  Backslash: '\\',
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Escape: 'Esc',
  Backspace: '⌫',
  Delete: 'Del',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

/** How a chord is written on the page: `['Ctrl', 'K']`, `['⌘', 'K']`, `['?']`. */
export function chordLabel(
  chord: string,
  apple: 'apple' | 'other' = onApple() ? 'apple' : 'other',
): string[] {
  if (chord === 'Shift+Slash') return ['?']
  const words =
    apple === 'apple'
      ? { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
      : { Mod: 'Ctrl', Alt: 'Alt', Shift: 'Shift' }
  return chord.split('+').map((part) => {
    if (part === 'Mod' || part === 'Alt' || part === 'Shift') return words[part]
    return names[part] ?? part.replace(/^(Key|Digit)(?=.$)/, '')
  })
}
