/**
 * Spreadsheets run a cell that begins with `=`, `+`, `-`, `@`, a tab or a CR as a formula. Such text is
 * written with an apostrophe before it, as spreadsheets themselves mark text, and read back without it.
 * Text that already is apostrophes and then such a character gets one more, so nothing is lost.
 */
const formula = /^'*[=+\-@\t\r＝＋－＠]/
const guarded = /^'+[=+\-@\t\r＝＋－＠]/

export const guardFormula = (cell: string): string => (formula.test(cell) ? `'${cell}` : cell)
export const unguardFormula = (cell: string): string =>
  cell.charCodeAt(0) === 39 && guarded.test(cell) ? cell.slice(1) : cell
