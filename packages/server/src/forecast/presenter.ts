import { isDone, type Made } from './make.ts'
import type { RecordRow } from './storage.ts'

const date = (ms: number): Date => new Date(ms)

export function presentForecast({ forecast: f, reasons, overlap }: Made) {
  const state: 'done' | 'never' | 'expected' = isDone(f)
    ? 'done'
    : f.p50Ms === undefined
      ? 'never'
      : 'expected'
  return {
    madeAt: date(f.madeAtMs),
    state,
    ...(f.p10Ms === undefined ? {} : { p10: date(f.p10Ms) }),
    ...(f.p50Ms === undefined ? {} : { p50: date(f.p50Ms) }),
    ...(f.p80Ms === undefined ? {} : { p80: date(f.p80Ms) }),
    ...(f.p90Ms === undefined ? {} : { p90: date(f.p90Ms) }),
    ...(f.dueMs === undefined ? {} : { due: date(f.dueMs) }),
    ...(f.meetsDue === undefined ? {} : { chance: f.meetsDue }),
    stages: f.stages.map((s) => ({
      stage: s.stage,
      ...(s.p50Ms === undefined ? {} : { p50: date(s.p50Ms) }),
    })),
    reasons: [...reasons],
    overlap,
  }
}

/** A forecast without a P90 held no end back: the batch may end any day after its P10. */
export function presentRecord(row: RecordRow) {
  const { p10, p50, p90 } = row.forecast
  const end = row.finished_at.toISOString()
  return {
    batchId: row.batch_id,
    name: row.name,
    madeAt: row.made_at,
    ...(p10 === undefined ? {} : { p10: new Date(p10) }),
    ...(p50 === undefined ? {} : { p50: new Date(p50) }),
    ...(p90 === undefined ? {} : { p90: new Date(p90) }),
    finishedAt: row.finished_at,
    within: p10 !== undefined && p10 <= end && (p90 === undefined || end <= p90),
  }
}
