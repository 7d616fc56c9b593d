/**
 * Forecasts against what simulated teams then really did: how often the 80 % interval (P10 to P90) held
 * the end, how wide it was against the time that remained, and what a forecast costs. JSON lines.
 *
 *   node bench/forecast.ts [--batches=500] [--draws=400] [--seed=1]
 */
import { chanceFrom, type Forecast, forecast, guessedWorkHours, planDays } from '@kasauti/core'
import { type Told, tellBatch } from '@kasauti/testkit'
import { argument, machine, print } from './machine.ts'

const batches = argument('batches', 500)
const draws = argument('draws', 400)
const seed = argument('seed', 1)

type Result = { readonly told: Told; readonly made: Forecast; readonly ms: number }
const results: Result[] = []
for (let n = 0; n < batches; n++) {
  const told = tellBatch(seed * 100_000 + n, draws)
  const start = performance.now()
  const made = forecast(told.input, chanceFrom(n))
  results.push({ told, made, ms: performance.now() - start })
}

const share = (of: readonly Result[], what: (r: Result) => boolean) =>
  of.length === 0 ? undefined : Math.round((1000 * of.filter(what).length) / of.length) / 1000
const median = (of: number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? 0
const early = ({ told, made }: Result) => told.endMs < (made.p10Ms ?? Number.POSITIVE_INFINITY)
const late = ({ told, made }: Result) => told.endMs > (made.p90Ms ?? Number.POSITIVE_INFINITY)

function line(what: string, of: readonly Result[]): void {
  const lasted = (r: Result) => Math.max(1, r.told.endMs - r.told.input.nowMs)
  const done = of.filter((r) => Number.isFinite(r.told.endMs) && r.made.p90Ms !== undefined)
  print({
    what,
    batches: of.length,
    covered: share(of, (r) => !early(r) && !late(r)),
    early: share(of, early),
    late: share(of, late),
    belowMedian: share(of, (r) => r.told.endMs <= (r.made.p50Ms ?? Number.POSITIVE_INFINITY)),
    width: +median(
      done.map((r) => ((r.made.p90Ms ?? 0) - (r.made.p10Ms ?? 0)) / lasted(r)),
    ).toFixed(3),
    error: +median(
      done.map((r) => Math.abs((r.made.p50Ms ?? 0) - r.told.endMs) / lasted(r)),
    ).toFixed(3),
  })
}
line('all', results)
for (const size of ['days', 'weeks', 'month'])
  line(
    `size: ${size}`,
    results.filter((r) => r.told.size === size),
  )
for (const overlap of [1, 2, 3])
  line(
    `overlap: ${overlap}`,
    results.filter((r) => r.told.input.flow.overlap === overlap),
  )
for (const reviewed of [0, 0.3, 1])
  line(
    `reviewed: ${reviewed}`,
    results.filter((r) => r.told.input.flow.reviewsEach === reviewed),
  )
/** A fixed size: 20 people of about 280 items a day who have 240,000 to do, 1,000 draws. */
function sixtyDays(): { readonly ms: number; readonly days: number } {
  const nowMs = Date.UTC(2026, 5, 1, 4)
  const plan = planDays(guessedWorkHours, { nowMs, days: 200 })
  const activeMs = 17_000_000
  const past = Array.from({ length: 10 }, (_, n) => ({
    ago: n + 1,
    workMs: 27_000_000,
    activeMs: activeMs * (n % 2 ? 1.1 : 0.9),
    stages: { annotate: { items: 283, activeMs } },
  }))
  const { input } = tellBatch(1, 1000)
  const made = (draws: number) =>
    forecast(
      {
        ...input,
        nowMs,
        waiting: { annotate: 240_000, review: 0, adjudicate: 0, audit: 0 },
        flow: { ...input.flow, overlap: 1, reviewsEach: 0 },
        people: Array.from({ length: 20 }, (_, n) => ({
          id: `p${n}`,
          stages: ['annotate' as const],
          past,
          plan,
          share: 1,
        })),
        ahead: [],
        came: { days: 56, batches: 0, activeMs: 0 },
        draws,
      },
      chanceFrom(1),
    )
  made(100)
  const start = performance.now()
  const { p50Ms = Number.POSITIVE_INFINITY } = made(1000)
  return { ms: performance.now() - start, days: (p50Ms - nowMs) / 86_400_000 }
}
const fixed = sixtyDays()
print({
  bench: 'forecast',
  msOf20People: +fixed.ms.toFixed(1),
  forDays: +fixed.days.toFixed(1),
  draws,
  msMedian: +median(results.map((r) => r.ms)).toFixed(1),
  msMost: +Math.max(...results.map((r) => r.ms)).toFixed(1),
  ...machine(),
})
