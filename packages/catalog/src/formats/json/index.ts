import type { Format, ReadLimits, ReadRow } from '../../kinds.ts'
import {
  brokenIn,
  decodePieces,
  encodingNamed,
  guessEncoding,
  headText,
  toUtf8,
} from '../encoding.ts'
import { rawLimit } from '../lines.ts'
import { parseRow } from '../storable.ts'
import { tooLongProblem } from '../text-rows.ts'
import { type Element, ElementFinder } from './elements.ts'

class Rows {
  private n = 0
  private readonly encoding: string
  private readonly limits: ReadLimits

  constructor(encoding: string, limits: ReadLimits) {
    this.encoding = encodingNamed(encoding) ?? encoding
    this.limits = limits
  }

  of(elements: readonly Element[], byteOffset: number): readonly ReadRow[] {
    return elements.map((element) => {
      const place = element.is === 'stop' ? `after row ${this.n}` : `row ${++this.n}`
      const row = this.row(element)
      return typeof row === 'string'
        ? { place, problem: row, raw: element.text.slice(0, rawLimit), byteOffset }
        : { place, row, byteOffset }
    })
  }

  private row(element: Element): string | Readonly<Record<string, unknown>> {
    if (element.is === 'stop') return `${element.problem}. Nothing after this place could be read.`
    if (element.is === 'too-long') return tooLongProblem(this.limits.rowBytes)
    const broken = element.broken ? brokenIn(element.text, this.encoding) : undefined
    if (broken) return `Row ${broken.charAt(0).toLowerCase()}${broken.slice(1)}`
    const parsed = parseRow(element.text, this.limits.columns)
    return 'problem' in parsed ? parsed.problem : parsed.row
  }
}

function sureness(text: string, fileName: string): number {
  const named = /\.json$/i.test(fileName)
  const start = text.trimStart()
  if (start.startsWith('[')) return named ? 0.97 : 0.9
  if (!start.startsWith('{')) return named ? 0.5 : 0
  const holdsRows = /^\{[\s\S]*?:\s*\[\s*\{/.test(start)
  // One object a line is JSON Lines, whatever the file is called.
  const secondLine = start.slice(start.search(/[\r\n]/) + 1).trimStart()
  const lines = /[\r\n]/.test(start.trimEnd()) && secondLine.startsWith('{')
  if (lines) return 0.3
  return (holdsRows ? 0.72 : 0.4) + (named ? 0.2 : 0)
}

/** A JSON document: a list of objects, or an object with one property that is such a list. */
export const json = {
  name: 'json',
  extensions: ['json'],
  mediaType: 'application/json',
  detect(head, fileName) {
    const { encoding, sure } = guessEncoding(head)
    return {
      confidence: sureness(headText(head, encoding), fileName) * sure,
      options: { encoding },
    }
  },
  async *read(chunks, options, limits) {
    const finder = new ElementFinder(limits.rowBytes)
    const rows = new Rows(options.encoding, limits)
    let end = 0
    for await (const piece of decodePieces(chunks, options.encoding)) {
      end = piece.end
      const found = rows.of(finder.take(piece), end)
      if (found.length > 0) yield found
    }
    const last = rows.of(finder.finish(), end)
    if (last.length > 0) yield last
  },
  async *write(rows) {
    let before = '[\n'
    for await (const batch of rows) {
      if (batch.length === 0) continue
      yield toUtf8(before + batch.map((row) => JSON.stringify(row.json)).join(',\n'))
      before = ',\n'
    }
    yield toUtf8(before === '[\n' ? '[]\n' : '\n]\n')
  },
  losses: [],
} satisfies Format
