const common =
  /password|qwerty|letmein|welcome|admin|iloveyou|abc123|kasauti|12345|11111|00000|asdf/i

/**
 * A rough guess of a password's strength from the variety of its characters and its length in code
 * points; common words and repetition count for little. The server has the last word.
 */
export function passwordStrength(password: string): 'weak' | 'fair' | 'strong' {
  const letters = [...password]
  const distinct = new Set(letters).size
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /\p{Lo}/u, /[^\p{L}\p{N}]/u].filter((k) =>
    k.test(password),
  ).length
  if (distinct < 6 || (common.test(password) && letters.length < 20)) return 'weak'
  const score = Math.min(letters.length, distinct * 2) + 3 * (kinds - 1)
  if (score < 14) return 'weak'
  return score < 20 ? 'fair' : 'strong'
}
