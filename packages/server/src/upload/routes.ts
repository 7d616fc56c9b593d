import { rm } from 'node:fs/promises'
import { KasautiError } from '@kasauti/core'
import { handlers } from '../platform/http/handler.ts'
import { loadSchema } from '../schema/index.ts'
import { firstRows, pathOf, settleOptions, uploadPath } from './open.ts'
import { presentPreview, presentUpload } from './presenter.ts'
import { receiveFile } from './receive.ts'
import {
  findEarlierImport,
  findSchemaVersionInForce,
  findUpload,
  insertUpload,
  type UploadRow,
} from './storage.ts'

const previewRows = 50

/** Only for showing: never a path. */
const shownName = (name: string): string =>
  name
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .replace(/^.*[\\/]/, '')
    .trim() || 'file'

export const routes = handlers({
  'upload.create': async (ctx, { params: { projectId }, query, stream }) => {
    const { app } = ctx
    const uploadId = app.newId()
    const fileName = shownName(query.fileName)
    const path = uploadPath(app.filesDir, { projectId, uploadId })
    const received = await receiveFile(stream, {
      path,
      fileName,
      limitBytes: app.config.uploadLimitBytes,
    })
    const { format, confidence, options } = received.detected
    const row: UploadRow = {
      project_id: projectId,
      upload_id: uploadId,
      file_name: fileName,
      bytes: received.bytes,
      sha256: received.sha256,
      detected: { format, ...options },
      confidence,
    }
    try {
      await insertUpload(ctx.db, { ...row, created_by: ctx.caller.userId, created_at: app.now() })
    } catch (error) {
      await rm(path, { force: true })
      throw error
    }
    return presentUpload(
      row,
      await findEarlierImport(ctx.db, { projectId, sha256: received.sha256 }),
    )
  },
  'upload.preview': async (ctx, { params, query }) => {
    const upload = await findUpload(ctx.db, params)
    if (!upload) throw new KasautiError('upload/not-found')
    const { projectId } = params
    const version = await findSchemaVersionInForce(ctx.db, projectId)
    const { schema } = await loadSchema(ctx.app, ctx.db, { projectId, version })
    const path = pathOf(ctx.app.filesDir, upload)
    const options = await settleOptions(path, upload, query)
    return presentPreview(schema, options, await firstRows(path, options, previewRows))
  },
})
