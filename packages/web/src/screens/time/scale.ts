/** A logarithmic scale of durations that several pictures share. */
import type { WireOutput } from '@kasauti/contract'

export type Report = WireOutput<'time.report'>
export type Times = Report['all']
export type Scale = { readonly fromMs: number; readonly toMs: number }

/** From the shortest to the longest of these, and never less than a decade. */
export function scaleOf(all: readonly Times[]): Scale {
  const bars = all.flatMap((times) => times.bars)
  const fromMs = Math.max(1, Math.min(...bars.map((bar) => bar.fromMs), 10_000))
  const toMs = Math.max(...bars.map((bar) => bar.toMs), 10 * fromMs)
  return { fromMs, toMs }
}

/** Place on the scale, 0 to 1. */
export const placeOn = (scale: Scale, ms: number): number =>
  Math.min(
    1,
    Math.max(0, Math.log(Math.max(ms, 1) / scale.fromMs) / Math.log(scale.toMs / scale.fromMs)),
  )

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const marks = [
  second,
  5 * second,
  15 * second,
  minute,
  5 * minute,
  15 * minute,
  hour,
  4 * hour,
  24 * hour,
]
/** Durations worth a mark on the scale. */
export const ticksOn = (scale: Scale): readonly number[] =>
  marks.filter((ms) => ms >= scale.fromMs && ms <= scale.toMs)
