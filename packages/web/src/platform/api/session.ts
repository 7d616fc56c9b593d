import { useSyncExternalStore } from 'react'

/** `ended`: the server no longer knows us. The screen stays; a sign-in dialog stands over it. */
type SessionState = 'good' | 'ended'
let state: SessionState = 'good'
const listeners = new Set<() => void>()

function set(next: SessionState): void {
  if (state === next) return
  state = next
  for (const listener of listeners) listener()
}
export const sessionEnded = (): void => set('ended')
export const sessionRenewed = (): void => set('good')

export const useSessionState = (): SessionState =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    () => state,
  )
