import { useEffect } from 'react'
import { heartbeats, keepActivity, type TrackedRunner } from './activity.ts'
import { watchPage } from './watch.ts'

const heartbeatMs = 15_000

/** Notices the person's activity at the item in view, sends it, shows it, and keeps the lease meanwhile. */
export function useActiveTime(runner: TrackedRunner | undefined): void {
  useEffect(() => {
    if (!runner) return
    const { tracking } = runner
    const unwatch = watchPage(tracking.recorder)
    const tick = setInterval(() => {
      const activeMs = tracking.recorder.tick()
      if (activeMs > 0) runner.dispatch({ kind: 'worked', activeMs })
    }, 1000)
    const beat = setInterval(heartbeats(runner), heartbeatMs)
    const keep = () => keepActivity(tracking)
    window.addEventListener('pagehide', keep)
    document.addEventListener('visibilitychange', keep)
    return () => {
      unwatch()
      keep()
      clearInterval(tick)
      clearInterval(beat)
      window.removeEventListener('pagehide', keep)
      document.removeEventListener('visibilitychange', keep)
    }
  }, [runner])
}
