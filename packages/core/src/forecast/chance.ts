/** Seeded chance and the distributions drawn from it. */

export type Chance = () => number

/** A small fast generator (sfc32, Doty-Humphrey): the same numbers from the same seed everywhere. [0, 1). */
export function chanceFrom(seed: number): Chance {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162 ^ seed, 1]
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 15; i++) next()
  return next
}

/** Standard normal numbers by the polar method of Marsaglia. */
export function normalFrom(chance: Chance): () => number {
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    for (;;) {
      const x = 2 * chance() - 1
      const y = 2 * chance() - 1
      const s = x * x + y * y
      if (s >= 1 || s === 0) continue
      const f = Math.sqrt((-2 * Math.log(s)) / s)
      spare = y * f
      return x * f
    }
  }
}

/** A gamma number of shape `k` (Marsaglia and Tsang 2000), scale 1. */
export function gamma(k: number, chance: Chance, normal: () => number): number {
  if (k < 1) return gamma(k + 1, chance, normal) * Math.max(chance(), 1e-300) ** (1 / k)
  const d = k - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal()
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(chance()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A beta number: a probability of which `a` successes and `b` failures tell. */
export function beta(
  { a, b }: { readonly a: number; readonly b: number },
  chance: Chance,
  normal: () => number,
): number {
  const x = gamma(a, chance, normal)
  return x / (x + gamma(b, chance, normal))
}

/** How many of `n` happen that each happen with `p`: exact for few, rounded normal for many. */
export function binomial(
  { n, p }: { readonly n: number; readonly p: number },
  chance: Chance,
  normal: () => number,
): number {
  if (p <= 0 || n <= 0) return 0
  if (p >= 1) return n
  if (n > 40)
    return Math.min(n, Math.max(0, Math.round(n * p + Math.sqrt(n * p * (1 - p)) * normal())))
  let hits = 0
  for (let i = 0; i < n; i++) if (chance() < p) hits++
  return hits
}
