/** Passwords: argon2id, and what is refused as one. */

import { KasautiError } from '@kasauti/core'
import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { commonPasswords } from './common-passwords.ts'

/** OWASP's first choice for argon2id (Password Storage Cheat Sheet): 19 MiB, two passes, one lane. */
const options = {
  algorithm: 2 satisfies Algorithm.Argon2id as Algorithm,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
}

/** Compatibility forms and case aside, so that a full-width or decomposed spelling is the same password. */
const normal = (password: string): string => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normal(password), options)

/** Takes as long without a stored hash as with one: who has an account cannot be told by time. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await decoy()), normal(password))
  return fits && stored !== undefined
}

let decoyHash: Promise<string> | undefined
const decoy = (): Promise<string> => {
  decoyHash ??= hashPassword('nobody has this password')
  return decoyHash
}

/** Makes the decoy beforehand, so that the first unknown address takes no longer than the second. */
export const prepareDecoy = (): Promise<string> => decoy()

/** Throws `user/weak-password` for common ones, repetitions, runs, and the person's own name or address. */
export function refuseWeakPassword(
  password: string,
  person: { readonly email: string; readonly name: string },
): void {
  const plain = normal(password).toLowerCase()
  const letters = plain.replace(/[^\p{L}\p{N}]/gu, '')
  const bare = plain.replace(/[\d\W_]+$/u, '')
  const own = [person.email, person.email.split('@')[0] ?? '', person.name].map((s) =>
    s.normalize('NFKC').toLowerCase(),
  )
  if (commonPasswords.has(plain) || commonPasswords.has(letters) || commonPasswords.has(bare))
    throw weak('This password is among the first that anybody would try.')
  if (new Set(plain).size < 5 || isRun(plain)) throw weak('This password is a repetition or a run.')
  if (own.some((word) => word.length >= 4 && (plain === word || letters === word || bare === word)))
    throw weak('This password is your own name or address.')
}

const weak = (detail: string): KasautiError =>
  new KasautiError('user/weak-password', detail, {
    problems: [{ path: 'body.password', message: detail }],
  })

/** Every code point follows the one before by the same step of -1, 0 or 1, or the text repeats a short piece. */
function isRun(text: string): boolean {
  const codes = Array.from(text, (c) => c.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, i) => code - (codes[i] ?? 0)))
  if (steps.size === 1 && [...steps].every((step) => Math.abs(step) <= 1)) return true
  return /^(.{1,5})\1+.{0,4}$/su.test(text) && /^(.{1,5})\1{2,}/su.test(text)
}
