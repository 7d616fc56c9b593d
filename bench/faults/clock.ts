/** The page's clock of one person: hours pass at once, and it may be set to another time. */
export type PageClock = {
  later(ms: number, run: () => void): () => void
  /** Time goes on; what was due by then runs, in order. */
  pass(ms: number): void
  /** Timers of a page that went away never run. */
  forget(): void
}

export function pageClock(): PageClock {
  let now = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  return {
    later(ms, run) {
      const timer = { at: now + ms, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((t) => t !== timer)
      }
    },
    pass(ms) {
      now += ms
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.at - b.at)
        if (next === undefined || next.at > now) return
        timers = timers.filter((t) => t !== next)
        next.run()
      }
    },
    forget() {
      timers = []
    },
  }
}
