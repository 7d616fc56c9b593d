/** Active time: the page is visible and has the focus, and the person did something within the last minute. */
export type ActiveClock = {
  readonly visible: boolean
  readonly focused: boolean
  readonly lastTouchMs: number
  readonly countedToMs: number
}
export const idleAfterMs = 60_000

export const newClock = (nowMs: number): ActiveClock => ({
  visible: true,
  focused: true,
  lastTouchMs: nowMs,
  countedToMs: nowMs,
})

/** Time worked since the clock was last read, and the clock read now. */
export function readClock(
  clock: ActiveClock,
  nowMs: number,
): { readonly clock: ActiveClock; readonly activeMs: number } {
  const until = Math.min(nowMs, clock.lastTouchMs + idleAfterMs)
  const activeMs = clock.visible && clock.focused ? Math.max(0, until - clock.countedToMs) : 0
  return { clock: { ...clock, countedToMs: Math.max(nowMs, clock.countedToMs) }, activeMs }
}

/** Something changed: read first, so that what was worked until now is counted under what held until now. */
export function notice(
  clock: ActiveClock,
  nowMs: number,
  change: { readonly visible?: boolean; readonly focused?: boolean; readonly touched?: true },
): { readonly clock: ActiveClock; readonly activeMs: number } {
  const read = readClock(clock, nowMs)
  const { touched, ...state } = change
  return {
    clock: { ...read.clock, ...state, lastTouchMs: touched ? nowMs : clock.lastTouchMs },
    activeMs: read.activeMs,
  }
}
