/** Files of uploads do not stay for ever; what is known of them does. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../platform/app.ts'
import type { Sweep } from '../platform/jobs/index.ts'
import { findUploadsInUse } from './storage.ts'

const hour = 3_600_000
const day = 24 * hour
/** Nothing was written to it for so long: nobody is writing any more. */
const partKept = 6 * hour
const notImportedKept = 7 * day
const importedKept = 30 * day

const below = (dir: string) => readdir(dir, { withFileTypes: true }).catch(() => [])

async function olderThan(path: string, before: Date): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found !== undefined && found.mtime < before
}

/** Half-written files that their writers left behind. */
async function removeParts(dir: string, before: Date): Promise<void> {
  for (const entry of await below(dir)) {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) await removeParts(path, before)
    else if (entry.name.endsWith('.part') && (await olderThan(path, before)))
      await rm(path, { force: true })
  }
}

async function sweepProject(app: App, projectId: string): Promise<void> {
  const dir = join(app.filesDir, 'uploads', projectId)
  const now = app.now().getTime()
  const ids = (await below(dir)).filter((e) => e.isFile() && uuid.test(e.name)).map((e) => e.name)
  const inUse = await findUploadsInUse(app.db, {
    projectId,
    uploadIds: ids,
    uploadedAfter: new Date(now - notImportedKept),
    finishedAfter: new Date(now - importedKept),
  })
  // A file is there a moment before its row.
  for (const id of ids.filter((id) => !inUse.has(id)))
    if (await olderThan(join(dir, id), new Date(now - day)))
      await rm(join(dir, id), { force: true })
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const sweepUploads: Sweep = {
  name: 'upload.old-files',
  everySeconds: 3600,
  run: async (app) => {
    const uploads = join(app.filesDir, 'uploads')
    const before = new Date(app.now().getTime() - partKept)
    await removeParts(uploads, before)
    await removeParts(join(app.filesDir, 'deliveries'), before)
    for (const entry of await below(uploads))
      if (entry.isDirectory() && uuid.test(entry.name)) await sweepProject(app, entry.name)
  },
}

export const sweeps: readonly Sweep[] = [sweepUploads]
