import { useSyncExternalStore } from 'react'

/** Which of the page's two helpers is open. */
export type Help = 'none' | 'palette' | 'keys'
let help: Help = 'none'
const listeners = new Set<() => void>()

export function openHelp(next: Help): void {
  help = next
  for (const listener of listeners) listener()
}
export const useHelp = (): Help =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    () => help,
  )
