/** Folding of text for search: what people type and what is written meet in one form. */

/**
 * Lower case; no accents on Latin letters; no nukta (ज़ = ज), no joiners, candrabindu as anusvara;
 * everything that is neither letter, mark nor digit becomes one space.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036f\u093c\u200c\u200d]/g, '')
    .replaceAll('\u0901', '\u0902')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

const consonants = new Map(
  Object.entries({
    क: 'k',
    ख: 'kh',
    ग: 'g',
    घ: 'gh',
    ङ: 'n',
    च: 'ch',
    छ: 'chh',
    ज: 'j',
    झ: 'jh',
    ञ: 'n',
    ट: 't',
    ठ: 'th',
    ड: 'd',
    ढ: 'dh',
    ण: 'n',
    त: 't',
    थ: 'th',
    द: 'd',
    ध: 'dh',
    न: 'n',
    प: 'p',
    फ: 'ph',
    ब: 'b',
    भ: 'bh',
    म: 'm',
    य: 'y',
    र: 'r',
    ल: 'l',
    ळ: 'l',
    व: 'v',
    श: 'sh',
    ष: 'sh',
    स: 's',
    ह: 'h',
  }),
)
const vowels = new Map(
  Object.entries({
    अ: 'a',
    आ: 'a',
    इ: 'i',
    ई: 'i',
    उ: 'u',
    ऊ: 'u',
    ऋ: 'ri',
    ए: 'e',
    ऐ: 'ai',
    ओ: 'o',
    औ: 'au',
    ऑ: 'o',
    ऍ: 'e',
    'ा': 'a',
    'ि': 'i',
    'ी': 'i',
    'ु': 'u',
    'ू': 'u',
    'ृ': 'ri',
    'े': 'e',
    'ै': 'ai',
    'ो': 'o',
    'ौ': 'au',
    'ॉ': 'o',
    'ॅ': 'e',
    'ं': 'n',
    'ः': 'h',
  }),
)

/** Devanagari (folded) in Latin letters, letter by letter; the inherent vowel is left out. */
const romanise = (folded: string): string => {
  let out = ''
  for (const c of folded) out += consonants.get(c) ?? vowels.get(c) ?? (c === '\u094d' ? '' : c)
  return out
}

/**
 * The skeleton in which Roman spellings of Hindi meet: `rajneeti`, `rajniti`, `raajnīti` and राजनीति
 * give the same. Long vowels are short, aspirates of ph/f and w/v, z/j agree, doubled letters are
 * single, and `a` counts only at a word's start.
 */
export function skeleton(text: string): string {
  return romanise(fold(text))
    .replaceAll(/aa+/g, 'a')
    .replaceAll(/ee+|ii+/g, 'i')
    .replaceAll(/oo+|uu+/g, 'u')
    .replaceAll('ph', 'f')
    .replaceAll('chh', 'ch')
    .replaceAll('w', 'v')
    .replaceAll('z', 'j')
    .replaceAll('q', 'k')
    .replaceAll('m', 'n')
    .replaceAll(/(\p{L})\1+/gu, '$1')
    .replaceAll(/(?<=\p{L})a/gu, '')
}
