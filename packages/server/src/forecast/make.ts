import {
  chanceFrom,
  type Forecast,
  forecast,
  mix,
  type Reason,
  type WhatIf,
  whatIf,
} from '@kasauti/core'
import type { App, Db } from '../platform/app.ts'
import { type Gathered, gather } from './gather.ts'
import { type Kept, keepForecast, type Place } from './storage.ts'

const draws = 1000

export type Made = {
  readonly forecast: Forecast
  readonly reasons: readonly (
    | Reason
    | { readonly kind: 'guessed-hours'; readonly people: number }
  )[]
  readonly overlap: number
}

/**
 * A forecast from what is known at `now`. Chance is seeded by the batch: the same knowledge gives the same
 * forecast, and what-ifs differ by what they change only.
 */
export async function makeForecast(
  app: App,
  db: Db,
  o: Place & { readonly now: Date; readonly change: WhatIf },
): Promise<Made> {
  const gathered = await gather(app, db, { ...o, draws })
  const input = whatIf(gathered.input, o.change, gathered.newcomer)
  const made = forecast(input, chanceFrom(seedOf(o.batchId ?? o.projectId)))
  return {
    forecast: made,
    reasons: [...made.reasons, ...moreReasons(gathered)],
    overlap: o.change.overlap ?? gathered.overlap,
  }
}

function moreReasons({ guessedHours, daysOff }: Gathered): Made['reasons'] {
  return [
    ...(guessedHours > 0 ? [{ kind: 'guessed-hours' as const, people: guessedHours }] : []),
    ...(daysOff.days > 0 ? [{ kind: 'days-off' as const, ...daysOff }] : []),
  ]
}

const seedOf = (id: string): number =>
  mix(...[...id.replaceAll('-', '')].map((c) => Number.parseInt(c, 16)))

/** Makes a batch's forecast as things are and keeps it; nothing is kept once nothing is left. */
export async function makeAndKeep(
  app: App,
  db: Db,
  o: { projectId: string; batchId: string; now: Date },
): Promise<Made> {
  const made = await makeForecast(app, db, { ...o, change: {} })
  if (!isDone(made.forecast))
    await keepForecast(db, { ...o, forecastId: app.newId(), kept: keptOf(made.forecast) })
  return made
}

export const isDone = (f: Forecast): boolean => f.p90Ms !== undefined && f.p90Ms <= f.madeAtMs

const iso = (ms: number): string => new Date(ms).toISOString()
function keptOf(f: Forecast): Kept {
  return {
    ...(f.p10Ms === undefined ? {} : { p10: iso(f.p10Ms) }),
    ...(f.p50Ms === undefined ? {} : { p50: iso(f.p50Ms) }),
    ...(f.p80Ms === undefined ? {} : { p80: iso(f.p80Ms) }),
    ...(f.p90Ms === undefined ? {} : { p90: iso(f.p90Ms) }),
    ...(f.meetsDue === undefined ? {} : { chance: f.meetsDue }),
  }
}
