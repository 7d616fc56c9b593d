/** Small facts about written text that the views need. */

/**
 * The language to announce for a text: `hi` when Devanagari letters are at least three in ten of its
 * letters, `en` when it is written in Latin letters, `undefined` when neither script is there.
 * Looks at the first 2,000 characters.
 */
export function languageOf(text: string): 'hi' | 'en' | undefined {
  const head = text.slice(0, 2000)
  const devanagari = head.match(/\p{Script=Devanagari}/gu)?.length ?? 0
  const latin = head.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (devanagari === 0 && latin === 0) return undefined
  return devanagari / (devanagari + latin) >= 0.3 ? 'hi' : 'en'
}

const words = new Intl.Segmenter('hi', { granularity: 'word' })

/** Number of words, by Unicode word boundaries (a Devanagari word with its marks is one). */
export function countWords(text: string): number {
  let n = 0
  for (const part of words.segment(text)) if (part.isWordLike) n++
  return n
}

/** Number of code points: the unit in which lengths of text answers are limited. */
export const codePoints = (text: string): number => [...text].length
