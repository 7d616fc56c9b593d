import { createHash } from 'node:crypto'

/** JSON with sorted keys and no spaces: one text for one value. Undefined members are left out. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`)
  return `{${members.join(',')}}`
}

export type Hashed = {
  readonly annotationId: string
  readonly itemId: string
  readonly revision: number
  readonly authorId: string
  readonly schemaVersion: number
  readonly answers: unknown
  readonly activeMs: number
  readonly createdAt: Date
  /** Hash of the revision before; `undefined` of the first. */
  readonly previous: string | undefined
}

/**
 * SHA-256, in hex, of a revision's canonical JSON, the previous revision's hash included: changing an
 * old revision breaks every later one.
 */
export const revisionHash = (r: Hashed): string =>
  createHash('sha256')
    .update(
      canonicalJson({ ...r, createdAt: r.createdAt.toISOString(), previous: r.previous ?? null }),
    )
    .digest('hex')
