/** The report as rows of CSV: times in seconds. */
import { format, type WriteRow } from '@kasauti/catalog'
import { encodeId, localText } from '@kasauti/core'
import type { Distribution } from './distribution.ts'
import type { Report } from './report.ts'

const seconds = (ms: number | undefined): number | string =>
  ms === undefined ? '' : Math.round(ms / 100) / 10

const times = (d: Distribution) => ({
  handlings: d.n,
  'of these reported by clients': d.reported,
  'p10 seconds': seconds(d.p10Ms),
  'median seconds': seconds(d.medianMs),
  'p90 seconds': seconds(d.p90Ms),
  'active seconds in all': seconds(d.activeMs),
})
const headers = [
  'what',
  'id',
  'name',
  ...Object.keys(times({ n: 0, reported: 0, activeMs: 0, bars: [] })),
]

export function reportCsv(report: Report, by: string): AsyncIterable<Uint8Array> {
  const csv = format('csv')
  if (!csv) throw new Error('no format csv')
  const rows = [
    { what: 'all', id: '', name: '', ...times(report.all) },
    ...report.rows.map((row) => ({
      what: by,
      id: idOf(row),
      name: row.name ?? row.day ?? row.stage ?? '',
      ...times(row),
    })),
    ...report.fields.map((field) => ({
      what: 'field',
      id: field.field,
      name: field.title ? localText(field.title, 'en') : '',
      ...times(field),
    })),
  ]
  async function* pages() {
    yield rows.map((columns): WriteRow => ({ columns, json: {} }))
  }
  return csv.write(pages(), headers)
}

function idOf(row: Report['rows'][number]): string {
  if (row.batchId !== undefined) return encodeId('bat', row.batchId)
  return row.userId === undefined ? '' : encodeId('usr', row.userId)
}
