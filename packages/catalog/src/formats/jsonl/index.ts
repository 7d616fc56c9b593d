import type { Format, ReadLimits, ReadRow } from '../../kinds.ts'
import { brokenIn, encodingNamed, guessEncoding, headText, toUtf8 } from '../encoding.ts'
import { type Line, linesOf, rawLimit } from '../lines.ts'
import { parseRow } from '../storable.ts'
import { tooLongProblem } from '../text-rows.ts'

type Reading = { readonly encoding: string; readonly limits: ReadLimits }

function readLine(
  line: Line,
  where: { byteOffset: number; broken: boolean },
  as: Reading,
): ReadRow {
  const place = `line ${line.n}`
  const refuse = (problem: string): ReadRow => ({
    place,
    problem,
    raw: line.text.slice(0, rawLimit),
    byteOffset: where.byteOffset,
  })
  if (line.tooLong) return refuse(tooLongProblem(as.limits.rowBytes))
  const broken = where.broken ? brokenIn(line.text, as.encoding) : undefined
  if (broken) return refuse(`Row ${broken.charAt(0).toLowerCase()}${broken.slice(1)}`)
  const parsed = parseRow(line.text, as.limits.columns)
  return 'problem' in parsed
    ? refuse(parsed.problem)
    : { place, row: parsed.row, byteOffset: where.byteOffset }
}

async function* read(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
  limits: ReadLimits,
): AsyncGenerator<readonly ReadRow[]> {
  const as = { encoding: encodingNamed(encoding) ?? encoding, limits }
  for await (const batch of linesOf(chunks, { encoding, limit: limits.rowBytes })) {
    const rows: ReadRow[] = []
    for (const line of batch.lines)
      if (line.tooLong || line.text.trim() !== '')
        rows.push(readLine(line, { byteOffset: batch.end, broken: batch.broken }, as))
    if (rows.length > 0) yield rows
  }
}

const isObject = (line: string): boolean => {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

function sureness(text: string, fileName: string): number {
  const named = /\.(jsonl|ndjson|jsonlines)$/i.test(fileName)
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.length > 1 && text.length >= 1000) lines.pop()
  const looked = lines.filter((l) => l.trim() !== '').slice(0, 20)
  const good = looked.filter(isObject).length
  if (good === 0) return named ? 0.55 : 0
  const share = good / looked.length
  const base = looked.length === 1 ? 0.7 : 0.5 + share * 0.45
  return Math.min(0.99, named ? Math.max(0.9, base) + 0.04 : base)
}

/** JSON Lines: one object a line. */
export const jsonl = {
  name: 'jsonl',
  extensions: ['jsonl', 'ndjson', 'jsonlines'],
  mediaType: 'application/jsonl',
  detect(head, fileName) {
    const { encoding, sure } = guessEncoding(head)
    const confidence = sureness(headText(head, encoding), fileName) * sure
    return { confidence, options: { encoding } }
  },
  read: (chunks, options, limits) => read(chunks, options.encoding, limits),
  async *write(rows) {
    for await (const batch of rows)
      yield toUtf8(batch.map((row) => `${JSON.stringify(row.json)}\n`).join(''))
  },
  losses: [],
} satisfies Format
