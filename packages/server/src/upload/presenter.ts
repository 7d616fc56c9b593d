import { formats, type ReadRow, type TaskSchema } from '@kasauti/catalog'
import { clip } from '@kasauti/core'
import { proposeMapping } from './propose-mapping.ts'
import type { EarlierImport, ReadOptions, UploadRow } from './storage.ts'

export const presentUpload = (row: UploadRow, earlier: EarlierImport | undefined) => ({
  uploadId: row.upload_id,
  fileName: row.file_name,
  bytes: row.bytes,
  sha256: row.sha256,
  detected: row.detected,
  confidence: Math.round(row.confidence * 1000) / 1000,
  ...(earlier
    ? {
        importedBefore: {
          importId: earlier.import_id,
          at: earlier.created_at,
          items: earlier.items,
        },
      }
    : {}),
})

/** Widest preview: a file of 2,000 columns is still told about, not shown whole. */
const shownColumns = 200
const cellLength = 400

const textOf = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'string'
      ? value
      : (JSON.stringify(value) ?? '')

/** The first rows as a table, with a mapping to start from. */
export function presentPreview(schema: TaskSchema, options: ReadOptions, rows: readonly ReadRow[]) {
  const good = rows.flatMap((r) => ('row' in r ? [r.row] : []))
  const names = [...new Set(good.flatMap((row) => Object.keys(row)))].slice(0, shownColumns)
  const samplesOf = (name: string): string[] => {
    const texts = good.map((row) => clip(textOf(row[name]), 120)).filter((t) => t.trim() !== '')
    return [...new Set(texts)].slice(0, 3)
  }
  return {
    options,
    columns: names.map((name) => ({ name, samples: samplesOf(name) })),
    rows: rows.map((r) =>
      'row' in r
        ? { place: r.place, cells: names.map((name) => clip(textOf(r.row[name]), cellLength)) }
        : { place: r.place, problem: r.problem, cells: [clip(r.raw, cellLength)] },
    ),
    mapping: proposeMapping(schema, good),
    formats: formats.map((f) => f.name),
  }
}
