/** Where ids and secrets get their randomness and the program its clock. */
import { createHash, randomBytes, randomFillSync } from 'node:crypto'
import { uuidV7 } from '@kasauti/core'

const pool = new Uint8Array(10 * 1024)
let used = pool.length

/** A new UUIDv7 at the given time. */
export function newUuid(at: Date): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + 10)
  used += 10
  return uuidV7(at.getTime(), random)
}

/** A random number in [0, 1), of 48 random bits. */
export const randomShare = (): number => randomBytes(6).readUIntBE(0, 6) / 2 ** 48

/** 256 random bits as 43 URL-safe characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret: its SHA-256. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest()
