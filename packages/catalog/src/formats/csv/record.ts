/** One record of delimited text after RFC 4180: quoted cells may hold delimiters, line ends and doubled quotes. */

/** `more`: the record does not end in this text. `next`: where the record after it begins. */
export type Cut =
  | { readonly cells: readonly string[]; readonly next: number; readonly problem?: string }
  | 'more'

const quote = 34
const cr = 13
const lf = 10

type Cell = { readonly value: string; readonly next: number; readonly problem?: string }

/** `at` is a CR or LF: where the line after it begins; -1 if a LF might still follow. */
function afterLineEnd(text: string, at: number, last: boolean): number {
  if (text.charCodeAt(at) === lf) return at + 1
  if (at + 1 < text.length) return text.charCodeAt(at + 1) === lf ? at + 2 : at + 1
  return last ? at + 1 : -1
}

function plainEnd(text: string, from: number, delimiter: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === delimiter || c === lf || c === cr) return i
  }
  return text.length
}

/** A cell whose text begins after a quote at `from - 1`; `undefined` if its closing quote is not here. */
function quotedCell(text: string, from: number, delimiter: number): Cell | undefined {
  let value = ''
  let at = from
  for (;;) {
    const end = text.indexOf('"', at)
    if (end < 0) return undefined
    value += text.slice(at, end)
    if (text.charCodeAt(end + 1) === quote) {
      value += '"'
      at = end + 2
      continue
    }
    const next = plainEnd(text, end + 1, delimiter)
    if (next === end + 1) return { value, next }
    return {
      value: value + text.slice(end + 1, next),
      next,
      problem: 'has text after a closing quote',
    }
  }
}

/** Cut the record that begins at `from`. `last`: no more text will come. */
export function cutRecord(
  text: string,
  from: number,
  how: { readonly delimiter: number; readonly last: boolean },
): Cut | 'unclosed' {
  const cells: string[] = []
  let at = from
  let problem: string | undefined
  for (;;) {
    let cell: Cell | undefined
    if (text.charCodeAt(at) === quote) {
      cell = quotedCell(text, at + 1, how.delimiter)
      if (!cell) return how.last ? 'unclosed' : 'more'
    } else {
      const end = plainEnd(text, at, how.delimiter)
      cell = { value: text.slice(at, end), next: end }
    }
    cells.push(cell.value)
    problem ??= cell.problem
    at = cell.next
    if (at >= text.length) {
      if (!how.last) return 'more'
      return problem ? { cells, next: at, problem } : { cells, next: at }
    }
    if (text.charCodeAt(at) === how.delimiter) {
      at++
      continue
    }
    const next = afterLineEnd(text, at, how.last)
    if (next < 0) return 'more'
    return problem ? { cells, next, problem } : { cells, next }
  }
}

/** Where the line after the one at `from` begins; the text's length if it does not end here. */
export function nextLine(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === lf) return i + 1
    if (c === cr) return text.charCodeAt(i + 1) === lf ? i + 2 : i + 1
  }
  return text.length
}
