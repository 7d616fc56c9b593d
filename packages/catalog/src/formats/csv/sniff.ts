/** Guesses of how delimited text is written: its delimiter, and whether the first record names the columns. */
import { cutRecord } from './record.ts'

const delimiters = [',', ';', '\t', '|'] as const

const looked = 50

/** The first records of a text, cut at a delimiter; the last one is left out if it may be incomplete. */
export function firstRecords(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: (readonly string[])[] = []
  const how = { delimiter: delimiter.charCodeAt(0), last: text.length < 60_000 }
  for (let at = 0; at < text.length && records.length < looked; ) {
    const cut = cutRecord(text, at, how)
    if (cut === 'more' || cut === 'unclosed') break
    at = cut.next
    if (cut.cells.length > 1 || cut.cells[0] !== '') records.push(cut.cells)
  }
  return records
}

/** How well a delimiter explains the text: the share of records as wide as the first, by its width. */
function fit(text: string, delimiter: string): number {
  const records = firstRecords(text, delimiter)
  const width = records[0]?.length ?? 0
  if (width < 2) return 0
  const same = records.filter((r) => r.length === width).length / records.length
  return same * (records.length > 1 ? 1 : 0.7) * (1 - 1 / (width + 4))
}

/** The delimiter that cuts the text into records of one width, and how sure that is; a comma if there is none. */
export function sniffDelimiter(text: string): {
  readonly delimiter: string
  readonly sure: number
} {
  let best = { delimiter: ',', sure: 0 }
  for (const delimiter of delimiters) {
    const sure = fit(text, delimiter)
    if (sure > best.sure + 0.01) best = { delimiter, sure }
  }
  return best
}

const number = /^\s*[-+]?[\d.,\s]*\d[\d.,\s%]*$/
const knownNames =
  /^(id|key|text|texts|sentence|sentences|prompt|response|response_[ab]|label|labels|title|body|content|question|answer|lang|language|source|target|category|messages|conversation|name|url|date|item|model|score|पाठ|वाक्य|प्रश्न|उत्तर|शीर्षक)$/i
const nameLike = (cell: string): boolean =>
  cell.trim() !== '' && cell.length <= 80 && !number.test(cell) && !/[\r\n]/.test(cell)

const averageLength = (rows: readonly (readonly string[])[], column: number): number =>
  rows.reduce((sum, row) => sum + (row[column]?.length ?? 0), 0) / Math.max(1, rows.length)

/** Whether the first record names the columns: short, distinct words that look unlike what is below them. */
export function sniffHeader(records: readonly (readonly string[])[]): boolean {
  const [first, ...rest] = records
  if (!first?.every(nameLike) || new Set(first).size !== first.length) return false
  if (first.some((cell) => knownNames.test(cell.trim()))) return true
  if (rest.length === 0) return first.length > 1
  return first.some((cell, column) => {
    const cells = rest.map((row) => row[column] ?? '').filter((c) => c !== '')
    if (cells.length > 0 && cells.every((c) => number.test(c))) return true
    return averageLength(rest, column) > 2.5 * cell.length && averageLength(rest, column) > 24
  })
}

/** Column names that are all there and all different: `Text`, `Text (2)`, `column 3`. `__proto__` is no name. */
export function columnNames(header: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return header.map((raw, i) => {
    const trimmed = raw.trim()
    const wanted = trimmed === '' || trimmed === '__proto__' ? `column ${i + 1}` : trimmed
    let name = wanted
    for (let n = 2; seen.has(name); n++) name = `${wanted} (${n})`
    seen.add(name)
    return name
  })
}
