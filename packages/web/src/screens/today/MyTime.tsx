import { useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

/** My own active time today by project, and how long an item usually takes me. */
export function MyTime() {
  const { t, format } = useI18n()
  const mine = useApi('time.mine', {})
  const rows = (mine.data?.projects ?? []).filter((p) => p.todayMs > 0)
  if (!mine.data || rows.length === 0) return null
  return (
    <section aria-labelledby="today-time">
      <h2 id="today-time">{t('today.time')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t('today.timeProject')}</th>
            <th scope="col" className="num">
              {t('today.timeToday')}
            </th>
            <th scope="col" className="num">
              {t('today.timeMedian')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ projectId, projectName, todayMs, handlings }) => (
            <tr key={projectId}>
              <td dir="auto">{projectName}</td>
              <td className="num">{format.duration(todayMs)}</td>
              <td className="num">
                {handlings.medianMs === undefined ? '–' : format.duration(handlings.medianMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sub">{t('today.timeRule', { seconds: mine.data.rule.idleSeconds })}</p>
    </section>
  )
}
