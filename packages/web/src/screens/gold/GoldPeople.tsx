import { Answer, Empty } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { intervalParts } from './interval.ts'

/** What hidden gold says of each person, with how surely. */
export function GoldPeople({ projectId }: { readonly projectId: string }) {
  const { t, format } = useI18n()
  const people = useApi('gold.people', { params: { projectId } })
  return (
    <Answer of={people}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title={t('gold.nobody')} text={t('gold.nobodyText')} />
        ) : (
          <table className="plain">
            <thead>
              <tr>
                <th>{t('gold.person')}</th>
                <th className="num">{t('gold.answered')}</th>
                <th>{t('gold.share')}</th>
                <th className="num">{t('gold.rate')}</th>
                <th className="num">{t('gold.left')}</th>
                <th>{t('gold.last')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((p) => {
                const parts = intervalParts(p)
                return (
                  <tr key={p.userId}>
                    <td dir="auto">
                      {p.name} {p.declined && <span className="tag bad">{t('gold.declined')}</span>}
                    </td>
                    <td className="num">{format.number(p.answered)}</td>
                    <td>{parts ? t('gold.interval', parts) : t('gold.unknown')}</td>
                    <td className="num">
                      {t('gold.percent', { n: Math.round(1000 * p.rate) / 10 })}
                    </td>
                    <td className="num">{format.number(p.left)}</td>
                    <td className="sub">{p.lastAt ? format.when(p.lastAt) : ''}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        )
      }
    </Answer>
  )
}
