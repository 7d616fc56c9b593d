/** Starting an import: everything that can be told before a row is read. */

import type { Input } from '@kasauti/contract'
import { KasautiError } from '@kasauti/core'
import { intoBatch } from '../batch/index.ts'
import type { Db } from '../platform/app.ts'
import type { Ctx } from '../platform/http/handler.ts'
import { startJob } from '../platform/jobs/index.ts'
import { loadSchema } from '../schema/index.ts'
import {
  findEarlierImport,
  findUpload,
  firstRows,
  type Mapping,
  pathOf,
  proposeMapping,
  settleOptions,
  type UploadRow,
} from '../upload/index.ts'
import { checkMapping, stemOf } from './feed.ts'
import { importKind } from './job.ts'
import { findProjectForImport, insertImport, lockFile, lockStems } from './storage.ts'

const lookedAt = 50

async function settle(ctx: Ctx, upload: UploadRow, asked: Input<'import.start'>['body']) {
  const projectId = upload.project_id
  const project = await findProjectForImport(ctx.db, projectId)
  if (!project) throw new KasautiError('project/not-found')
  if (project.archived) throw new KasautiError('project/archived')
  const version = project.schema_version
  const { schema } = await loadSchema(ctx.app, ctx.db, { projectId, version })
  const path = pathOf(ctx.app.filesDir, upload)
  const options = await settleOptions(path, upload, asked.options ?? {})
  const rows = (await firstRows(path, options, lookedAt)).flatMap((r) =>
    'row' in r ? [r.row] : [],
  )
  const mapping: Mapping = asked.mapping ?? proposeMapping(schema, rows)
  const problems = checkMapping(schema, mapping, new Set(rows.flatMap((r) => Object.keys(r))))
  if (problems.length > 0)
    throw new KasautiError(
      'import/mapping-invalid',
      problems.map((p) => `${p.path}: ${p.message}`).join('; '),
      { problems },
    )
  return { options, mapping }
}

async function refuseTwice(ctx: Ctx, upload: UploadRow): Promise<void> {
  const at = { projectId: upload.project_id, sha256: upload.sha256 }
  const earlier = await findEarlierImport(ctx.db, at)
  if (earlier)
    throw new KasautiError(
      'import/duplicate-file',
      `The same file was imported on ${earlier.created_at.toISOString().slice(0, 10)}. Import it again only if that is what you want.`,
    )
}

/** `rows`, else `rows.2` and so on: another file of a like name must not pass for the same rows. */
async function freeStem(db: Db, at: { projectId: string; stem: string }): Promise<string> {
  const taken = await lockStems(db, at)
  let stem = at.stem
  for (let n = 2; taken.has(stem); n++) stem = `${at.stem}.${n}`
  return stem
}

/** Records the import and queues its job. Gives the import's id. */
export async function startImport(ctx: Ctx, input: Input<'import.start'>): Promise<string> {
  const { projectId } = input.params
  const { app, db } = ctx
  const upload = await findUpload(db, { projectId, uploadId: input.body.uploadId })
  if (!upload) throw new KasautiError('upload/not-found')
  const { options, mapping } = await settle(ctx, upload, input.body)
  await lockFile(db, { projectId, sha256: upload.sha256 })
  if (!input.body.again) await refuseTwice(ctx, upload)
  const stem = await freeStem(db, { projectId, stem: stemOf(upload.file_name) })
  const batchId = await intoBatch(ctx, projectId, input.body.batch)
  const importId = app.newId()
  const jobId = await startJob(db, app, {
    projectId,
    kind: importKind,
    title: upload.file_name,
    createdBy: ctx.caller.userId,
    unit: 'bytes',
    total: upload.bytes,
  })
  await insertImport(db, {
    projectId,
    importId,
    jobId,
    batchId,
    uploadId: upload.upload_id,
    sha256: upload.sha256,
    fileName: upload.file_name,
    options,
    mapping: { ...mapping, stem },
    createdBy: ctx.caller.userId,
    now: ctx.now,
  })
  return importId
}
