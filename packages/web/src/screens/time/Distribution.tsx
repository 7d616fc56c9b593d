import { useI18n } from '../../platform/i18n/index.ts'
import { placeOn, type Scale, type Times, ticksOn } from './scale.ts'

const heights = { small: 28, large: 120 }

/** How often handlings took how long, on a logarithmic scale, with the median marked. */
export function Distribution({
  times,
  scale,
  size,
}: {
  readonly times: Times
  readonly scale: Scale
  readonly size: 'small' | 'large'
}) {
  const { t, format } = useI18n()
  const width = size === 'large' ? 640 : 160
  const height = heights[size]
  const most = Math.max(1, ...times.bars.map((bar) => bar.n))
  const x = (ms: number) => placeOn(scale, ms) * width
  return (
    <figure className="time-picture" data-size={size}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('time.picture', {
          n: times.n,
          p10: format.duration(times.p10Ms ?? 0),
          median: format.duration(times.medianMs ?? 0),
          p90: format.duration(times.p90Ms ?? 0),
        })}
      >
        {times.bars.map((bar) => {
          const tall = Math.max(1.5, (bar.n / most) * (height - 2))
          const left = x(bar.fromMs)
          return (
            <rect
              key={bar.fromMs}
              className="time-bar"
              x={left}
              y={height - tall}
              width={Math.max(1, x(bar.toMs) - left - 1)}
              height={tall}
            />
          )
        })}
        {times.medianMs !== undefined && (
          <line
            className="time-median"
            x1={x(times.medianMs)}
            x2={x(times.medianMs)}
            y1={0}
            y2={height}
          />
        )}
      </svg>
      {size === 'large' && (
        <div className="time-axis" aria-hidden="true">
          {ticksOn(scale).map((ms) => (
            <span key={ms} style={{ insetInlineStart: `${placeOn(scale, ms) * 100}%` }}>
              {format.duration(ms)}
            </span>
          ))}
        </div>
      )}
    </figure>
  )
}
