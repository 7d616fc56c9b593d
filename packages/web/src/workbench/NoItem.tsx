import type { WireOutput } from '@kasauti/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Waiting } from '../parts/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import type { Session } from './session.ts'

/** What the screen says in place of an item, and where to go from there. */
function Empty(props: {
  readonly title: string
  readonly text: string
  readonly children?: ReactNode
}) {
  return (
    <div className="wb-empty">
      <strong>{props.title}</strong>
      <p className="sub">{props.text}</p>
      {props.children && <div className="line-row">{props.children}</div>}
    </div>
  )
}

function ToToday({ primary }: { readonly primary?: true }) {
  const { t } = useI18n()
  return (
    <Link to="/" className="wb-btn" data-primary={primary}>
      {t('workbench.toToday')}
    </Link>
  )
}

type Project = WireOutput<'project.get'>
const maySetReview = ['lead', 'manager']
const mayImport = ['lead', 'engineer', 'manager']

/** The project has no review: where that is set, for those who may set it. */
function NoReview({ project }: { readonly project: Project }) {
  const { t } = useI18n()
  const may = project.myRoles.some((role) => maySetReview.includes(role))
  return (
    <Empty
      title={t('workbench.noReviewTitle')}
      text={t(may ? 'workbench.noReviewText' : 'workbench.noReviewAsk')}
    >
      {may && (
        <Link
          to="/projects/$projectId/settings"
          params={{ projectId: project.projectId }}
          className="wb-btn"
          data-primary
        >
          {t('workbench.toSettings')}
        </Link>
      )}
      <ToToday />
    </Empty>
  )
}

/** A project nobody has put items into. */
function NoItemsYet({ project }: { readonly project: Project }) {
  const { t } = useI18n()
  const may = project.myRoles.some((role) => mayImport.includes(role))
  return (
    <Empty
      title={t('workbench.noItemsTitle')}
      text={t(may ? 'workbench.noItemsText' : 'workbench.noItemsWait')}
    >
      {may && (
        <Link
          to="/projects/$projectId/import"
          params={{ projectId: project.projectId }}
          className="wb-btn"
          data-primary
        >
          {t('workbench.toImport')}
        </Link>
      )}
      <ToToday />
    </Empty>
  )
}

/** Nothing to show: still asking, out of reach, or done. */
export function NoItem(props: {
  readonly session: Session
  readonly project: Project | undefined
  readonly onAsk: () => void
}) {
  const { session, project, onAsk } = props
  const { t } = useI18n()
  const { queue, network } = session
  if (network === 'down')
    return <Empty title={t('workbench.offlineTitle')} text={t('workbench.offlineText')} />
  if (queue.state === 'resting' || queue.state === 'asking') return <Waiting lines={6} />
  if (session.stage === 'review' && project?.settings.review === 'none')
    return <NoReview project={project} />
  if (project?.counts.items === 0) return <NoItemsYet project={project} />
  const closed = queue.state === 'closed'
  return (
    <Empty
      title={closed ? t('workbench.closedTitle') : t(`workbench.empty.${session.stage}`)}
      text={closed ? t(`error.${queue.reason}`) : t('workbench.emptyText')}
    >
      <ToToday primary />
      <button type="button" className="wb-btn" onClick={onAsk}>
        {t('workbench.lookAgain')}
      </button>
    </Empty>
  )
}
