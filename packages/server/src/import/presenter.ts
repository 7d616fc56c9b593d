import type { Output } from '@kasauti/contract'
import { presentRun } from '../job/index.ts'
import type { ImportRow } from './storage.ts'

export const presentImport = (row: ImportRow): Output<'import.get'> => {
  const { stem: _, ...mapping } = row.mapping
  return {
    importId: row.import_id,
    jobId: row.job_id,
    fileName: row.file_name,
    batch: { batchId: row.batch_id, name: row.batch },
    items: row.items,
    rejected: row.rejected,
    duplicates: row.duplicates,
    sampleRejects: row.sample_rejects.map((r) => ({ place: r.place, reason: r.reason })),
    options: row.options,
    mapping: mapping as Output<'import.get'>['mapping'],
    startedBy: row.started_by,
    createdAt: row.created_at,
    ...presentRun(row),
  }
}
