/** Work that runs every so often, by one process of the installation at a time. */
import { sql } from 'kysely'
import type { App } from '../app.ts'
import type { Sweep } from './job.ts'

/** Each first runs at once. Two nodes never run the same sweep at the same time. */
export function startSweeps(app: App, sweeps: readonly Sweep[]): { close(): Promise<void> } {
  let closed = false
  const timers = new Map<Sweep, NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const turn = (sweep: Sweep) => {
    const done = alone(app, sweep)
      .catch((err: unknown) => {
        if (!closed) app.log.error({ err, sweep: sweep.name }, 'a sweep failed')
      })
      .finally(() => {
        running.delete(done)
        if (!closed)
          timers.set(
            sweep,
            setTimeout(() => turn(sweep), sweep.everySeconds * 1000),
          )
      })
    running.add(done)
  }
  for (const sweep of sweeps) turn(sweep)
  return {
    close: async () => {
      closed = true
      for (const timer of timers.values()) clearTimeout(timer)
      await Promise.all(running)
    },
  }
}

const alone = (app: App, sweep: Sweep): Promise<void> =>
  app.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`sweep ${sweep.name}`}, 0)) as mine`.execute(
      trx,
    )
    if (rows[0]?.mine === true) await sweep.run(app)
  })
