import { useI18n } from '../../platform/i18n/index.ts'
import type { Shown } from './board.ts'
import { TableFrame } from './TableFrame.tsx'

/** Hours that separate the columns; the last column has no end. */
const hours = [1, 4, 24, 72, 168] as const

/** How long things have been held or waiting: the darker, the more. */
export function Ageing({ board, of }: Shown) {
  const { t, format } = useI18n()
  const rows = board.ages
  if (rows.length === 0) return <p className="sub">{t('board.nothingWaits')}</p>
  const top = Math.max(1, ...rows.flatMap((a) => a.counts))
  const title = (i: number) => {
    const limit = hours[i]
    if (limit === undefined) return t('board.daysAndOver', { days: 7 })
    return limit < 24
      ? t('board.underHours', { hours: limit })
      : t('board.underDays', { days: limit / 24 })
  }
  return (
    <TableFrame label={t('board.ageing')}>
      <table className="plain ageing">
        <thead>
          <tr>
            {of === 'several' && <th>{t('board.project')}</th>}
            <th>{t('board.what')}</th>
            {[...hours, 'over'].map((limit, i) => (
              <th key={limit} className="num">
                {title(i)}
              </th>
            ))}
            <th>{t('board.oldest')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((a) => (
            <tr key={`${a.projectId} ${a.what}`}>
              {of === 'several' && <td dir="auto">{a.projectName}</td>}
              <td>{t(`board.what.${a.what}`)}</td>
              {a.counts.map((count, i) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns have no identity
                  key={i}
                  className="num age"
                  style={{ '--share': `${Math.round((40 * count) / top)}%` } as object}
                >
                  {count === 0 ? '–' : format.number(count)}
                </td>
              ))}
              <td>{a.oldest ? format.when(a.oldest) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableFrame>
  )
}
