/** Names of things that rows of delimited files and their readers share. */

const megabytes = (n: number): string => `${Math.round(n / 104_857.6) / 10} MB`
export const tooLongProblem = (limit: number): string =>
  `Row is longer than ${megabytes(limit)}; it was skipped up to the next line`
export const nulProblem = 'Row has a NUL character (U+0000)'
