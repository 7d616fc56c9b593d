import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bucketFromMs, bucketMs, bucketOf, countBuckets, quantile } from './index.ts'

const duration = fc.double({ min: 1, max: 86_400_000, noNaN: true })

test('a bucket stands for its durations within 2.5 %', () => {
  fc.assert(
    fc.property(duration, (ms) => {
      expect(Math.abs(bucketMs(bucketOf(ms)) - ms) / ms).toBeLessThanOrEqual(0.025 + 1e-9)
      expect(bucketFromMs(bucketOf(ms))).toBeLessThan(ms * (1 + 1e-9))
    }),
  )
})

test('edges of buckets belong to the bucket below, as 1 ms to the first', () => {
  for (let b = 1; b <= 366; b++) expect(bucketOf(bucketFromMs(b))).toBe(Math.max(1, b - 1) || 1)
  expect([0, -5, Number.NaN, 0.5].map(bucketOf)).toEqual([0, 0, 0, 0])
  expect(bucketOf(86_400_000)).toBeLessThan(32_767)
})

test('quantiles are those of the sorted durations, to the bucket', () => {
  fc.assert(
    fc.property(
      fc.array(duration, { minLength: 1, maxLength: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (all, p) => {
        const counts = countBuckets(all.map((ms) => ({ bucket: bucketOf(ms), n: 1 })))
        const rank = Math.min(all.length, Math.max(1, Math.ceil(p * all.length - 1e-9)))
        const exact = all.toSorted((a, b) => a - b)[rank - 1] ?? 0
        expect(quantile(counts, p)).toBe(bucketMs(bucketOf(exact)))
      },
    ),
  )
})

test('the median of 15, 20, 35, 40 and 50 seconds is 35, and the 30th percentile 20 (nearest rank)', () => {
  const counts = countBuckets(
    [15, 20, 35, 40, 50].map((s) => ({ bucket: bucketOf(s * 1000), n: 1 })),
  )
  expect(quantile(counts, 0.5)).toBe(bucketMs(bucketOf(35_000)))
  expect(quantile(counts, 0.3)).toBe(bucketMs(bucketOf(20_000)))
  expect(quantile(counts, 1)).toBe(bucketMs(bucketOf(50_000)))
  expect(quantile(counts, 0)).toBe(bucketMs(bucketOf(15_000)))
})

test('nothing has no quantile', () => {
  expect(quantile(new Map(), 0.5)).toBeUndefined()
  expect(quantile(new Map([[7, 0]]), 0.5)).toBeUndefined()
})
