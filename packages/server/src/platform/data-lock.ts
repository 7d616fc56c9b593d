/** One server for a data directory: the file names who has it. A process that died leaves nothing behind that counts. */
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Holder = z.object({
  pid: z.number().int(),
  /** Distinguishes the process from a later one with the same number; empty where that cannot be known. */
  born: z.string(),
  url: z.string().optional(),
})
export type Holder = z.infer<typeof Holder>

export type DataLock = {
  /** Tell others where the server is. */
  setUrl(url: string): void
  release(): void
}

const fileOf = (dataDir: string) => join(dataDir, 'server.json')

/** The server that has the directory now, if one does. */
export function lockHolder(dataDir: string): Holder | undefined {
  try {
    const holder = Holder.parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')))
    return isAlive(holder.pid) && bornOf(holder.pid) === holder.born ? holder : undefined
  } catch {
    return undefined
  }
}

/** Take the directory. Throws when a living server has it. */
export function lockDataDir(dataDir: string): DataLock {
  mkdirSync(dataDir, { recursive: true })
  const file = fileOf(dataDir)
  const mine: Holder = { pid: process.pid, born: bornOf(process.pid) }
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, JSON.stringify(mine), { mode: 0o600 })
  try {
    for (;;) {
      try {
        // A link either makes the name or fails: two servers cannot both get it.
        linkSync(fresh, file)
        break
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
        const holder = lockHolder(dataDir)
        if (holder !== undefined) {
          const where = holder.url === undefined ? '' : ` at ${holder.url}`
          throw new Error(
            `Kasauti is already running on ${dataDir}${where} (process ${holder.pid}).`,
          )
        }
        rmSync(file, { force: true })
      }
    }
  } finally {
    rmSync(fresh, { force: true })
  }
  return {
    setUrl: (url) => writeFileSync(file, JSON.stringify({ ...mine, url }), { mode: 0o600 }),
    release: () => rmSync(file, { force: true }),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The kernel's start time of a process (field 22 of /proc/pid/stat), in ticks since boot. */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
