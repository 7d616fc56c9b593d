/** Lower case, without marks of Latin letters; Devanagari signs stay, they are letters there. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()

/**
 * How well a text answers what was typed: every typed word must be the start of a word (better) or
 * lie inside. `undefined`: not at all; smaller is better.
 */
export function matchRank(text: string, typed: string): number | undefined {
  const hay = plain(text)
  let rank = 0
  for (const word of plain(typed).split(/\s+/).filter(Boolean)) {
    const at = hay.indexOf(word)
    if (at < 0) return undefined
    const starts = hay.split(/[\s·/-]+/).some((w) => w.startsWith(word))
    rank += (starts ? 0 : 100) + at / 1000
  }
  return rank
}
