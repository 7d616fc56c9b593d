/** Personal access tokens: a prefix that scanners of leaked secrets can find, and 256 random bits. */
import { randomBytes } from 'node:crypto'

export const tokenPrefix = 'kas_'

const base62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export function newAccessToken(): string {
  let n = BigInt(`0x${randomBytes(32).toString('hex')}`)
  let out = ''
  for (let i = 0; i < 43; i++) {
    out += base62.charAt(Number(n % 62n))
    n /= 62n
  }
  return tokenPrefix + out
}
