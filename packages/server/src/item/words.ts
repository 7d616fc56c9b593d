/** Search words: letters, marks and digits in runs, so that Devanagari words stay whole. */
const run = /[\p{L}\p{M}\p{N}]+/gu
const readCodePoints = 600
const wordLimit = 60
/** Longer runs are cut: PostgreSQL takes no lexeme over 2 kB. */
const wordLength = 64

/** Joiners, soft hyphens and the like, which one spelling of a word has and another has not. */
const unseen = /\p{Default_Ignorable_Code_Point}/gu

const wordsIn = (text: string): string[] =>
  [...text.replace(unseen, '').normalize('NFC').toLowerCase().matchAll(run)].map(([word]) =>
    [...word].slice(0, wordLength).join(''),
  )

/** At most 60 distinct words of the first 600 code points. */
export const searchWords = (text: string): readonly string[] =>
  [
    ...new Set(wordsIn([...text.slice(0, readCodePoints * 2)].slice(0, readCodePoints).join(''))),
  ].slice(0, wordLimit)

/**
 * A `tsquery` that finds items having words that begin with each of the words typed; `undefined` if
 * there is no word in what was typed.
 */
export function searchQuery(typed: string): string | undefined {
  const words = [...new Set(wordsIn(typed))].slice(0, 10)
  return words.length === 0 ? undefined : words.map((word) => `'${word}':*`).join(' & ')
}
