import type { SchemaRow } from './storage.ts'

export const presentVersion = (row: Omit<SchemaRow, 'schema'>) => ({
  version: row.version,
  note: row.note,
  createdAt: row.created_at,
  createdBy: row.created_by,
})
