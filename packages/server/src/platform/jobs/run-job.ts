/** One run of one job: its row, its progress, its end. */
import { KasautiError } from '@kasauti/core'
import type { App } from '../app.ts'
import type { JobKind, JobProgress } from './job.ts'
import { createPace } from './progress.ts'
import {
  findJobStanding,
  type JobKey,
  setFinished,
  setProgress,
  setQueued,
  setRunning,
} from './storage.ts'

const storeMs = 500

/**
 * Run it. Rejects only where the same job should be tried again: the server stops, or the database went
 * away. A KasautiError becomes the job's readable error, anything else a note that it is a bug.
 * @param stopping aborts when the server stops
 */
export async function runJob(
  app: App,
  kind: JobKind,
  o: JobKey & { readonly stopping: AbortSignal },
): Promise<void> {
  const key = { projectId: o.projectId, jobId: o.jobId }
  const standing = await findJobStanding(app.db, key)
  if (standing === undefined || (standing.state !== 'queued' && standing.state !== 'running'))
    return
  const tell = () =>
    app.announce({ kind: 'job.changed', projectId: key.projectId, payload: { jobId: key.jobId } })
  const finish = async (state: 'done' | 'failed' | 'cancelled', error: string | null) => {
    await setFinished(app.db, key, { state, error, at: app.now() })
    tell()
  }
  if (standing.cancelRequested) return finish('cancelled', null)
  await setRunning(app.db, key, app.now())
  tell()

  const controller = new AbortController()
  let cancelled = false
  const cancel = () => {
    cancelled = true
    controller.abort(new KasautiError('job/not-running', 'The job was cancelled.'))
  }
  const stop = () => controller.abort(new Error('the server stops'))
  o.stopping.addEventListener('abort', stop, { once: true })
  if (o.stopping.aborted) stop()
  const keeper = keepProgress(app, { key, tell, cancel })
  let failure: unknown
  try {
    await kind.run({
      app,
      ...key,
      signal: controller.signal,
      cancelled: () => cancelled,
      report: keeper.report,
    })
  } catch (error) {
    failure = error ?? new Error('a job failed without an error')
  } finally {
    o.stopping.removeEventListener('abort', stop)
    await keeper.end()
  }
  if (cancelled) return finish('cancelled', null)
  if (failure === undefined) return finish('done', null)
  if (o.stopping.aborted || isOutage(failure)) {
    await setQueued(app.db, key).catch(() => {})
    throw failure
  }
  if (failure instanceof KasautiError) return finish('failed', failure.message)
  app.log.error({ err: failure, kind: kind.kind, ...key }, 'a job failed')
  if (isDiskFull(failure))
    return finish('failed', 'The disk of the server is full. Free some space and start it again.')
  await finish('failed', 'The server made a mistake. Its log says more.')
}

/** Stores at most every half second, and looks as often whether the job is to be cancelled. */
function keepProgress(app: App, o: { key: JobKey; tell: () => void; cancel: () => void }) {
  const pace = createPace()
  let latest: JobProgress | undefined
  let stored: JobProgress | undefined
  let writing: Promise<void> = Promise.resolve()
  const store = async () => {
    if (latest === undefined || latest === stored) {
      const standing = await findJobStanding(app.db, o.key)
      if (standing?.cancelRequested === true) o.cancel()
      return
    }
    const progress = latest
    const asked = await setProgress(app.db, o.key, pace.note(progress, performance.now()))
    stored = progress
    o.tell()
    if (asked) o.cancel()
  }
  const write = () => {
    writing = writing
      .then(store)
      .catch((err: unknown) => app.log.warn({ err }, 'progress was not stored'))
    return writing
  }
  const timer = setInterval(() => void write(), storeMs)
  return {
    report: (progress: JobProgress) => {
      latest = progress
    },
    end: async () => {
      clearInterval(timer)
      await write()
    },
  }
}

/** Of the file system, or of the database (53100). */
const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^(?:ENOSPC|EDQUOT|53100)$/.test(String(error.code))

/** The database restarts or the network broke: nothing the job could have done better. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(?:08...|57P0.|ECONN.*|EPIPE|ENOENT)$/.test(code) ||
    /connection terminated|connection ended|not queryable/i.test(error.message)
  )
}
