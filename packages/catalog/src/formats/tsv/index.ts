import { delimitedFormat } from '../csv/index.ts'

/** Tab-separated values, with quotes as in CSV. */
export const tsv = delimitedFormat({
  name: 'tsv',
  extensions: ['tsv', 'tab'],
  mediaType: 'text/tab-separated-values',
  delimiter: '\t',
  sure: (delimiter, fit) => (delimiter === '\t' ? fit * 0.9 : fit * 0.1),
})
