/**
 * Forecasts against what simulated teams then really did: how often the 80 % interval (P10 to P90) held
 * the end, how wide it was against the time that remained, and what a forecast costs. JSON lines.
 *
 *   node bench/forecast.ts [--batches=500] [--draws=400] [--seed=1]
 */
import { chanceFrom, type Forecast, forecast } from '@kasauti/core'
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
/** A fixed size: 20 people who need 60 days, 1,000 draws. */
function sixtyDays(): number {
  const told = tellBatch(4, 1000)
  const one = told.input.people.find((p) => p.stages.includes('annotate'))
  if (!one) throw new Error('a team without annotators')
  const people = Array.from({ length: 20 }, (_, n) => ({ ...one, id: `p${n}`, share: 1 }))
  const flow = { ...told.input.flow, overlap: 1 }
  const due = (annotate: number) =>
    forecast(
      { ...told.input, people, flow, ahead: [], waiting: { ...told.input.waiting, annotate } },
      chanceFrom(1),
    )
  let annotate = 1000
  while ((due(annotate).p50Ms ?? 0) < told.input.nowMs + 60 * 86_400_000) annotate *= 1.2
  const start = performance.now()
  due(Math.round(annotate))
  return performance.now() - start
}
print({
  bench: 'forecast',
  msOf20PeopleFor60Days: +sixtyDays().toFixed(1),
  draws,
  msMedian: +median(results.map((r) => r.ms)).toFixed(1),
  msMost: +Math.max(...results.map((r) => r.ms)).toFixed(1),
  ...machine(),
})
