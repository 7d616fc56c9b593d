/** A share and its interval as people read it: "93 % (86–98 %)". Of nothing, nothing is known. */
export function intervalParts(of: {
  readonly answered: number
  readonly mean: number
  readonly low: number
  readonly high: number
}): { readonly mean: number; readonly low: number; readonly high: number } | undefined {
  if (of.answered === 0) return undefined
  const percent = (x: number) => Math.round(100 * x)
  return { mean: percent(of.mean), low: percent(of.low), high: percent(of.high) }
}
