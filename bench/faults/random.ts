/** Chance that can be had again: mulberry32. */
export type Random = {
  /** 0 up to 1. */
  share(): number
  below(n: number): number
  one<const T>(of: readonly [T, ...T[]]): T
  chance(share: number): boolean
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const share = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number) => Math.floor(share() * n)
  return {
    share,
    below,
    one: (of) => of[below(of.length)] ?? of[0],
    chance: (p) => share() < p,
  }
}
