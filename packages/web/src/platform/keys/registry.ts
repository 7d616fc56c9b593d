import type { Values } from '../i18n/index.ts'
import { chordOf, type KeyEvent, parseChord } from './chord.ts'

/** Something a person can do here and now, by a key, by the palette, or by a button. */
export type Command = {
  /** Stable and unique, `items.next`: rebinding is stored under it. */
  readonly id: string
  /** Message key of its name. */
  readonly title: string
  readonly values?: Values
  /** Default chords (`KeyJ`, `Mod+Enter`); none: only in the palette. */
  readonly keys: readonly string[]
  run(): void
  /** Offered only while this holds. */
  when?(): boolean
  /** `skip`: listed in the key help but not in the palette (moving the cursor, choosing an option). */
  readonly palette?: 'offer' | 'skip'
  /** `fires`: also while typing in a text box, whatever the chord. */
  readonly inText?: 'fires' | 'rests'
}
/**
 * `app`: always; `screen`: the screen in view; `dialog`: while it is there, nothing below it fires.
 */
export type Scope = 'app' | 'screen' | 'dialog'
export type Layer = { readonly scope: Scope; readonly order: number; commands: readonly Command[] }
export type Rebound = Readonly<Record<string, string>>

/** The chords of a command after rebinding (several are written with a space between; '' is none). */
export function chordsOf(command: Pick<Command, 'id' | 'keys'>, rebound: Rebound): string[] {
  const written = rebound[command.id]?.split(' ') ?? command.keys
  return written.map(parseChord).filter((chord) => chord !== undefined)
}

/** Layers that may fire, the nearest first: the top dialog alone, else screens before the app. */
export function liveLayers(layers: readonly Layer[]): Layer[] {
  const nearest = [...layers].sort((a, b) => b.order - a.order)
  const dialog = nearest.find((l) => l.scope === 'dialog')
  if (dialog) return nearest.filter((l) => l.scope === 'dialog' && l.order === dialog.order)
  return [
    ...nearest.filter((l) => l.scope === 'screen'),
    ...nearest.filter((l) => l.scope === 'app'),
  ]
}

/** Where the focus is, as far as keys are concerned. */
export type Focus = 'page' | 'text' | 'widget'

/** Whether a chord may fire: typing keeps letters, widgets keep the keys that work them. */
export function mayFire(chord: string, focus: Focus, command: Pick<Command, 'inText'>): boolean {
  if (focus === 'page' || command.inText === 'fires') return true
  const strong = /^(Mod|Alt)\+/.test(chord) || /(^|\+)F\d+$/.test(chord)
  if (focus === 'text') return strong || chord === 'Escape'
  return strong || !/^(Shift\+)?(Enter|Space|Tab|Escape|Arrow\w+|Home|End|Page\w+)$/.test(chord)
}

/** The command an event means, or `undefined`. */
export function commandFor(
  event: KeyEvent,
  at: { readonly layers: readonly Layer[]; readonly rebound: Rebound; readonly focus: Focus },
): Command | undefined {
  const chord = event.isComposing ? undefined : chordOf(event)
  if (!chord) return undefined
  for (const layer of liveLayers(at.layers)) {
    const found = layer.commands.find(
      (c) =>
        chordsOf(c, at.rebound).includes(chord) &&
        mayFire(chord, at.focus, c) &&
        (c.when?.() ?? true),
    )
    if (found) return found
  }
  return undefined
}

export type Conflict = { readonly chord: string; readonly ids: readonly [string, string] }

/** Commands that would answer to the same chord in the same place. */
export function conflicts(
  commands: readonly Pick<Command, 'id' | 'keys'>[],
  rebound: Rebound,
): Conflict[] {
  const owner = new Map<string, string>()
  const found: Conflict[] = []
  for (const command of commands) {
    for (const chord of chordsOf(command, rebound)) {
      const other = owner.get(chord)
      if (other !== undefined && other !== command.id)
        found.push({ chord, ids: [other, command.id] })
      owner.set(chord, command.id)
    }
  }
  return found
}
