import type { ReactNode } from 'react'
import { useI18n } from '../../platform/i18n/index.ts'
import { Distribution } from './Distribution.tsx'
import { type Scale, scaleOf, type Times } from './scale.ts'

export type Line = { readonly key: string; readonly title: ReactNode; readonly times: Times }

/** Below so many handlings a quantile says little: shown in grey. */
const few = 5

function Row({ line, scale }: { readonly line: Line; readonly scale: Scale }) {
  const { t, format } = useI18n()
  const { times } = line
  const length = (ms: number | undefined) => (ms === undefined ? '–' : format.duration(ms))
  return (
    <tr data-few={times.n < few || undefined} title={times.n < few ? t('time.few') : undefined}>
      <th scope="row" dir="auto">
        {line.title}
      </th>
      <td className="num">{format.number(times.n)}</td>
      <td className="num">{length(times.p10Ms)}</td>
      <td className="num">
        <b>{length(times.medianMs)}</b>
      </td>
      <td className="num">{length(times.p90Ms)}</td>
      <td>
        <Distribution times={times} scale={scale} size="small" />
      </td>
      <td className="num">{format.duration(times.activeMs)}</td>
    </tr>
  )
}

/** Handling times line by line, their pictures on one scale. */
export function TimesTable({
  title,
  lines,
}: {
  readonly title: string
  readonly lines: readonly Line[]
}) {
  const { t } = useI18n()
  const scale = scaleOf(lines.map((line) => line.times))
  return (
    <div className="table-frame">
      <table className="plain time-table">
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col" className="num">
              {t('time.n')}
            </th>
            <th scope="col" className="num">
              {t('time.p10')}
            </th>
            <th scope="col" className="num">
              {t('time.median')}
            </th>
            <th scope="col" className="num">
              {t('time.p90')}
            </th>
            <th scope="col">{t('time.spread')}</th>
            <th scope="col" className="num">
              {t('time.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Row key={line.key} line={line} scale={scale} />
          ))}
        </tbody>
      </table>
    </div>
  )
}
