/** What the system page says about the installation's health. */
import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import type { Check } from '@kasauti/contract'
import type { z } from 'zod'
import type { App } from '../platform/app.ts'
import type { DatabaseFacts } from './storage.ts'

type Finding = z.output<typeof Check>
const gigabyte = 1e9
const leastFreeGigabytes = 5

export async function checkInstallation(app: App, database: DatabaseFacts): Promise<Finding[]> {
  return [
    {
      name: 'database',
      ok: database.fsync === 'on',
      detail: `PostgreSQL ${database.version}, fsync ${database.fsync}`,
      ...(database.fsync === 'on'
        ? {}
        : { advice: 'Set fsync = on: without it a power cut can lose work.' }),
    },
    await checkDataDir(app.filesDir),
    await checkDisk(app.filesDir),
    checkAddress(app.config),
  ]
}

async function checkDataDir(dir: string): Promise<Finding> {
  try {
    await access(dir, constants.W_OK)
    return { name: 'data-directory', ok: true, detail: 'can be written' }
  } catch {
    const advice = 'Give the server its directory back, or set DATA_DIR.'
    return { name: 'data-directory', ok: false, detail: 'cannot be written', advice }
  }
}

async function checkDisk(dir: string): Promise<Finding> {
  try {
    const { bavail, bsize } = await statfs(dir)
    const free = (bavail * bsize) / gigabyte
    const ok = free >= leastFreeGigabytes
    const advice = 'Make room, or move the data directory to a larger disk.'
    return { name: 'disk', ok, detail: `${free.toFixed(1)} GB free`, ...(ok ? {} : { advice }) }
  } catch {
    return { name: 'disk', ok: false, detail: 'not known', advice: 'Look whether DATA_DIR exists.' }
  }
}

/** Beyond this machine, passwords and labels should not travel in the clear. */
function checkAddress(config: App['config']): Finding {
  const local = /^(?:127\.|localhost$|::1$)/.test(config.host)
  const ok = local || config.publicUrl?.startsWith('https:') === true
  const detail = config.publicUrl ?? `http://${config.host}:${config.port}`
  const advice = 'Put a TLS proxy before it and set PUBLIC_URL to its https address.'
  return { name: 'address', ok, detail, ...(ok ? {} : { advice }) }
}
