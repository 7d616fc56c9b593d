import type { KeyboardEvent } from 'react'

/** Arrow keys inside a radio group or toolbar: moves the focus among `[data-option]` children. */
export function moveAmongOptions(event: KeyboardEvent<HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.code]
  if (step === undefined) return
  const options = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-option]')]
  const at = options.indexOf(document.activeElement as HTMLElement)
  if (at < 0) return
  event.preventDefault()
  event.stopPropagation()
  options[(at + step + options.length) % options.length]?.focus()
}
