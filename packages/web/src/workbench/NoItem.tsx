import type { WireOutput } from '@kasauti/contract'
import { Link } from '@tanstack/react-router'
import { Waiting } from '../parts/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import type { Session } from './session.ts'

/** The project has no review: where that is set, for those who may set it. */
function NoReview({ project }: { readonly project: WireOutput<'project.get'> }) {
  const { t } = useI18n()
  const maySet = project.myRoles.some((role) => role === 'lead' || role === 'manager')
  return (
    <div className="wb-empty">
      <strong>{t('workbench.noReviewTitle')}</strong>
      <p className="sub">{t(maySet ? 'workbench.noReviewText' : 'workbench.noReviewAsk')}</p>
      <div className="line-row">
        {maySet && (
          <Link
            to="/projects/$projectId/settings"
            params={{ projectId: project.projectId }}
            className="wb-btn"
            data-primary
          >
            {t('workbench.toSettings')}
          </Link>
        )}
        <Link to="/" className="wb-btn">
          {t('workbench.toToday')}
        </Link>
      </div>
    </div>
  )
}

/** A project nobody has put items into. */
function NoItemsYet({ project }: { readonly project: WireOutput<'project.get'> }) {
  const { t } = useI18n()
  const imports = project.myRoles.some((r) => r === 'lead' || r === 'engineer' || r === 'manager')
  return (
    <div className="wb-empty">
      <strong>{t('workbench.noItemsTitle')}</strong>
      <p className="sub">{t(imports ? 'workbench.noItemsText' : 'workbench.noItemsWait')}</p>
      <div className="line-row">
        {imports && (
          <Link
            to="/projects/$projectId/import"
            params={{ projectId: project.projectId }}
            className="wb-btn"
            data-primary
          >
            {t('workbench.toImport')}
          </Link>
        )}
        <Link to="/" className="wb-btn">
          {t('workbench.toToday')}
        </Link>
      </div>
    </div>
  )
}

/** Nothing to show: still asking, out of reach, or done. */
export function NoItem(props: {
  readonly session: Session
  readonly project: WireOutput<'project.get'> | undefined
  readonly onAsk: () => void
}) {
  const { session, project, onAsk } = props
  const { t } = useI18n()
  const { queue, network } = session
  if (network === 'down')
    return (
      <div className="wb-empty">
        <strong>{t('workbench.offlineTitle')}</strong>
        <p className="sub">{t('workbench.offlineText')}</p>
      </div>
    )
  if (queue.state === 'resting' || queue.state === 'asking') return <Waiting lines={6} />
  if (session.stage === 'review' && project?.settings.review === 'none')
    return <NoReview project={project} />
  if (project?.counts.items === 0) return <NoItemsYet project={project} />
  const closed = queue.state === 'closed'
  return (
    <div className="wb-empty">
      <strong>{closed ? t('workbench.closedTitle') : t(`workbench.empty.${session.stage}`)}</strong>
      <p className="sub">{closed ? t(`error.${queue.reason}`) : t('workbench.emptyText')}</p>
      <div className="line-row">
        <Link to="/" className="wb-btn" data-primary>
          {t('workbench.toToday')}
        </Link>
        <button type="button" className="wb-btn" onClick={onAsk}>
          {t('workbench.lookAgain')}
        </button>
      </div>
    </div>
  )
}
