import { axisTop, lastDays } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Board } from './board.ts'

type Day = Board['days'][number]
const kinds = ['submitted', 'reviewed', 'done'] as const
const empty = { submitted: 0, reviewed: 0, adjudicated: 0, audited: 0, returned: 0, done: 0 }
const width = 560
const height = 170
const left = 36
const bottom = 20

function Lines({ days, top }: { readonly days: readonly Day[]; readonly top: number }) {
  const step = (width - left - 8) / Math.max(1, days.length - 1)
  const point = (n: number, i: number) =>
    `${(left + i * step).toFixed(1)},${((height - bottom) * (1 - n / top) + 1).toFixed(1)}`
  return (
    <>
      {kinds.map((kind) => (
        <polyline
          key={kind}
          className={`line-${kind}`}
          points={days.map((d, i) => point(d[kind], i)).join(' ')}
        />
      ))}
    </>
  )
}

function Picture({ days }: { readonly days: readonly Day[] }) {
  const { t, format } = useI18n()
  const top = axisTop(Math.max(...days.flatMap((d) => kinds.map((kind) => d[kind]))))
  const step = (width - left - 8) / Math.max(1, days.length - 1)
  return (
    <svg
      className="days-chart throughput"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('board.throughputLabel')}
    >
      {[0, 0.5, 1].map((share) => {
        const y = (height - bottom) * (1 - share) + 1
        return (
          <g key={share}>
            <line x1={left} x2={width} y1={y} y2={y} />
            <text x={left - 6} y={Math.max(10, y + 4)} textAnchor="end">
              {format.number(top * share)}
            </text>
          </g>
        )
      })}
      {days.map(
        (d, i) =>
          (days.length - 1 - i) % 7 === 0 && (
            <text
              key={d.day}
              x={left + i * step}
              y={height - 5}
              textAnchor={i === days.length - 1 ? 'end' : 'middle'}
            >
              {format.dayMonth(`${d.day}T12:00:00`)}
            </text>
          ),
      )}
      <Lines days={days} top={top} />
    </svg>
  )
}

/** Work of the last 30 days, with the numbers as a table behind the picture. */
export function Throughput({
  days,
  today,
}: {
  readonly days: readonly Day[]
  readonly today: string
}) {
  const { t, format } = useI18n()
  if (days.length === 0) return <p className="sub">{t('board.noDays')}</p>
  const shown = lastDays(days, today, { n: 30, empty })
  return (
    <>
      <Picture days={shown} />
      <div className="line-row small sub">
        {kinds.map((kind) => (
          <span key={kind}>
            <i className={`swatch line-${kind}`} /> {t(`board.day.${kind}`)}
          </span>
        ))}
      </div>
      <details>
        <summary className="sub small">{t('board.asTable')}</summary>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('board.day')}</th>
              {(
                ['submitted', 'reviewed', 'adjudicated', 'audited', 'returned', 'done'] as const
              ).map((kind) => (
                <th key={kind} className="num">
                  {t(`board.day.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...days].reverse().map((d) => (
              <tr key={d.day}>
                <td>{format.date(`${d.day}T12:00:00`)}</td>
                <td className="num">{format.number(d.submitted)}</td>
                <td className="num">{format.number(d.reviewed)}</td>
                <td className="num">{format.number(d.adjudicated)}</td>
                <td className="num">{format.number(d.audited)}</td>
                <td className="num">{format.number(d.returned)}</td>
                <td className="num">{format.number(d.done)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
