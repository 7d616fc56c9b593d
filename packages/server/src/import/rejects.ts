/** The list of rejected rows as CSV, streamed from the database page by page. */
import { format, type WriteRow } from '@kasauti/catalog'
import type { Db } from '../platform/app.ts'
import { listRejects } from './storage.ts'

const pageSize = 1000
const columns = ['place', 'reason', 'raw'] as const

async function* pages(
  db: Db,
  at: { projectId: string; importId: string; rejected: number; kept: number },
): AsyncGenerator<readonly WriteRow[]> {
  for (let after = 0; ; ) {
    const rows = await listRejects(db, { ...at, after, limit: pageSize })
    yield rows.map(({ place, reason, raw }) => ({ columns: { place, reason, raw }, json: {} }))
    after = rows.at(-1)?.n ?? after
    if (rows.length < pageSize) break
  }
  const more = at.rejected - at.kept
  if (more > 0)
    yield [
      {
        columns: { place: '', reason: `${more} more rejected rows are not listed`, raw: '' },
        json: {},
      },
    ]
}

/** CSV of place, reason and the row as it was (its beginning). */
export function rejectsCsv(
  db: Db,
  at: { projectId: string; importId: string; rejected: number; kept: number },
): AsyncIterable<Uint8Array> {
  const csv = format('csv')
  if (!csv) throw new Error('no format csv')
  return csv.write(pages(db, at), columns)
}
