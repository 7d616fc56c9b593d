/** Rate and time left, from what a job reports. */
import type { JobProgress } from './job.ts'

export type StoredProgress = JobProgress & {
  readonly ratePerSecond?: number
  readonly secondsLeft?: number
}

export type Pace = { note(progress: JobProgress, nowMs: number): StoredProgress }

const windowMs = 10_000

/** Works the rate out over the last ten seconds, so that it follows the present and does not jump. */
export function createPace(): Pace {
  let seen: { readonly done: number; readonly atMs: number }[] = []
  return {
    note: (progress, nowMs) => {
      const last = seen.at(-1)
      if (last !== undefined && progress.done < last.done) seen = []
      seen.push({ done: progress.done, atMs: nowMs })
      // One older than the window stays, so that a slow job has a rate too.
      while (seen.length > 2 && (seen[1]?.atMs ?? 0) < nowMs - windowMs) seen.shift()
      const first = seen[0]
      const elapsed = first === undefined ? 0 : nowMs - first.atMs
      if (first === undefined || elapsed < 400) return progress
      const ratePerSecond = ((progress.done - first.done) / elapsed) * 1000
      if (progress.total === undefined || ratePerSecond <= 0) return { ...progress, ratePerSecond }
      const secondsLeft = Math.max(0, progress.total - progress.done) / ratePerSecond
      return { ...progress, ratePerSecond, secondsLeft }
    },
  }
}
