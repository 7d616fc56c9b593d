import type { Format, ReadRow, WriteRow } from '../../kinds.ts'
import { brokenIn, encodingNamed, guessEncoding, headText, toUtf8 } from '../encoding.ts'
import { type Line, linesOf, rawLimit } from '../lines.ts'
import { nulProblem, tooLongProblem } from '../text-rows.ts'

function problemOf(line: Line, limit: number, broken: string | undefined): string | undefined {
  if (line.tooLong) return tooLongProblem(limit)
  if (broken) return `Row ${broken.charAt(0).toLowerCase()}${broken.slice(1)}`
  return line.text.includes('\0') ? nulProblem : undefined
}

const oneLine = (row: WriteRow, columns: readonly string[]): string => {
  const value = row.columns[columns[0] ?? '']
  return String(value ?? '').replace(/[\r\n]+/g, ' ')
}

/** Plain text: one item a line. Empty lines are passed over. */
export const txt = {
  name: 'txt',
  extensions: ['txt', 'text'],
  mediaType: 'text/plain',
  detect(head, fileName) {
    const { encoding, sure } = guessEncoding(head)
    const named = /\.(txt|text)$/i.test(fileName)
    const empty = headText(head, encoding).trim() === ''
    return { confidence: empty && !named ? 0 : (named ? 0.88 : 0.3) * sure, options: { encoding } }
  },
  async *read(chunks, options, limits) {
    const encoding = encodingNamed(options.encoding) ?? options.encoding
    const limit = limits.rowBytes
    for await (const batch of linesOf(chunks, { encoding: options.encoding, limit })) {
      const rows: ReadRow[] = []
      for (const line of batch.lines) {
        if (!line.tooLong && line.text.trim() === '') continue
        const place = `line ${line.n}`
        const broken = batch.broken ? brokenIn(line.text, encoding) : undefined
        const problem = problemOf(line, limit, broken)
        rows.push(
          problem
            ? { place, problem, raw: line.text.slice(0, rawLimit), byteOffset: batch.end }
            : { place, row: { text: line.text }, byteOffset: batch.end },
        )
      }
      if (rows.length > 0) yield rows
    }
  },
  async *write(rows, columns) {
    for await (const batch of rows)
      yield toUtf8(batch.map((row) => `${oneLine(row, columns)}\n`).join(''))
  },
  losses: [
    'Only the first column is written.',
    'Line breaks inside a value become a space; empty values become empty lines, which reading passes over.',
    'Everything is text: numbers and true/false come back as words.',
  ],
} satisfies Format
