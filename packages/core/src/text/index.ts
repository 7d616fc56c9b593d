/** Text as people see it: code points are the unit of offsets and limits, graphemes of cutting and comparing. */
const graphemeSegmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Code points of `text` (an unpaired surrogate counts as one). */
export function countCodePoints(text: string): number {
  let n = text.length
  for (let i = 0; i + 1 < text.length; i++) {
    if (isHigh(text.charCodeAt(i)) && isLow(text.charCodeAt(i + 1))) {
      n--
      i++
    }
  }
  return n
}

/** User-perceived characters: an akshara with its nukta and joiners, a family emoji, is one. */
export const graphemes = (text: string): string[] =>
  Array.from(graphemeSegmenter.segment(text), (s) => s.segment)

/** Runs of white space become one space, the ends go. Joiners (ZWJ, ZWNJ) are not white space. */
export const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim()

/** How far back from a cut a grapheme may begin; longer ones are cut between code points. */
const lookBack = 64

/**
 * The longest beginning of `text` of at most `limit` code points that ends between graphemes. A cut
 * is shown by an ellipsis, which counts.
 */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  const room = endOfCodePoints(text, limit - 1)
  if (endOfCodePoints(text, limit) === text.length) return text
  return limit < 1 ? '' : `${text.slice(0, graphemeStart(text, room))}…`
}

/** Units of text read for each code point of an excerpt: little at first, then room for runs of white space. */
const excerptWindows = [2, 8] as const

/** The beginning of `text` on one line, at most `limit` code points; reads no more than it needs. */
export function excerpt(text: string, limit: number): string {
  let line = ''
  for (const window of excerptWindows) {
    const end = limit * window
    if (text.length <= end) return clip(onOneLine(text), limit)
    line = onOneLine(text.slice(0, isHigh(text.charCodeAt(end - 1)) ? end - 1 : end))
    // Longer than asked for and than clip looks back: more text would not change it.
    if (endOfCodePoints(line, limit + 1) < line.length) break
  }
  return clip(`${line}…`, limit)
}

/** Why PostgreSQL's `jsonb` (and XML, and many readers) cannot keep this text; `undefined` if it can. */
export function unstorable(text: string): string | undefined {
  if (text.includes('\u0000')) return 'contains a NUL character'
  if (!text.isWellFormed()) return 'contains half a surrogate pair (broken encoding)'
  return undefined
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

function endOfCodePoints(text: string, count: number): number {
  let at = 0
  for (let n = 0; n < count && at < text.length; n++) {
    at += isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1)) ? 2 : 1
  }
  return at
}

/** Start of the grapheme that `at` falls into; looks only at the neighbourhood, so long texts cost nothing. */
function graphemeStart(text: string, at: number): number {
  const bothAscii = text.charCodeAt(at) < 0x80 && text.charCodeAt(at - 1) < 0x80
  if (bothAscii && text.charCodeAt(at) !== 0x0a) return at
  let from = Math.max(0, at - lookBack)
  if (isLow(text.charCodeAt(from))) from--
  const window = text.slice(from, at + lookBack)
  const found = graphemeSegmenter.segment(window).containing(at - from)
  return found && found.index > 0 ? from + found.index : from === 0 ? 0 : at
}
