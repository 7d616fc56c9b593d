import { useI18n } from '../../platform/i18n/index.ts'
import type { Forecast } from './words.ts'

const width = 640
const left = 22
const right = 22
const rowHeight = 30
const axisHeight = 22
const dayMs = 86_400_000

export type BandRow = {
  readonly name: string
  readonly forecast: Forecast
  readonly tone: 'now' | 'if'
}

const ms = (at: string | undefined): number | undefined =>
  at === undefined ? undefined : Date.parse(at)

/** Whole days to draw a line at: at most seven, at midnight of the device's clock. */
export function axisDays(fromMs: number, toMs: number): number[] {
  const days = Math.max(1, Math.ceil((toMs - fromMs) / dayMs))
  const step = [1, 2, 3, 7, 14, 28, 56, 112].find((s) => days / s <= 7) ?? 224
  const first = new Date(fromMs)
  first.setHours(24, 0, 0, 0)
  const out: number[] = []
  for (let at = first; at.getTime() < toMs; at.setDate(at.getDate() + step)) out.push(at.getTime())
  return out
}

/** Where forecasts lie on one axis of time: from one in ten to nine in ten, the middle, and the due date. */
export function Band({
  rows,
  label,
}: {
  readonly rows: readonly BandRow[]
  readonly label: string
}) {
  const { format, t } = useI18n()
  const forecasts = rows.map((r) => r.forecast)
  const fromMs = Math.min(...forecasts.map((f) => Date.parse(f.madeAt)))
  const dueMs = ms(forecasts[0]?.due)
  const known = forecasts.flatMap((f) => [ms(f.p10), ms(f.p50), ms(f.p90)])
  const ends = [...known, dueMs].filter((at) => at !== undefined)
  if (ends.length === 0) return null
  const last = Math.max(...ends, fromMs + dayMs / 4)
  const toMs = last + (last - fromMs) * 0.06
  const x = (at: number) =>
    left +
    ((width - left - right) * (Math.min(toMs, Math.max(fromMs, at)) - fromMs)) / (toMs - fromMs)
  const bottom = rows.length * rowHeight + 6
  return (
    <svg
      className="forecast-band"
      viewBox={`0 0 ${width} ${bottom + axisHeight}`}
      role="img"
      aria-label={label}
    >
      {axisDays(fromMs, toMs).map((at) => (
        <g key={at}>
          <line className="forecast-day" x1={x(at)} x2={x(at)} y1={0} y2={bottom} />
          <text x={x(at)} y={bottom + 15} textAnchor="middle">
            {format.dayMonth(at)}
          </text>
        </g>
      ))}
      {rows.map((row, i) => {
        const { p10, p50, p90 } = row.forecast
        const y = i * rowHeight + 6
        const start = ms(p10)
        const middle = ms(p50)
        if (start === undefined) return null
        return (
          <g key={row.tone} className={`forecast-${row.tone}`}>
            <rect
              className="forecast-span"
              x={x(start)}
              y={y}
              rx={4}
              width={Math.max(3, x(ms(p90) ?? toMs) - x(start))}
              height={rowHeight - 10}
            />
            {middle !== undefined && (
              <line
                className="forecast-middle"
                x1={x(middle)}
                x2={x(middle)}
                y1={y}
                y2={y + rowHeight - 10}
              />
            )}
            {rows.length > 1 && (
              <text className="forecast-name" x={2} y={y + 14}>
                {row.name}
              </text>
            )}
          </g>
        )
      })}
      {dueMs !== undefined && (
        <g className="forecast-due">
          <line x1={x(dueMs)} x2={x(dueMs)} y1={0} y2={bottom} />
          <text
            x={x(dueMs) + (x(dueMs) > width / 2 ? -5 : 5)}
            y={bottom - 2}
            textAnchor={x(dueMs) > width / 2 ? 'end' : 'start'}
          >
            {t('forecast.due')}
          </text>
        </g>
      )}
    </svg>
  )
}
