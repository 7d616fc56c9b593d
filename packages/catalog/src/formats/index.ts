/** File formats: what is imported and delivered. */
import { err, ok, type Result } from '@kasauti/core'
import type { Format, FormatOptions } from '../kinds.ts'
import { csv } from './csv/index.ts'
import { guessEncoding, headText } from './encoding.ts'
import { json } from './json/index.ts'
import { jsonl } from './jsonl/index.ts'
import { controlShare, notText } from './magic.ts'
import { tsv } from './tsv/index.ts'
import { txt } from './txt/index.ts'

export { commonEncodings, encodingNamed } from './encoding.ts'

export const formats: readonly Format[] = [jsonl, json, csv, tsv, txt]

export const format = (name: string): Format | undefined => formats.find((f) => f.name === name)

export type DetectedFormat = {
  readonly format: string
  /** 0..1 */
  readonly confidence: number
  readonly options: FormatOptions
}

/**
 * Which format a file is in, from its first bytes (64 kB are enough) and its name. The error is a
 * sentence for people: empty, or not text at all and then what it is instead.
 */
export function detectFormat(head: Uint8Array, fileName: string): Result<DetectedFormat, string> {
  if (head.length === 0) return err('The file is empty.')
  const other = notText(head)
  if (other) return err(`The file is not text but ${other}`)
  const text = headText(head, guessEncoding(head).encoding)
  if (text.trim() === '') return err('The file holds nothing but white space.')
  if (controlShare(text) > 0.1) return err('The file is binary, not text.')
  const [best] = formats
    .map((f) => ({ format: f.name, ...f.detect(head, fileName) }))
    .sort((a, b) => b.confidence - a.confidence)
  return best ? ok(best) : err('No format reads this file.')
}
