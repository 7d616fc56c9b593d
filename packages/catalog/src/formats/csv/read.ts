import type { FormatOptions, ReadLimits, ReadRow } from '../../kinds.ts'
import { brokenIn, decodePieces, encodingNamed, type Piece } from '../encoding.ts'
import { rawLimit } from '../lines.ts'
import { nulProblem, tooLongProblem } from '../text-rows.ts'
import { unguardFormula } from './formula.ts'
import { cutRecord, nextLine } from './record.ts'
import { columnNames } from './sniff.ts'

type How = {
  readonly delimiter: number
  readonly encoding: string
  readonly header: 'first-row' | 'none'
  readonly limits: ReadLimits
}
type Taken = { readonly rows: ReadRow[]; readonly stop: boolean }

const blank = (cells: readonly string[]): boolean => cells.length === 1 && cells[0] === ''
const count = (n: number): string => `${n} ${n === 1 ? 'cell' : 'cells'}`

/** Rows are numbered as a spreadsheet shows them: the header is row 1. */
class Reader {
  private buffer = ''
  private n = 0
  private names: readonly string[] | undefined
  private skipping = false
  private broken = false
  private readonly how: How

  constructor(how: How) {
    this.how = how
  }

  take(piece: Piece, last: boolean): Taken {
    const rows: ReadRow[] = []
    let text = this.buffer === '' ? piece.text : this.buffer + piece.text
    this.broken = (this.buffer !== '' && this.broken) || piece.broken
    if (this.skipping) text = this.skipOn(text)
    let at = 0
    while (at < text.length) {
      const cut = cutRecord(text, at, { delimiter: this.how.delimiter, last })
      if (cut === 'more' && text.length - at <= this.how.limits.rowBytes) break
      const row =
        cut === 'more' || cut === 'unclosed'
          ? this.lost(text, at, piece.end)
          : this.row(cut.cells, {
              raw: text.slice(at, cut.next),
              problem: cut.problem,
              end: piece.end,
            })
      at = cut === 'more' || cut === 'unclosed' ? this.resume(text, at) : cut.next
      if (row === 'stop') return { rows, stop: true }
      if (row) rows.push(row)
      if (row && 'problem' in row && this.names === undefined && this.how.header === 'first-row')
        return { rows, stop: true }
    }
    this.buffer = text.slice(at)
    return { rows, stop: false }
  }

  private refuse(problem: string, raw: string, byteOffset: number): ReadRow {
    return { place: `row ${this.n}`, problem, raw: raw.slice(0, rawLimit), byteOffset }
  }

  /** A record with no end in sight: a quote that never closes, or too long. Only its first line is given up. */
  private lost(text: string, at: number, end: number): ReadRow {
    this.n++
    const line = text.slice(at, Math.min(nextLine(text, at), at + rawLimit))
    return nextLine(text, at) < text.length || text.length - at <= this.how.limits.rowBytes
      ? this.refuse('Row opens a quote that is never closed; its first line was skipped', line, end)
      : this.refuse(tooLongProblem(this.how.limits.rowBytes), line, end)
  }

  private resume(text: string, at: number): number {
    const next = nextLine(text, at)
    if (next >= text.length) this.skipping = text.length > 0 && !/[\r\n]$/.test(text.slice(-1))
    return next
  }

  /** In a too long line: passes over text up to the line's end. */
  private skipOn(text: string): string {
    const next = nextLine(text, 0)
    if (next >= text.length && !/[\r\n]$/.test(text.slice(-1))) return ''
    this.skipping = false
    return text.slice(next)
  }

  private row(
    cells: readonly string[],
    at: { readonly raw: string; readonly problem: string | undefined; readonly end: number },
  ): ReadRow | 'stop' | undefined {
    this.n++
    if (blank(cells)) return undefined
    const problem = this.problemOf(cells, at.raw, at.problem)
    if (problem) return this.refuse(`Row ${problem}`, at.raw, at.end)
    if (this.names === undefined) {
      this.names =
        this.how.header === 'first-row'
          ? columnNames(cells)
          : cells.map((_, i) => `column ${i + 1}`)
      if (this.how.header === 'first-row') return undefined
    }
    const { names } = this
    if (cells.length !== names.length)
      return this.refuse(
        `Row has ${count(cells.length)}; ${this.how.header === 'first-row' ? 'the header' : 'the first row'} has ${names.length}`,
        at.raw,
        at.end,
      )
    const row: Record<string, string> = {}
    for (let i = 0; i < names.length; i++) row[names[i] ?? ''] = unguardFormula(cells[i] ?? '')
    return { place: `row ${this.n}`, row, byteOffset: at.end }
  }

  private problemOf(
    cells: readonly string[],
    raw: string,
    problem: string | undefined,
  ): string | undefined {
    const { limits } = this.how
    if (raw.length > limits.rowBytes) return tooLongProblem(limits.rowBytes).slice(4)
    if (cells.length > limits.columns)
      return `has ${cells.length} columns; at most ${limits.columns} are read`
    const broken = this.broken ? brokenIn(raw, this.how.encoding) : undefined
    if (broken) return `${broken.charAt(0).toLowerCase()}${broken.slice(1)}`
    return raw.includes('\0') ? nulProblem.slice(4) : problem
  }
}

/** Reads delimited text. A header that cannot be used ends the reading with its problem. */
export async function* readDelimited(
  chunks: AsyncIterable<Uint8Array>,
  options: FormatOptions & { readonly delimiter: string },
  limits: ReadLimits,
): AsyncGenerator<readonly ReadRow[]> {
  const reader = new Reader({
    delimiter: options.delimiter.charCodeAt(0),
    encoding: encodingNamed(options.encoding) ?? options.encoding,
    header: options.header === false ? 'none' : 'first-row',
    limits,
  })
  let held: Piece | undefined
  for await (const piece of decodePieces(chunks, options.encoding)) {
    if (held) {
      const taken = reader.take(held, false)
      if (taken.rows.length > 0) yield taken.rows
      if (taken.stop) return
    }
    held = piece
  }
  const taken = held ? reader.take(held, true) : { rows: [] }
  if (taken.rows.length > 0) yield taken.rows
}
