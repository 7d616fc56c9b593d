/** Text cut into lines: LF, CRLF or CR alone. A line longer than the limit is skipped without being kept. */
import { decodePieces, type Piece } from './encoding.ts'

/** Raw text kept of a row that cannot be read. */
export const rawLimit = 2000

export type Line = { readonly text: string; readonly n: number; readonly tooLong: boolean }
export type Lines = {
  readonly lines: readonly Line[]
  readonly broken: boolean
  readonly end: number
}

/** The line end of a file, seen at its first one: CR alone only if no LF follows it. `undefined`: none yet. */
function lineEndIn(text: string, last: 'last' | 'more'): '\n' | '\r' | undefined {
  const lf = text.indexOf('\n')
  const cr = text.indexOf('\r')
  if (cr < 0 || (lf >= 0 && lf <= cr + 1)) return lf < 0 ? undefined : '\n'
  if (cr === text.length - 1 && last === 'more') return undefined
  return '\r'
}

class Splitter {
  private carry = ''
  private skipping = false
  private end: '\n' | '\r' | undefined
  private n = 0
  private readonly limit: number
  private broken = false
  private heldCr = false

  constructor(limit: number) {
    this.limit = limit
  }

  private line(text: string): Line {
    this.n++
    const tooLong = text.length > this.limit
    const end = text.endsWith('\r') ? text.length - 1 : text.length
    return { text: text.slice(0, tooLong ? rawLimit : end), n: this.n, tooLong }
  }

  /** Settles the line end. A CR that ended the piece before was a line end if no LF follows it. */
  private decide(text: string, last: 'last' | 'more'): Line | undefined {
    if (this.end !== undefined) return undefined
    const held = this.heldCr ? '\r' : ''
    this.end = lineEndIn(held + text, last)
    this.heldCr = this.end === undefined && text.endsWith('\r')
    if (this.end !== '\r' || held === '') return undefined
    const line = this.cut('')
    return { ...line, text: line.text.replace(/\r$/, '') }
  }

  take(piece: Piece, last: 'last' | 'more'): Lines {
    const lines: Line[] = []
    const first = this.decide(piece.text, last)
    if (first) lines.push(first)
    const broken = this.broken || piece.broken
    let at = 0
    if (this.end !== undefined) {
      for (let to = piece.text.indexOf(this.end); to >= 0; to = piece.text.indexOf(this.end, at)) {
        lines.push(this.cut(piece.text.slice(at, to)))
        at = to + 1
      }
    }
    this.keep(piece.text.slice(at))
    this.broken = piece.broken && this.carry !== ''
    return { lines, broken, end: piece.end }
  }

  private cut(rest: string): Line {
    const whole = this.carry === '' ? rest : this.carry + rest
    const line = this.skipping ? { text: this.carry, n: ++this.n, tooLong: true } : this.line(whole)
    this.carry = ''
    this.skipping = false
    return line
  }

  private keep(rest: string): void {
    if (this.skipping || rest === '') return
    this.carry += rest
    if (this.carry.length <= this.limit) return
    this.skipping = true
    // A copy: a slice would keep the whole line in memory.
    this.carry = [...this.carry.slice(0, rawLimit)].join('')
  }

  finish(): Line | undefined {
    return this.carry === '' ? undefined : this.cut('')
  }
}

/** Lines of a file in batches, numbered from 1; the last one need not end. Text of a too long line is its beginning. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  from: { readonly encoding: string; readonly limit: number },
): AsyncGenerator<Lines> {
  const splitter = new Splitter(from.limit)
  let end = 0
  let broken = false
  let held: Piece | undefined
  for await (const piece of decodePieces(chunks, from.encoding)) {
    if (held) yield splitter.take(held, 'more')
    held = piece
  }
  if (held) {
    const lines = splitter.take(held, 'last')
    end = held.end
    broken = held.broken
    yield lines
  }
  const last = splitter.finish()
  if (last) yield { lines: [last], broken, end }
}
