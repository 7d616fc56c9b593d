/**
 * Durations in logarithmic buckets, as in DDSketch (C. Masson, J. E. Rim, H. K. Lee: "DDSketch: a fast
 * and fully-mergeable quantile sketch with relative-error guarantees", PVLDB 12(12), 2019): with
 * gamma = (1 + a) / (1 - a), bucket b holds (gamma^(b-1), gamma^b] milliseconds, and 2 gamma^b / (gamma + 1)
 * stands for all in it with a relative error of at most a. Histograms are added bucket by bucket.
 */
const relativeError = 0.025
const gamma = (1 + relativeError) / (1 - relativeError)
const logGamma = Math.log(gamma)

/** Bucket of a duration in milliseconds; bucket 0 holds what is shorter than one. */
export function bucketOf(ms: number): number {
  if (!(ms >= 1)) return 0
  const guess = Math.max(1, Math.ceil(Math.log(ms) / logGamma))
  // The logarithm may miss by one at an edge.
  if (gamma ** (guess - 1) >= ms && guess > 1) return guess - 1
  return gamma ** guess < ms ? guess + 1 : guess
}

/** What stands for a bucket, in milliseconds: at most 2.5 % from every duration in it. */
export const bucketMs = (bucket: number): number =>
  bucket <= 0 ? 0 : (2 * gamma ** bucket) / (gamma + 1)

/** Where a bucket begins, in milliseconds. */
export const bucketFromMs = (bucket: number): number => (bucket <= 0 ? 0 : gamma ** (bucket - 1))

/** How many durations lie in each bucket. */
export type BucketCounts = ReadonlyMap<number, number>

export function countBuckets(
  rows: Iterable<{ readonly bucket: number; readonly n: number }>,
): Map<number, number> {
  const counts = new Map<number, number>()
  for (const { bucket, n } of rows) counts.set(bucket, (counts.get(bucket) ?? 0) + n)
  return counts
}

/**
 * The p-quantile by nearest rank (the smallest duration that at least p of all do not exceed), in
 * milliseconds: the right bucket, so at most 2.5 % off. `undefined` of nothing.
 * @param p 0 to 1
 */
export function quantile(counts: BucketCounts, p: number): number | undefined {
  const buckets = [...counts].filter(([, n]) => n > 0).sort(([a], [b]) => a - b)
  const total = buckets.reduce((sum, [, n]) => sum + n, 0)
  const rank = Math.min(total, Math.max(1, Math.ceil(p * total - 1e-9)))
  let seen = 0
  for (const [bucket, n] of buckets) {
    seen += n
    if (seen >= rank) return bucketMs(bucket)
  }
  return undefined
}
