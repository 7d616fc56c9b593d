/** A kind of background work. Progress, cancel and failure are the platform's; `run` does the work. */
import type { App } from '../app.ts'

export type JobProgress = {
  readonly done: number
  readonly total?: number
  readonly unit: 'bytes' | 'items' | 'steps'
}

export type JobRun = {
  readonly app: App
  readonly projectId: string
  readonly jobId: string
  /** Aborts when somebody cancels the job or the server stops. */
  readonly signal: AbortSignal
  /** True when the abort is a cancel by a person (the job ends), false when the server stops (it will be run again). */
  readonly cancelled: () => boolean
  /** Stored at most every half second, with rate and estimate worked out from it. */
  report(progress: JobProgress): void
}
/** `run` may be called again after a crash: it must go on where its committed work ends. Throw KasautiError for a readable failure. */
export type JobKind = { readonly kind: string; run(job: JobRun): Promise<void> }

/** Work that runs again and again, `everySeconds` after its last end: expired leases, old rows. */
export type Sweep = {
  readonly name: string
  readonly everySeconds: number
  run(app: App): Promise<void>
}
