import type { Format, WriteRow } from '../../kinds.ts'
import { guessEncoding, headText, toUtf8 } from '../encoding.ts'
import { guardFormula } from './formula.ts'
import { readDelimited } from './read.ts'
import { firstRecords, sniffDelimiter, sniffHeader } from './sniff.ts'

type Flavour = Pick<Format, 'name' | 'extensions' | 'mediaType'> & {
  readonly delimiter: ',' | '\t'
  /** How sure the content alone makes it: a file with tabs is rather TSV. */
  readonly sure: (delimiter: string, fit: number) => number
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

function cellOf(value: WriteRow['columns'][string], mustQuote: RegExp): string {
  if (value === undefined) return ''
  if (typeof value !== 'string') return String(value)
  const cell = guardFormula(value)
  return mustQuote.test(cell) ? quoted(cell) : cell
}

const record = (cells: readonly string[], delimiter: string): string => {
  // A lone empty cell would read as a blank line.
  const line = cells.length === 1 && cells[0] === '' ? '""' : cells.join(delimiter)
  return `${line}\r\n`
}

/** Builds a format of delimited text: CSV and TSV differ only in their delimiter. */
export function delimitedFormat(flavour: Flavour): Format {
  const mustQuote = flavour.delimiter === '\t' ? /["\t\r\n]|^\s|\s$/ : /[",;\t\r\n|]|^\s|\s$/
  const named = new RegExp(`\\.(${flavour.extensions.join('|')})$`, 'i')
  return {
    name: flavour.name,
    extensions: flavour.extensions,
    mediaType: flavour.mediaType,
    detect(head, fileName) {
      const { encoding, sure } = guessEncoding(head)
      const text = headText(head, encoding)
      const sniffed = sniffDelimiter(text)
      const isNamed = named.test(fileName)
      const delimiter = sniffed.sure > 0.3 ? sniffed.delimiter : flavour.delimiter
      const header = sniffHeader(firstRecords(text, delimiter))
      const content = flavour.sure(delimiter, sniffed.sure)
      const confidence = (isNamed ? 0.85 + content / 10 : content) * sure
      return { confidence, options: { encoding, delimiter, header } }
    },
    read: (chunks, options, limits) =>
      readDelimited(
        chunks,
        { ...options, delimiter: options.delimiter || flavour.delimiter },
        limits,
      ),
    async *write(rows, columns) {
      const cut = flavour.delimiter
      yield toUtf8(
        `\ufeff${record(
          columns.map((c) => cellOf(c, mustQuote)),
          cut,
        )}`,
      )
      for await (const batch of rows) {
        let text = ''
        for (const row of batch)
          text += record(
            columns.map((c) => cellOf(row.columns[c], mustQuote)),
            cut,
          )
        if (text !== '') yield toUtf8(text)
      }
    },
    losses: [
      'Everything is text: numbers and true/false come back as words, and an empty cell does not tell a missing value from an empty one.',
      'Cells that a spreadsheet would run as a formula begin with an apostrophe; reading here takes it off again.',
    ],
  }
}

/** Comma-separated values after RFC 4180; semicolons, tabs and bars are recognised too. */
export const csv = delimitedFormat({
  name: 'csv',
  extensions: ['csv'],
  mediaType: 'text/csv',
  delimiter: ',',
  sure: (delimiter, fit) => (delimiter === '\t' ? fit * 0.6 : fit * 0.85),
})
