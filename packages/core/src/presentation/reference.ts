/** What stands for an item before people who may not know its place: a number in disguise. */
import { mix } from './mix.ts'

const halfBits = 18
const half = 2 ** halfBits
const size = 2 ** 35
const rounds = 6
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A Feistel network over 36 bits: a permutation whatever the round function (Luby and Rackoff 1988). */
function permute(n: number, seed: number, keys: readonly number[]): number {
  let left = Math.floor(n / half)
  let right = n % half
  for (const key of keys) {
    const next = left ^ (mix(seed, key, right) & (half - 1))
    left = right
    right = next
  }
  // Halves change places once more, so that the keys backwards undo it.
  return right * half + left
}

const forwards = Array.from({ length: rounds }, (_, i) => 0x1e7f + i)
const backwards = [...forwards].reverse()

/** Out of range, once more: a permutation of the smaller range (cycle walking, Black and Rogaway 2002). */
function within(n: number, seed: number, keys: readonly number[]): number {
  let at = permute(n, seed, keys)
  while (at >= size) at = permute(at, seed, keys)
  return at
}

/**
 * Seven characters of Crockford's base32 for an item's ordinal, as `4K7-Q2MD`: another for every item of
 * a project, in no order. @param ordinal 0..2^35-1
 */
export function referenceOf(ordinal: number, seed: number): string {
  let n = within(ordinal, seed, forwards)
  let out = ''
  for (let i = 0; i < 7; i++) {
    out = (alphabet[n % 32] ?? '') + out
    n = Math.floor(n / 32)
  }
  return `${out.slice(0, 3)}-${out.slice(3)}`
}

/** The ordinal a reference stands for; `undefined` of text that is none. Case, blanks, O, I and L are forgiven. */
export function ordinalOf(reference: string, seed: number): number | undefined {
  const plain = reference
    .trim()
    .toUpperCase()
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1')
    .replace(/^(.{3})[-\s](.{4})$/, '$1$2')
  if (!/^[0-9A-HJKMNP-TV-Z]{7}$/.test(plain)) return undefined
  let n = 0
  for (const c of plain) n = n * 32 + alphabet.indexOf(c)
  return within(n, seed, backwards)
}
