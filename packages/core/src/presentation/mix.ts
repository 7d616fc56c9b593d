/** 32-bit mix of integers (murmur3 finaliser); not cryptographic: the seed is secret, not the function. */
export function mix(...parts: readonly number[]): number {
  let h = 0x9747b28c
  for (const p of parts) {
    h = Math.imul(h ^ (p | 0), 0x85ebca6b)
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
    h ^= h >>> 16
  }
  return h >>> 0
}
