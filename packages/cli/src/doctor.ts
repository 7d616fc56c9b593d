import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { createServer as createSocket } from 'node:net'
import { dirname, resolve } from 'node:path'
import {
  type Config,
  type Finding,
  findBinaries,
  inspectDatabase,
  loadConfig,
  lockHolder,
  withDatabase,
} from '@kasauti/server'
import type { Command } from './command.ts'
import { bytesText, say } from './print.ts'
import { webState } from './web-build.ts'

export const doctor: Command = {
  name: 'doctor',
  summary: 'Look an installation over and say what is wrong and what to do about it.',
  takes: [],
  options: { json: { help: 'print the findings as JSON' } },
  run: async (args) => {
    const findings = await examine()
    if (args.has('json')) say(JSON.stringify(findings, null, 2))
    else for (const f of findings) print(f)
    const wrong = findings.filter((f) => !f.ok).length
    if (!args.has('json')) say(wrong === 0 ? '\nAll is well.' : `\nWrong: ${wrong}.`)
    return wrong === 0 ? 0 : 1
  },
}

function print(f: Finding): void {
  say(`${f.ok ? 'ok   ' : 'WRONG'} ${f.name.padEnd(15)} ${f.detail}`)
  if (f.advice !== undefined) say(`      ${' '.repeat(15)} -> ${f.advice}`)
}

async function examine(): Promise<readonly Finding[]> {
  let config: Config
  try {
    config = loadConfig(process.env)
  } catch (error) {
    return [nodeVersion(), wrong('settings', error, 'Correct them and run doctor again.')]
  }
  return [
    nodeVersion(),
    dataDirectory(config),
    ...(config.filesDir === config.dataDir ? [] : [filesDirectory(config)]),
    space(config),
    binaries(config),
    ...(await database(config)),
    await port(config),
    web(),
    browser(),
  ]
}

const wrong = (name: string, error: unknown, advice: string): Finding => ({
  name,
  ok: false,
  detail: error instanceof Error ? error.message : String(error),
  advice,
})

function nodeVersion(): Finding {
  const major = Number(process.versions.node.split('.')[0])
  const detail = `version ${process.versions.node}`
  return major >= 24
    ? { name: 'Node', ok: true, detail }
    : {
        name: 'Node',
        ok: false,
        detail,
        advice:
          'Use "npm start" and "npm run kasauti", which bring Node 24; run "npm ci" if they do not.',
      }
}

/** The nearest directory that is there. */
function existing(path: string): string {
  return existsSync(path) ? path : existing(dirname(resolve(path)))
}

const dataDirectory = (config: Config): Finding =>
  directory('data directory', config.dataDir, 'DATA_DIR')
const filesDirectory = (config: Config): Finding =>
  directory('files directory', config.filesDir, 'FILES_DIR')

function directory(name: string, path: string, setting: string): Finding {
  const at = existing(path)
  try {
    accessSync(at, constants.W_OK | constants.X_OK)
    return { name, ok: true, detail: at === path ? path : `${path} (will be made)` }
  } catch {
    return {
      name,
      ok: false,
      detail: `${at} is not writable`,
      advice: `Start as the user that owns it, or set ${setting} to another directory.`,
    }
  }
}

function space(config: Config): Finding {
  const { bavail, bsize } = statfsSync(existing(config.dataDir))
  const free = bavail * bsize
  const detail = `${bytesText(free)} free`
  return free > 5e9
    ? { name: 'disk', ok: true, detail }
    : {
        name: 'disk',
        ok: false,
        detail,
        advice: 'Keep at least 5 GB free: a large import alone may write that much.',
      }
}

function binaries(config: Config): Finding {
  if (config.databaseUrl !== undefined)
    return { name: 'database', ok: true, detail: 'another PostgreSQL, by DATABASE_URL' }
  try {
    return { name: 'database', ok: true, detail: `embedded, package ${findBinaries().version}` }
  } catch (error) {
    return wrong('database', error, 'Run "npm ci" again, or set DATABASE_URL.')
  }
}

async function database(config: Config): Promise<readonly Finding[]> {
  const fresh = config.databaseUrl === undefined && !existsSync(config.dataDir)
  if (fresh) return [{ name: 'PostgreSQL', ok: true, detail: 'not made yet: the first start does' }]
  try {
    return await withDatabase(config, (connection) => inspectDatabase(connection, () => new Date()))
  } catch (error) {
    return [
      wrong(
        'PostgreSQL',
        error,
        config.databaseUrl === undefined
          ? 'See postgres.log in the data directory.'
          : 'Check DATABASE_URL, and that the database accepts connections from here.',
      ),
    ]
  }
}

async function port(config: Config): Promise<Finding> {
  const holder = lockHolder(config.dataDir)
  if (holder !== undefined)
    return {
      name: 'server',
      ok: true,
      detail: `running${holder.url === undefined ? '' : ` at ${holder.url}`} (process ${holder.pid})`,
    }
  const problem = await new Promise<Error | undefined>((done) => {
    const socket = createSocket()
    socket.once('error', done)
    socket.listen(config.port, config.host, () => socket.close(() => done(undefined)))
  })
  if (problem === undefined)
    return { name: 'port', ok: true, detail: `${config.host}:${config.port} is free` }
  return wrong('port', problem, 'Another program has the port: set PORT to another one.')
}

function web(): Finding {
  const said = {
    present: 'built',
    outdated: 'older than its sources: the next start builds it',
    missing: 'not built yet: the next start does',
  }
  try {
    return { name: 'web app', ok: true, detail: said[webState()] }
  } catch (error) {
    return wrong(
      'web app',
      error,
      'Built by another user: remove packages/web/dist, or give it to this one.',
    )
  }
}

function browser(): Finding {
  const found = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(
    (p) => existsSync(p),
  )
  return { name: 'browser here', ok: true, detail: found ?? 'none (needed for the tests only)' }
}
