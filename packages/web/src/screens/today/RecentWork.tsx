import { Answer } from '../../parts/index.ts'
import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

/** My last items in a project. */
export function RecentWork({ projectId }: { readonly projectId: string }) {
  const { t, format } = useI18n()
  const recent = useApi('work.recent', { params: { projectId }, query: { limit: 6 } })
  return (
    <section>
      <h2>{t('today.recent')}</h2>
      <Answer of={recent} lines={3}>
        {({ rows }) =>
          rows.length === 0 ? (
            <p className="sub">{t('today.nothingRecent')}</p>
          ) : (
            <table className="plain">
              <thead>
                <tr>
                  <th>{t('today.item')}</th>
                  <th>{t('today.content')}</th>
                  <th>{t('today.state')}</th>
                  <th className="num">{t('today.when')}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((r) => (
                  <tr key={r.assignmentId}>
                    <td dir="auto">{r.key}</td>
                    <td dir="auto" className="preview-cell">
                      {r.preview}
                    </td>
                    <td>
                      <span className={r.state === 'returned' ? 'tag warn' : 'tag'}>
                        {t(`today.assignment.${r.state}`)}
                      </span>
                    </td>
                    <td className="num">{format.when(r.at)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Answer>
    </section>
  )
}
