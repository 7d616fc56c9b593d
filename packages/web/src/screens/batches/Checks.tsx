import { useI18n } from '../../platform/i18n/index.ts'
import type { WholeBatch } from './batch.ts'

const tones = { met: 'good', unmet: 'bad', unknown: 'warn' } as const

/** What was agreed, what there is, and whether that is enough. */
export function Checks({ checks }: { readonly checks: WholeBatch['checks'] }) {
  const { t, format } = useI18n()
  if (checks.length === 0) return <p className="sub">{t('batches.noCriteria')}</p>
  return (
    <table className="plain">
      <thead>
        <tr>
          <th>{t('batches.criterion')}</th>
          <th className="num">{t('batches.wanted')}</th>
          <th className="num">{t('batches.found')}</th>
          <th>{t('batches.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map((c) => (
          <tr key={c.criterion}>
            <td>{t(`batches.criterion.${c.criterion}`)}</td>
            <td className="num">
              {t(c.criterion === 'maxReturned' ? 'batches.atMost' : 'batches.atLeast', {
                share: format.percent(c.wanted),
              })}
            </td>
            <td className="num">
              {c.of === 0
                ? '–'
                : t('batches.countOf', {
                    share: format.percent(c.count / c.of),
                    count: format.number(c.count),
                    of: format.number(c.of),
                  })}
            </td>
            <td>
              <span className={`tag ${tones[c.verdict]}`}>{t(`batches.check.${c.verdict}`)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
