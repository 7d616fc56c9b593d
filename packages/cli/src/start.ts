import { createServer, loadConfig, type Server } from '@kasauti/server'
import type { Command } from './command.ts'
import { complain, say } from './print.ts'
import { buildWeb, webDir, webState } from './web-build.ts'

export const start: Command = {
  name: 'start',
  summary: 'Start the server; prints its address and, the first time, a link to sign in.',
  takes: [],
  options: { 'no-web': { help: 'serve the API alone: do not build or serve the web app' } },
  run: async (args) => {
    const config = loadConfig(process.env)
    const web = args.has('no-web') ? {} : { webDir: await prepareWeb() }
    // The web app is for every user of the machine, what is kept for this one alone.
    process.umask(0o077)
    const stopped = onStop()
    const server = await createServer(config, web)
    greet(server)
    return stopped.wait(server)
  },
}

async function prepareWeb(): Promise<string> {
  const state = webState()
  if (state === 'present') return webDir
  say(
    state === 'missing'
      ? 'Building the web app (once, about half a minute) ...'
      : 'The web app changed: building it anew ...',
  )
  try {
    await buildWeb()
  } catch (error) {
    if (state === 'missing') throw error
    complain(error instanceof Error ? error.message : String(error))
    complain('Going on with the web app as it was built before.')
  }
  return webDir
}

function greet(server: Server): void {
  say(`Kasauti is running at ${server.url}`)
  if (server.setupLink !== undefined) {
    say('')
    say('Nobody has an account yet. Open this link once, within a day, to become the first admin:')
    say(`  ${server.setupLink}`)
    say('')
  }
  say('Ctrl-C stops it.')
}

/** The first signal stops well, the second at once. A bug that nobody caught stops well too, with code 1. */
function onStop() {
  let server: Server | undefined
  let signals = 0
  let failed = false
  let finish: (code: number) => void = () => {}
  const ended = new Promise<number>((done) => {
    finish = done
  })
  const stop = () => {
    signals++
    if (signals > 1) {
      complain('Stopping at once.')
      server?.abandon()
      process.exit(130)
    }
    if (server === undefined) return
    say('Stopping: finishing what is under way. Press again to stop at once.')
    server.close().then(
      () => finish(failed ? 1 : 0),
      (error: unknown) => {
        complain(`Not stopped cleanly: ${String(error)}`)
        finish(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('uncaughtException', (error) => {
    failed = true
    complain(error.stack ?? String(error))
    if (signals === 0) stop()
  })
  return {
    wait: (running: Server) => {
      server = running
      if (signals > 0) {
        signals = 0
        stop()
      }
      return ended
    },
  }
}
