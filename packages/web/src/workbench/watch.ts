/** Tells a recorder what happens on this page. */
import type { Recorder } from './recorder.ts'

const touches = [
  'keydown',
  'pointerdown',
  'pointermove',
  'touchmove',
  'wheel',
  'scroll',
  'input',
] as const
const mediaEvents = ['play', 'playing', 'pause', 'ended', 'emptied'] as const

const fieldInFocus = (): string | undefined => {
  const spot = document.activeElement?.closest<HTMLElement>('[data-spot]')?.dataset['spot']
  return spot?.split('.')[0]
}
const plays = (media: HTMLMediaElement): boolean =>
  !media.paused && !media.ended && media.readyState > media.HAVE_CURRENT_DATA && media.isConnected

/** @returns what ends the watching */
export function watchPage(recorder: Recorder): () => void {
  const media = new Set<HTMLMediaElement>()
  const seen = () =>
    recorder.page({
      visible: document.visibilityState === 'visible',
      focused: document.hasFocus(),
      field: fieldInFocus(),
    })
  const touched = () => recorder.touch()
  // Media events do not bubble, but they can be caught on their way down.
  const heard = (event: Event) => {
    if (event.target instanceof HTMLMediaElement) media.add(event.target)
    look()
  }
  const look = () => {
    for (const one of media) if (!plays(one)) media.delete(one)
    recorder.page({ playing: media.size > 0 })
  }
  // What is taken off the page while it plays says nothing any more.
  const looking = setInterval(() => media.size > 0 && look(), 1000)
  const caught = { capture: true, passive: true }
  for (const name of touches) window.addEventListener(name, touched, caught)
  for (const name of mediaEvents) window.addEventListener(name, heard, caught)
  for (const name of ['focus', 'blur', 'pageshow'] as const) window.addEventListener(name, seen)
  // The element that has the focus is known once the event is over.
  const moved = () => queueMicrotask(seen)
  document.addEventListener('focusin', moved)
  document.addEventListener('focusout', moved)
  document.addEventListener('visibilitychange', seen)
  seen()
  // Whoever has just come here came by a key or a click.
  if (document.hasFocus()) recorder.touch()
  return () => {
    clearInterval(looking)
    for (const name of touches) window.removeEventListener(name, touched, caught)
    for (const name of mediaEvents) window.removeEventListener(name, heard, caught)
    for (const name of ['focus', 'blur', 'pageshow'] as const)
      window.removeEventListener(name, seen)
    document.removeEventListener('focusin', moved)
    document.removeEventListener('focusout', moved)
    document.removeEventListener('visibilitychange', seen)
    recorder.page({ visible: false, focused: false, playing: false })
  }
}
