import { Link } from '@tanstack/react-router'
import { VerdictAppeal } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Today } from './answer.ts'

/** What a reviewer sent back, with why. */
export function ReturnedWork({ returned }: { readonly returned: Today['returned'] }) {
  const { t, format } = useI18n()
  return (
    <section>
      <h2>{t('today.returned')}</h2>
      {returned.length === 0 ? (
        <p className="sub">{t('today.nothingReturned')}</p>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th>{t('today.item')}</th>
              <th>{t('today.note')}</th>
              <th className="num">{t('today.when')}</th>
            </tr>
          </thead>
          <tbody>
            {returned.map((r) => (
              <tr key={r.assignmentId}>
                <td>
                  <Link
                    to="/projects/$projectId/work"
                    params={{ projectId: r.projectId }}
                    dir="auto"
                  >
                    {r.key}
                  </Link>
                  <div className="sub small" dir="auto">
                    {r.projectName}
                  </div>
                </td>
                <td>
                  <div dir="auto">{r.note}</div>
                  <VerdictAppeal projectId={r.projectId} assignmentId={r.assignmentId} />
                </td>
                <td className="num">{format.when(r.at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
