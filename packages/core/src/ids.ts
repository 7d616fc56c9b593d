/**
 * Identifiers. Inside the program and in the database an id is a plain UUIDv7 string; on the wire it
 * is a TypeID (`itm_01h455vb4pex5vsknk084sn02q`): a three-letter prefix and the same 128 bits in 26
 * characters of Crockford base32. The contract's codecs translate, so no other code has to.
 */
export const idPrefixes = {
  user: 'usr',
  project: 'prj',
  item: 'itm',
  assignment: 'asg',
  annotation: 'ann',
  upload: 'upl',
  import: 'imp',
  delivery: 'dlv',
  session: 'ses',
  token: 'tok',
  invitation: 'inv',
  view: 'viw',
  taxonomy: 'tax',
  job: 'job',
  notification: 'not',
  batch: 'bat',
  gold: 'gld',
  skill: 'skl',
  certificate: 'crt',
  exam: 'exm',
  sitting: 'sit',
  appeal: 'apl',
  review: 'rev',
  'day-off': 'off',
} as const
export type IdKind = keyof typeof idPrefixes
export type IdPrefix = (typeof idPrefixes)[IdKind]

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Encode a UUID as a TypeID. Throws on a malformed UUID: ids come from our own database. */
export function encodeId(prefix: IdPrefix, uuid: string): string {
  const hex = uuid.replaceAll('-', '')
  if (!/^[0-9a-f]{32}$/.test(hex)) throw new Error(`not a uuid: ${uuid}`)
  let n = BigInt(`0x${hex}`)
  let out = ''
  for (let i = 0; i < 26; i++) {
    out = (alphabet[Number(n & 31n)] ?? '') + out
    n >>= 5n
  }
  return `${prefix}_${out}`
}

/** Decode a TypeID to a UUID; `undefined` if the prefix or the encoding does not fit. */
export function decodeId(prefix: IdPrefix, id: string): string | undefined {
  if (!id.startsWith(`${prefix}_`)) return undefined
  const body = id.slice(prefix.length + 1)
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(body)) return undefined
  let n = 0n
  for (const c of body) n = (n << 5n) | BigInt(alphabet.indexOf(c))
  const hex = n.toString(16).padStart(32, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const hexByte = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))

/**
 * Build a UUIDv7 (RFC 9562, section 5.7) from a time and ten random bytes. Pure: the caller brings
 * the clock and the randomness.
 * @param unixMs milliseconds since the epoch  @param random at least 10 bytes
 */
export function uuidV7(unixMs: number, random: Uint8Array): string {
  const b = new Uint8Array(16)
  let t = unixMs
  for (let i = 5; i >= 0; i--) {
    b[i] = t % 256
    t = Math.floor(t / 256)
  }
  b.set(random.subarray(0, 10), 6)
  b[6] = 0x70 | ((b[6] ?? 0) & 0x0f)
  b[8] = 0x80 | ((b[8] ?? 0) & 0x3f)
  let s = ''
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) s += '-'
    s += hexByte[b[i] ?? 0]
  }
  return s
}
