/** From bytes to text: which encoding a file is in, and decoding it piece by piece. */

type Decoder = {
  readonly encoding: string
  decode(bytes?: Uint8Array, options?: { stream: boolean }): string
}
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => Decoder
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

const encoder = new TextEncoder()
export const toUtf8 = (text: string): Uint8Array => encoder.encode(text)

const replacement = '\ufffd'

/** The canonical name of an encoding label (`latin1` -> `windows-1252`); `undefined` if nobody knows it. */
export function encodingNamed(label: string): string | undefined {
  try {
    return new TextDecoder(label, { fatal: false, ignoreBOM: false }).encoding
  } catch {
    return undefined
  }
}

/** Encodings worth offering in a choice; any label a TextDecoder knows is accepted. */
export const commonEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-15',
  'windows-1251',
  'shift_jis',
  'gb18030',
  'big5',
  'euc-kr',
] as const

export type EncodingGuess = { readonly encoding: string; readonly sure: number }

function bomOf(head: Uint8Array): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8'
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  return undefined
}

/**
 * UTF-16 without a byte-order mark: spaces, digits and line ends have a zero byte, always on the same
 * side. At least two of them, at least one byte in a hundred, nine in ten on one side.
 */
function utf16Of(head: Uint8Array): string | undefined {
  let even = 0
  let odd = 0
  for (let i = 0; i < head.length; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++
  const zeros = even + odd
  if (zeros < 2 || zeros < head.length / 100) return undefined
  if (odd >= zeros * 0.9) return 'utf-16le'
  if (even >= zeros * 0.9) return 'utf-16be'
  return undefined
}

function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(head, { stream: true })
    return true
  } catch {
    return false
  }
}

/** Guess from the first bytes: a byte-order mark, UTF-16 by its zero bytes, valid UTF-8, else windows-1252. */
export function guessEncoding(head: Uint8Array): EncodingGuess {
  const marked = bomOf(head)
  if (marked) return { encoding: marked, sure: 1 }
  const wide = utf16Of(head)
  if (wide) return { encoding: wide, sure: 0.85 }
  if (isUtf8(head)) return { encoding: 'utf-8', sure: 0.98 }
  return { encoding: 'windows-1252', sure: 0.5 }
}

/** The head of a file as text, without a character cut in two at its end. */
export function headText(head: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding, { fatal: false, ignoreBOM: false }).decode(head, {
    stream: true,
  })
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

/**
 * A piece of a file's text. `broken`: bytes in it did not fit the encoding and stand as U+FFFD; `end`:
 * bytes of the file read so far.
 */
export type Piece = { readonly text: string; readonly broken: boolean; readonly end: number }

/** How often U+FFFD stands in the bytes themselves (EF BF BD): those are characters, not mistakes. */
function genuineReplacements(bytes: Uint8Array): number {
  let n = 0
  for (let i = bytes.indexOf(0xef); i >= 0; i = bytes.indexOf(0xef, i + 1))
    if (bytes[i + 1] === 0xbf && bytes[i + 2] === 0xbd) n++
  return n
}

const isBroken = (text: string, bytes: Uint8Array, encoding: string): boolean =>
  text.includes(replacement) &&
  !(encoding === 'utf-8' && text.split(replacement).length - 1 === genuineReplacements(bytes))

/** Decode a stream of bytes, whatever the boundaries of its chunks; a byte-order mark is dropped. */
export async function* decodePieces(
  chunks: AsyncIterable<Uint8Array>,
  label: string,
): AsyncGenerator<Piece> {
  const decoder = new TextDecoder(label, { fatal: false, ignoreBOM: false })
  let end = 0
  for await (const chunk of chunks) {
    end += chunk.length
    const text = decoder.decode(chunk, { stream: true })
    if (text !== '') yield { text, broken: isBroken(text, chunk, decoder.encoding), end }
  }
  const rest = decoder.decode()
  if (rest !== '') yield { text: rest, broken: true, end }
}

/** Why a row of a broken piece cannot be used; `undefined` if this row is whole. */
export const brokenIn = (text: string, encoding: string): string | undefined =>
  text.includes(replacement)
    ? `Has bytes that are not valid ${encoding}. Choose another encoding, or save the file as UTF-8.`
    : undefined
