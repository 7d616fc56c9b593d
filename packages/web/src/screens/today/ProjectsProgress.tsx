import { Link } from '@tanstack/react-router'
import { CountsBar } from '../../parts/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { Today } from './answer.ts'

/** My projects, how far they are, and what waits in each. */
export function ProjectsProgress({ projects }: { readonly projects: Today['projects'] }) {
  const { t, format } = useI18n()
  return (
    <section>
      <h2>{t('today.projects')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('today.project')}</th>
            <th>{t('today.progress')}</th>
            <th className="num">{t('today.toLabel')}</th>
            <th className="num">{t('today.toReview')}</th>
          </tr>
        </thead>
        <tbody>
          {projects.map((p) => (
            <tr key={p.projectId}>
              <td>
                <Link to="/projects/$projectId" params={{ projectId: p.projectId }} dir="auto">
                  {p.name}
                </Link>
              </td>
              <td className="bar-cell">
                {p.counts && <CountsBar counts={{ ...p.counts, returned: p.returned }} />}
              </td>
              <td className="num">{format.number(p.toAnnotate)}</td>
              <td className="num">{format.number(p.toReview)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
