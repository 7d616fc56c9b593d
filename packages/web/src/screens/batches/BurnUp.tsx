import { axisTop } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { WholeBatch } from './batch.ts'
import { type BurnPoint, burnUp } from './burn-up.ts'

const width = 560
const height = 190
const left = 44
const bottom = 20
const lines = ['submitted', 'done'] as const

function Picture({
  points,
  wanted,
}: {
  readonly points: readonly BurnPoint[]
  readonly wanted: number
}) {
  const { t, format } = useI18n()
  const top = axisTop(Math.max(wanted, ...points.map((p) => Math.max(p.submitted, p.done))))
  const step = (width - left - 8) / Math.max(1, points.length - 1)
  const y = (n: number) => (height - bottom) * (1 - n / top) + 1
  const every = Math.max(1, Math.ceil(points.length / 7))
  return (
    <svg
      className="days-chart burn-up"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('batches.burnUpLabel')}
    >
      {[0, 0.5, 1].map((share) => (
        <g key={share}>
          <line x1={left} x2={width} y1={y(top * share)} y2={y(top * share)} />
          <text x={left - 6} y={Math.max(10, y(top * share) + 4)} textAnchor="end">
            {format.number(top * share)}
          </text>
        </g>
      ))}
      <line className="line-all" x1={left} x2={width} y1={y(wanted)} y2={y(wanted)} />
      {lines.map((kind) => (
        <polyline
          key={kind}
          className={`line-${kind}`}
          points={points.map((p, i) => `${left + i * step},${y(p[kind]).toFixed(1)}`).join(' ')}
        />
      ))}
      {points.map(
        (p, i) =>
          (points.length - 1 - i) % every === 0 && (
            <text
              key={p.day}
              x={left + i * step}
              y={height - 5}
              textAnchor={i === 0 ? 'start' : i === points.length - 1 ? 'end' : 'middle'}
            >
              {format.dayMonth(`${p.day}T12:00:00`)}
            </text>
          ),
      )}
    </svg>
  )
}

/** How the batch fills up: answers handed in and items done, against all its items; days as a table. */
export function BurnUp({ batch }: { readonly batch: WholeBatch }) {
  const { t, format } = useI18n()
  const points = burnUp(batch.days, new Date().toISOString().slice(0, 10))
  const { counts } = batch
  const wanted = counts.open + counts.annotated + counts.returned + counts.accepted
  if (points.length === 0) return <p className="sub">{t('batches.noDays')}</p>
  return (
    <>
      <Picture points={points} wanted={wanted} />
      <div className="line-row small sub">
        {lines.map((kind) => (
          <span key={kind}>
            <i className={`swatch burn-${kind}`} /> {t(`batches.day.${kind}`)}
          </span>
        ))}
        <span>
          <i className="swatch burn-all" /> {t('batches.allItems')}
        </span>
      </div>
      <details>
        <summary className="sub small">{t('batches.asTable')}</summary>
        <table className="plain">
          <thead>
            <tr>
              <th>{t('batches.day')}</th>
              {(['submitted', 'reviewed', 'returned', 'skipped', 'done'] as const).map((kind) => (
                <th key={kind} className="num">
                  {t(`batches.day.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...batch.days].reverse().map((d) => (
              <tr key={d.day}>
                <td>{format.date(`${d.day}T12:00:00`)}</td>
                <td className="num">{format.number(d.submitted)}</td>
                <td className="num">{format.number(d.reviewed)}</td>
                <td className="num">{format.number(d.returned)}</td>
                <td className="num">{format.number(d.skipped)}</td>
                <td className="num">{format.number(d.done)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
