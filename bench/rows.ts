/** Realistic made-up rows, the same on every machine: English and Hindi news-like paragraphs of about 1 kB. */

const english =
  'the new bridge over the river was opened on Monday after three years of work and local traders said that they expect more visitors this winter while the council plans a second crossing for carts and bicycles near the old mill where the market is held every second week'.split(
    ' ',
  )
const hindi =
  'नदी पर बना नया पुल तीन साल के काम के बाद सोमवार को खोल दिया गया और स्थानीय व्यापारियों ने कहा कि इस सर्दी में उन्हें ज़्यादा लोगों के आने की उम्मीद है जबकि परिषद पुरानी चक्की के पास साइकिलों के लिए दूसरा रास्ता बनाने की सोच रही है'.split(
    ' ',
  )

/** A small generator of numbers (xorshift32): the same rows in every run. */
export function numbers(seed: number): () => number {
  let x = seed | 0 || 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return x >>> 0
  }
}

/** Bytes a row has, about. */
const rowBytes = 1_000

function paragraph(words: readonly string[], next: () => number): string {
  const out: string[] = []
  const wanted = words === hindi ? rowBytes * 0.92 : rowBytes * 0.9
  for (let bytes = 0; bytes < wanted; ) {
    const word = words[next() % words.length] ?? ''
    out.push(next() % 12 === 0 ? `${word},` : word)
    bytes += words === hindi ? word.length * 3 + 1 : word.length + 1
  }
  return `${out.join(' ')}. "${next() % 1000}"\n`
}

/** Paragraphs made beforehand: making them must not be what is measured. */
export function paragraphs(n: number, seed = 7): readonly { text: string; lang: 'en' | 'hi' }[] {
  const next = numbers(seed)
  return Array.from({ length: n }, (_, i) =>
    i % 3 === 2
      ? { text: paragraph(hindi, next), lang: 'hi' as const }
      : { text: paragraph(english, next), lang: 'en' as const },
  )
}

/** JSONL in pieces of 500 rows; keys begin with `prefix`. */
export function* jsonlPieces(rows: number, prefix: string): Generator<string> {
  const made = paragraphs(2_000)
  for (let i = 0; i < rows; ) {
    let piece = ''
    for (let j = 0; j < 500 && i < rows; j++, i++) {
      const { text, lang } = made[(i * 7) % made.length] ?? { text: '', lang: 'en' }
      piece += `${JSON.stringify({ id: `${prefix}-${i}`, text: `${i} ${text}`, lang })}\n`
    }
    yield piece
  }
}
