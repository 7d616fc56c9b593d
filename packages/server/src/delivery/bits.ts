/** A set of ordinals with a bit for each, as PostgreSQL's `get_bit` reads them: the lowest of a byte first. */
import type { Fields } from './copy-out.ts'

/** The ordinals in rows of one int8 each, and how many they are. */
export async function bitsOf(
  batches: AsyncIterable<readonly Fields[]>,
): Promise<{ readonly bits: Buffer; readonly count: number }> {
  let bits = Buffer.alloc(1024)
  let end = 0
  let count = 0
  for await (const rows of batches) {
    for (const [ordinal] of rows) {
      const n = Number(ordinal?.readBigInt64BE(0) ?? 0n)
      const at = Math.floor(n / 8)
      if (at >= bits.length) bits = Buffer.concat([bits], Math.max(bits.length * 2, at + 1))
      bits.writeUInt8(bits.readUInt8(at) | (1 << (n % 8)), at)
      end = Math.max(end, at + 1)
      count++
    }
  }
  return { bits: bits.subarray(0, end), count }
}
