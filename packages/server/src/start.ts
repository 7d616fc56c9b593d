/** The whole server: database, jobs, HTTP; started in order and stopped in the opposite one. */
import type { ClientConfig } from 'pg'
import type { Logger } from 'pino'
import { features } from './features.ts'
import type { App } from './platform/app.ts'
import type { Config } from './platform/config.ts'
import { createApp } from './platform/create-app.ts'
import { lockDataDir } from './platform/data-lock.ts'
import { type Embedded, startEmbedded } from './platform/db/embedded.ts'
import { migrate } from './platform/db/migrate.ts'
import type { Feature } from './platform/feature.ts'
import { createHttp, forgetAnswers, type Handlers, listen } from './platform/http/index.ts'
import { startWorkers } from './platform/jobs/workers.ts'
import { createLog } from './platform/log.ts'
import { firstAdminLink, prepareDecoy } from './session/index.ts'

export type Server = {
  readonly app: App
  /** Where people reach it: PUBLIC_URL, or the address it listens at. */
  readonly url: string
  /** Where it listens. */
  readonly localUrl: string
  /** A one-time link to become the first admin; undefined once there are people. */
  readonly setupLink: string | undefined
  /** Finishes requests, stops jobs (they go on at the next start) and the database. */
  close(): Promise<void>
  /** Leaves everything where it is; the database recovers at the next start. */
  abandon(): void
}

export type ServerOptions = {
  /** The built web app. */
  readonly webDir?: string
  readonly log?: Logger
}

/** Start a server. Rejects with a readable message when it cannot, with nothing left running. */
export async function createServer(config: Config, options: ServerOptions = {}): Promise<Server> {
  const log = options.log ?? createLog(config.logLevel)
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) await last()
  }
  try {
    const lock = lockDataDir(config.dataDir)
    closers.push(lock.release)
    const embedded =
      config.databaseUrl === undefined ? await startOwnDatabase(config, log) : undefined
    if (embedded) closers.push(embedded.stop)
    const connection: ClientConfig = embedded?.connection ?? {
      connectionString: config.databaseUrl,
    }
    const migrated = await migrate(connection)
    if (migrated.length > 0)
      log.info({ migrations: migrated }, 'the database was brought up to date')
    const { app, close: closeApp } = createApp({ config, log, connection })
    closers.push(closeApp)
    const webDir = options.webDir === undefined ? {} : { webDir: options.webDir }
    const http = createHttp(app, allRoutes(features), webDir)
    const workers = await startWorkers(app, {
      connection,
      jobKinds: features.flatMap((f) => f.jobKinds ?? []),
      sweeps: [forgetAnswers, ...features.flatMap((f) => f.sweeps ?? [])],
    })
    closers.push(workers.close)
    const listening = await listen(app, http, config)
    closers.push(listening.close)
    const url = config.publicUrl ?? listening.url
    lock.setUrl(listening.url)
    const setupLink = await firstAdminLink(app, url)
    await prepareDecoy()
    return {
      app,
      url,
      localUrl: listening.url,
      setupLink,
      close,
      abandon: () => embedded?.abandon(),
    }
  } catch (error) {
    await close()
    throw error
  }
}

const startOwnDatabase = (config: Config, log: Logger): Promise<Embedded> =>
  startEmbedded({
    dataDir: config.dataDir,
    durability: 'durable',
    database: 'kasauti',
    onRestart: (reason) => log.error(reason),
  })

/** Throws when two features answer the same operation. */
function allRoutes(list: readonly Feature[]): Partial<Handlers> {
  const all: Record<string, unknown> = {}
  for (const { routes } of list) {
    for (const [name, handler] of Object.entries(routes ?? {})) {
      if (Object.hasOwn(all, name)) throw new Error(`two features answer ${name}`)
      all[name] = handler
    }
  }
  return all as Partial<Handlers>
}
