import type { WireOutput } from '@kasauti/contract'
import { Link } from '@tanstack/react-router'
import { CountsBar } from '../../parts/index.ts'
import { hasRole, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

const states = ['open', 'annotated', 'returned', 'accepted', 'skipped'] as const

/** Items by state, each a way into the items table. */
export function Counts({ project }: { readonly project: WireOutput<'project.get'> }) {
  const { t, format } = useI18n()
  const me = useMe()
  const { counts, projectId } = project
  if (!counts) return null
  const seesItems = hasRole(me, projectId, ['lead', 'manager', 'engineer', 'reviewer'])
  return (
    <section className="card stack-tight">
      <div className="counts-row">
        <div className="count-cell">
          <span className="count-number">{format.number(counts.items)}</span>
          <span className="sub small">{t('overview.items')}</span>
        </div>
        {states.map((state) => (
          <div key={state} className="count-cell">
            <span className="count-number">
              {seesItems ? (
                <Link
                  to="/projects/$projectId/items"
                  params={{ projectId }}
                  search={{ filter: { state: [state] } }}
                >
                  {format.number(counts[state])}
                </Link>
              ) : (
                format.number(counts[state])
              )}
            </span>
            <span className="sub small">{t(`parts.state.${state}`)}</span>
          </div>
        ))}
        <div className="count-cell">
          <span className="count-number">{format.number(counts.annotations)}</span>
          <span className="sub small">{t('overview.annotations')}</span>
        </div>
        <div className="count-cell">
          <span className="count-number">{format.number(counts.reviews)}</span>
          <span className="sub small">{t('overview.reviews')}</span>
        </div>
      </div>
      <CountsBar counts={counts} />
    </section>
  )
}
