import type { WireOutput } from '@kasauti/contract'
import { localText } from '@kasauti/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Waiting } from '../parts/index.ts'
import { hasStage, useWorkflow } from '../platform/api/index.ts'
import { useI18n } from '../platform/i18n/index.ts'
import type { Session, Stage, Wait } from './session.ts'
import type { Source } from './source.ts'

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
      {props.children}
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

/** What holds the queue back, a sentence for each. */
function Waits({ waits }: { readonly waits: readonly Wait[] }) {
  const { t, locale, format } = useI18n()
  const text = (w: Wait) => {
    const skills = format.list((w.skills ?? []).map((s) => localText(s.title, locale)))
    if (w.code === 'daily-cap' && w.until)
      return t('workbench.wait.daily-cap', { when: format.dateTime(w.until) })
    return t(`workbench.wait.${w.code === 'daily-cap' ? 'daily-cap-open' : w.code}`, { skills })
  }
  if (waits.length === 0) return null
  return (
    <ul className="wb-waits">
      {waits.map((w) => (
        <li key={`${w.code} ${w.projectId ?? ''} ${w.stage ?? ''} ${w.batchName ?? ''}`}>
          {w.projectName && <b dir="auto">{w.projectName}</b>}{' '}
          {w.stage && <span className="tag">{t(`workbench.stage.${w.stage}`)}</span>}{' '}
          {w.batchName && (
            <span className="sub" dir="auto">
              {w.batchName}
            </span>
          )}
          <div>{text(w)}</div>
          {w.reason && (
            <div className="sub" dir="auto">
              {w.reason}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

type Project = WireOutput<'project.get'>
const maySetStages = ['lead', 'manager']
const mayImport = ['lead', 'engineer', 'manager']

/** The project's workflow has no such stage: where that is changed, for those who may change it. */
function NoStage({ project, stage }: { readonly project: Project; readonly stage: Stage }) {
  const { t } = useI18n()
  const may = project.myRoles.some((role) => maySetStages.includes(role))
  return (
    <Empty
      title={t(`workbench.noStage.${stage}`)}
      text={t(may ? 'workbench.noStageText' : 'workbench.noStageAsk')}
    >
      <div className="line-row">
        {may && (
          <Link
            to="/projects/$projectId/workflow"
            params={{ projectId: project.projectId }}
            className="wb-btn"
            data-primary
          >
            {t('workbench.toWorkflow')}
          </Link>
        )}
        <ToToday />
      </div>
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
      <div className="line-row">
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
      </div>
    </Empty>
  )
}

/** Nothing to show: still asking, out of reach, or done. */
export function NoItem(props: {
  readonly session: Session
  readonly source: Source
  readonly project: Project | undefined
  readonly onAsk: () => void
}) {
  const { session, source, project, onAsk } = props
  const workflow = useWorkflow(source.of === 'project' ? source.projectId : undefined)
  const { t } = useI18n()
  const { queue, network } = session
  if (network === 'down')
    return <Empty title={t('workbench.offlineTitle')} text={t('workbench.offlineText')} />
  if (queue.state === 'resting' || queue.state === 'asking') return <Waiting lines={6} />
  if (source.of === 'project' && project && workflow && !hasStage(workflow, source.stage))
    return <NoStage project={project} stage={source.stage} />
  if (project?.counts?.items === 0) return <NoItemsYet project={project} />
  const closed = queue.state === 'closed'
  const told = session.waits.filter((w) => w.code !== 'nothing-left')
  return (
    <Empty
      title={
        closed
          ? t('workbench.closedTitle')
          : t(`workbench.empty.${source.of === 'project' ? source.stage : 'everything'}`)
      }
      text={
        closed
          ? t(`error.${queue.reason}`)
          : t(told.length > 0 ? 'workbench.waitsText' : 'workbench.emptyText')
      }
    >
      <Waits waits={told} />
      <div className="line-row">
        <ToToday primary />
        <button type="button" className="wb-btn" onClick={onAsk}>
          {t('workbench.lookAgain')}
        </button>
      </div>
    </Empty>
  )
}
