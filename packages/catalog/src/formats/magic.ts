/** Files that are not text, known by their first bytes whatever their name says. */

type Magic = { readonly at: number; readonly bytes: readonly number[]; readonly what: string }
const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0))
const unpack = 'Unpack it and upload the text file inside (JSONL, JSON, CSV, TSV or TXT).'

const magics: readonly (Magic & { readonly advice?: string })[] = [
  { at: 0, bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a ZIP archive', advice: unpack },
  { at: 0, bytes: [0x50, 0x4b, 0x05, 0x06], what: 'an empty ZIP archive', advice: unpack },
  { at: 0, bytes: [0x1f, 0x8b], what: 'a gzip archive', advice: unpack },
  { at: 0, bytes: ascii('BZh'), what: 'a bzip2 archive', advice: unpack },
  { at: 0, bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], what: 'an xz archive', advice: unpack },
  { at: 0, bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a Zstandard archive', advice: unpack },
  { at: 0, bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive', advice: unpack },
  { at: 0, bytes: ascii('Rar!'), what: 'a RAR archive', advice: unpack },
  { at: 257, bytes: ascii('ustar'), what: 'a tar archive', advice: unpack },
  { at: 0, bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a PNG image' },
  { at: 0, bytes: [0xff, 0xd8, 0xff], what: 'a JPEG image' },
  { at: 0, bytes: ascii('GIF8'), what: 'a GIF image' },
  { at: 0, bytes: ascii('%PDF'), what: 'a PDF document' },
  { at: 0, bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program (ELF)' },
  { at: 0, bytes: ascii('OggS'), what: 'an Ogg recording' },
  { at: 0, bytes: ascii('fLaC'), what: 'a FLAC recording' },
  { at: 0, bytes: ascii('ID3'), what: 'an MP3 recording' },
  { at: 8, bytes: ascii('WAVE'), what: 'a WAV recording' },
  { at: 8, bytes: ascii('WEBP'), what: 'a WebP image' },
  { at: 4, bytes: ascii('ftyp'), what: 'a video or a photograph (MP4, MOV, HEIC)' },
  { at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3], what: 'a WebM or Matroska video' },
  { at: 0, bytes: ascii('SQLite format 3'), what: 'an SQLite database' },
  { at: 0, bytes: ascii('PAR1'), what: 'a Parquet file', advice: 'Convert it to JSONL or CSV.' },
  {
    at: 0,
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'an old Office document (XLS, DOC)',
    advice: 'Save the sheet as CSV (UTF-8) and upload that.',
  },
]

const has = (head: Uint8Array, m: Magic): boolean =>
  head.length >= m.at + m.bytes.length && m.bytes.every((b, i) => head[m.at + i] === b)

/** Office files are ZIP archives that name their parts in the first entries. */
function officeIn(head: Uint8Array): string | undefined {
  let names = ''
  for (let i = 0; i < Math.min(head.length, 4096); i++) names += String.fromCharCode(head[i] ?? 0)
  if (names.includes('xl/') || names.includes('[Content_Types].xml'))
    return 'an Excel or Office document. Save the sheet as CSV (UTF-8) and upload that.'
  return undefined
}

/** What a file that is not text is, as the end of a sentence with advice; `undefined` for text. Nothing is ever unpacked. */
export function notText(head: Uint8Array): string | undefined {
  const found = magics.find((m) => has(head, m))
  if (!found) return undefined
  const office = found.what === 'a ZIP archive' ? officeIn(head) : undefined
  return office ?? `${found.what}. ${found.advice ?? 'Upload JSONL, JSON, CSV, TSV or TXT.'}`
}

/** Control characters that text does not have, as a share of the text. */
export function controlShare(text: string): number {
  let n = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 9 || (c > 13 && c < 32 && c !== 27)) n++
  }
  return text.length === 0 ? 0 : n / text.length
}
