/** Waiting for a job of the server, telling how far it is. */
import { setTimeout as sleep } from 'node:timers/promises'
import { complain, createStatusLine } from './print.ts'
import { progressText } from './progress-text.ts'

type Followed = {
  readonly state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  readonly progress: Parameters<typeof progressText>[0]
}

/**
 * Asks every half second until the job has ended. The first Ctrl-C stops the job, the second leaves it
 * to itself and ends the program with 130.
 */
export async function follow<T extends Followed>(o: {
  readonly first: T
  readonly title: string
  look(now: T): Promise<T>
  cancel(now: T): Promise<unknown>
}): Promise<T> {
  const status = createStatusLine()
  const pressed = new AbortController()
  const press = () => {
    if (!pressed.signal.aborted) return pressed.abort()
    status.end()
    complain('Left alone: it goes on at the server.')
    process.exit(130)
  }
  process.on('SIGINT', press)
  try {
    let now = o.first
    let stopped = false
    while (now.state === 'queued' || now.state === 'running') {
      if (pressed.signal.aborted && !stopped) {
        stopped = true
        complain('Stopping it at the server. Press again to leave it alone.')
        // It may have ended by itself meanwhile.
        await o.cancel(now).catch(() => undefined)
      }
      status.show(`${o.title}: ${progressText(now.progress)}`)
      await sleep(500, undefined, stopped ? {} : { signal: pressed.signal }).catch(() => undefined)
      now = await o.look(now)
    }
    return now
  } finally {
    status.end()
    process.off('SIGINT', press)
  }
}
