import { z } from 'zod'
import { ImportId, Instant, UploadId } from './ids.ts'
import { operations } from './operation.ts'
import { P } from './project.ts'

export const ReadOptions = z.object({
  format: z.string().max(40),
  encoding: z.string().max(40),
  delimiter: z.string().max(4).optional(),
  header: z.boolean().optional(),
})
export const Upload = z.object({
  uploadId: UploadId,
  fileName: z.string(),
  bytes: z.number().int(),
  sha256: z.string(),
  detected: ReadOptions,
  confidence: z.number(),
  /** The same bytes were imported into this project before. */
  importedBefore: z.object({ importId: ImportId, at: Instant, items: z.number().int() }).optional(),
})
export const PreviewColumn = z.object({ name: z.string(), samples: z.array(z.string()) })

/** Which column feeds what. `input` may name a part of an input (`chat.messages`); `key` identifies the item. */
export const Mapping = z.object({
  key: z.string().optional(),
  /** Column with how unsure a model is of the row, 0 to 1: for projects that hand out the most uncertain first. */
  uncertainty: z.string().optional(),
  inputs: z.record(
    z.string(),
    z.union([
      z.object({ column: z.string() }),
      z.object({ columns: z.record(z.string(), z.string()) }),
      z.object({ wholeRow: z.literal(true) }),
    ]),
  ),
})

/** Who brings data in. */
export const mayImport = ['lead', 'engineer', 'manager'] as const

export const uploadOperations = operations('upload', {
  create: {
    method: 'POST',
    path: '/projects/:projectId/uploads',
    summary: 'Upload a file: its bytes are the body, its name the query',
    may: mayImport,
    transport: 'upload',
    params: P,
    query: z.object({ fileName: z.string().min(1).max(255) }),
    output: Upload,
    errors: ['request/too-large', 'upload/unreadable'],
  },
  preview: {
    method: 'GET',
    path: '/projects/:projectId/uploads/:uploadId/preview',
    summary: 'First rows under the given reading options, with a proposed mapping',
    may: mayImport,
    params: P.extend({ uploadId: UploadId }),
    query: z.object({
      format: z.string().max(40).optional(),
      encoding: z.string().max(40).optional(),
      delimiter: z.string().max(4).optional(),
      header: z.stringbool().optional(),
    }),
    output: z.object({
      options: ReadOptions,
      columns: z.array(PreviewColumn),
      rows: z.array(
        z.object({ place: z.string(), problem: z.string().optional(), cells: z.array(z.string()) }),
      ),
      mapping: Mapping,
      formats: z.array(z.string()),
    }),
    errors: ['upload/not-found', 'upload/unreadable'],
  },
})
