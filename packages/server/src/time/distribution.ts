import type { HandlingTimes } from '@kasauti/contract'
import { bucketFromMs, countBuckets, quantile } from '@kasauti/core'
import type { z } from 'zod'
import type { BucketRow } from './storage.ts'

export type Distribution = z.output<typeof HandlingTimes>

/** Buckets in one bar: each bar is about a third longer than the one before. */
const bucketsInBar = 6

export function distributionOf(rows: readonly BucketRow[]): Distribution {
  const sum = (of: (row: BucketRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const counts = countBuckets(rows)
  const at = (name: 'p10Ms' | 'medianMs' | 'p90Ms', p: number) => {
    const ms = quantile(counts, p)
    return ms === undefined ? {} : { [name]: Math.round(ms) }
  }
  return {
    n: sum((row) => row.n),
    reported: sum((row) => row.reported),
    activeMs: sum((row) => row.active_ms),
    ...at('p10Ms', 0.1),
    ...at('medianMs', 0.5),
    ...at('p90Ms', 0.9),
    bars: barsOf(counts),
  }
}

function barsOf(counts: ReadonlyMap<number, number>): Distribution['bars'] {
  const bars = countBuckets(
    [...counts].map(([bucket, n]) => ({ bucket: Math.floor(bucket / bucketsInBar), n })),
  )
  return [...bars]
    .sort(([a], [b]) => a - b)
    .map(([bar, n]) => ({
      fromMs: Math.round(bucketFromMs(bar * bucketsInBar)),
      toMs: Math.round(bucketFromMs((bar + 1) * bucketsInBar)),
      n,
    }))
}

/** Rows by their key, in the order of the keys' first appearance. */
export function byKey(rows: readonly BucketRow[]): Map<string, BucketRow[]> {
  const groups = new Map<string, BucketRow[]>()
  for (const row of rows) {
    const group = groups.get(row.key)
    if (group) group.push(row)
    else groups.set(row.key, [row])
  }
  return groups
}
