import { axisTop, lastDays } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Day = { readonly day: string; readonly submitted: number; readonly reviewed: number }

const width = 560
const height = 150
const left = 36
const bottom = 20

function Bars({ days, top }: { readonly days: readonly Day[]; readonly top: number }) {
  const { format } = useI18n()
  const step = (width - left) / days.length
  const tall = (n: number) => ((height - bottom) * n) / top
  const bar = Math.min(14, step / 2 - 1)
  return days.map((d, i) => (
    <g key={d.day} transform={`translate(${left + i * step + step / 2 - bar},0)`}>
      <rect
        className="bar-submitted"
        x={0}
        y={height - bottom - tall(d.submitted)}
        width={bar}
        height={tall(d.submitted)}
      />
      <rect
        className="bar-reviewed"
        x={bar + 1}
        y={height - bottom - tall(d.reviewed)}
        width={bar}
        height={tall(d.reviewed)}
      />
      {(days.length - 1 - i) % 3 === 0 && (
        <text x={bar} y={height - 5} textAnchor="middle">
          {format.dayMonth(`${d.day}T12:00:00`)}
        </text>
      )}
    </g>
  ))
}

function DaysTable({ days }: { readonly days: readonly Day[] }) {
  const { t, format } = useI18n()
  return (
    <details>
      <summary className="sub small">{t('overview.asTable')}</summary>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('overview.day')}</th>
            <th className="num">{t('parts.state.submitted')}</th>
            <th className="num">{t('overview.reviewed')}</th>
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((d) => (
            <tr key={d.day}>
              <td>{format.date(`${d.day}T12:00:00`)}</td>
              <td className="num">{format.number(d.submitted)}</td>
              <td className="num">{format.number(d.reviewed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** Work by day over the last two weeks, with the numbers as a table behind it. */
export function DaysChart({ days }: { readonly days: readonly Day[] }) {
  const { t, format } = useI18n()
  const today = new Date().toISOString().slice(0, 10)
  const last = days
    .map((d) => d.day)
    .sort()
    .at(-1)
  const shown = lastDays(days, last && last > today ? last : today, {
    n: 14,
    empty: { submitted: 0, reviewed: 0 },
  })
  const top = axisTop(Math.max(...shown.map((d) => Math.max(d.submitted, d.reviewed))))
  return (
    <section>
      <h2>{t('overview.days')}</h2>
      <svg
        className="days-chart"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={t('overview.daysLabel')}
      >
        {[0, 0.5, 1].map((share) => {
          const y = (height - bottom) * (1 - share) + (share === 1 ? 1 : 0)
          return (
            <g key={share}>
              <line x1={left} x2={width} y1={y} y2={y} />
              <text x={left - 6} y={Math.max(10, y + 4)} textAnchor="end">
                {format.number(top * share)}
              </text>
            </g>
          )
        })}
        <Bars days={shown} top={top} />
      </svg>
      <div className="line-row small sub">
        <span>
          <i className="swatch submitted" /> {t('parts.state.submitted')}
        </span>
        <span>
          <i className="swatch reviewed" /> {t('overview.reviewed')}
        </span>
      </div>
      <DaysTable days={shown} />
    </section>
  )
}
