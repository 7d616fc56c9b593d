import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import {
  type Command,
  chordsOf,
  commandFor,
  type Focus,
  type Layer,
  liveLayers,
  type Rebound,
  type Scope,
} from './registry.ts'

let layers: readonly Layer[] = []
let rebound: Rebound = {}
let order = 0
let version = 0
const listeners = new Set<() => void>()
const changed = () => {
  version += 1
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const textBox =
  'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=range],[type=file]), textarea, select, [contenteditable]:not([contenteditable=false])'
const widget =
  'button, a[href], summary, [role=menu], [role=listbox], [role=tab], [role=option], [role=slider], [role=tree], [role=radiogroup], input'

/** Where the focus is; a menu or listbox counts as a widget, so its arrows stay its own. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'page'
  if (target.closest(textBox)) return 'text'
  return target.closest(widget) ? 'widget' : 'page'
}

const modalOpen = (): boolean => document.querySelector('[role=dialog][aria-modal=true]') !== null

function onKeyDown(event: KeyboardEvent): void {
  // 229: the input method took the key, also where isComposing is not set yet.
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
  const reachable = modalOpen() ? layers.filter((l) => l.scope === 'dialog') : layers
  const command = commandFor(event, { layers: reachable, rebound, focus: focusOf(event.target) })
  if (!command) return
  event.preventDefault()
  command.run()
}

/** Listen for keys; once per page. Returns what stops it. */
export function listenForKeys(): () => void {
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** Take over a person's rebound keys: chords by command id, from `preferences.keys`. */
export function rebindKeys(next: Rebound): void {
  rebound = next
  changed()
}
/**
 * Offer commands while this component is mounted. `run` and `when` are read anew on every render, so
 * closures may be used freely. Later components stand nearer: a nested one wins a shared chord.
 */
export function useCommands(commands: readonly Command[], scope: Scope = 'screen'): void {
  const latest = useRef(commands)
  // Numbered while rendering: parents before children, so that the nested one stands nearer.
  const [place] = useState(() => {
    order += 1
    return order
  })
  const shape = commands
    .map((c) => `${c.id} ${c.title} ${JSON.stringify(c.values ?? '')} ${c.keys.join(' ')}`)
    .join('|')
  useLayoutEffect(() => {
    latest.current = commands
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for the commands
  useEffect(() => {
    const own: Layer = {
      scope,
      order: place,
      commands: latest.current.map((command, at) => ({
        ...command,
        run: () => latest.current[at]?.run(),
        when: () => latest.current[at]?.when?.() ?? true,
      })),
    }
    layers = [...layers, own]
    changed()
    return () => {
      layers = layers.filter((l) => l !== own)
      changed()
    }
  }, [shape, scope, place])
}

export type Offered = Command & { readonly chords: readonly string[]; readonly scope: Scope }

/** The commands that can be run now, nearest first, with the chords in force. For palette and key help. */
export function useOffered(): readonly Offered[] {
  useSyncExternalStore(subscribe, () => version)
  return liveLayers(layers.filter((l) => l.scope !== 'dialog')).flatMap((l) =>
    l.commands
      .filter((c) => c.when?.() ?? true)
      .map((c) => ({ ...c, chords: chordsOf(c, rebound), scope: l.scope })),
  )
}

/** The first chord in force of a command, for the hint on its button. */
export function useChord(id: string, fallback?: string): string | undefined {
  useSyncExternalStore(subscribe, () => version)
  const command = layers.flatMap((l) => l.commands).find((c) => c.id === id)
  return command ? chordsOf(command, rebound)[0] : fallback
}

/** Listen once for the next whole chord: for the box in which a key is rebound. */
export function useCapture(onChord: (event: KeyboardEvent) => void): {
  readonly capturing: boolean
  start(): void
  stop(): void
} {
  const [capturing, setCapturing] = useState(false)
  const latest = useRef(onChord)
  useLayoutEffect(() => {
    latest.current = onChord
  })
  useEffect(() => {
    if (!capturing) return
    const onKey = (event: KeyboardEvent) => {
      event.preventDefault()
      event.stopPropagation()
      latest.current(event)
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [capturing])
  return { capturing, start: () => setCapturing(true), stop: () => setCapturing(false) }
}
