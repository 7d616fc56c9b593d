import type { WireOutput } from '@kasauti/contract'
import { Button } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { HeadTools } from '../../frame/index.ts'
import { Answer, Empty, Page } from '../../parts/index.ts'
import { hasRole, useApi, useMe, useMyStages } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { CommandKey, useCommands } from '../../platform/keys/index.ts'
import { ForecastPanel } from '../batch-forecast/index.ts'
import { Counts } from './Counts.tsx'
import { DaysChart } from './DaysChart.tsx'
import { Instructions } from './Instructions.tsx'
import { PeopleTable } from './PeopleTable.tsx'

type Project = WireOutput<'project.get'>

function Progress({ projectId }: { readonly projectId: string }) {
  const progress = useApi('project.progress', { params: { projectId } })
  return (
    <Answer of={progress}>
      {({ people, days }) => (
        <div className="columns">
          <PeopleTable people={people} />
          <DaysChart days={days} />
        </div>
      )}
    </Answer>
  )
}

function Actions({ project }: { readonly project: Project }) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const params = { projectId: project.projectId }
  const stages = useMyStages(project.projectId)
  const works = stages.includes('annotate')
  const reviews = stages.includes('review')
  const work = () => void navigate({ to: '/projects/$projectId/work', params })
  const review = () => void navigate({ to: '/projects/$projectId/review', params })
  const adjudicate = () => void navigate({ to: '/projects/$projectId/adjudicate', params })
  const audit = () => void navigate({ to: '/projects/$projectId/audit', params })
  const live = !project.archived
  useCommands([
    {
      id: 'overview.work',
      title: 'overview.work',
      keys: ['KeyL'],
      run: work,
      when: () => live && works,
    },
    {
      id: 'overview.review',
      title: 'overview.review',
      keys: ['KeyR'],
      run: review,
      when: () => live && reviews,
    },
    {
      id: 'overview.adjudicate',
      title: 'overview.adjudicate',
      keys: ['KeyD'],
      run: adjudicate,
      when: () => live && stages.includes('adjudicate'),
    },
    {
      id: 'overview.audit',
      title: 'overview.audit',
      keys: ['KeyU'],
      run: audit,
      when: () => live && stages.includes('audit'),
    },
  ])
  if (!live) return <span className="tag">{t('projects.archived')}</span>
  return (
    <>
      {stages.includes('audit') && (
        <Button variant="default" onClick={audit} rightSection={<CommandKey id="overview.audit" />}>
          {t('overview.audit')}
        </Button>
      )}
      {stages.includes('adjudicate') && (
        <Button
          variant="default"
          onClick={adjudicate}
          rightSection={<CommandKey id="overview.adjudicate" />}
        >
          {t('overview.adjudicate')}
        </Button>
      )}
      {reviews && (
        <Button
          variant={works ? 'default' : 'filled'}
          onClick={review}
          rightSection={<CommandKey id="overview.review" />}
        >
          {t('overview.review')}
        </Button>
      )}
      {works && (
        <Button
          onClick={work}
          rightSection={<CommandKey id="overview.work" />}
          className="with-key"
        >
          {t('overview.work')}
        </Button>
      )}
    </>
  )
}

function NoItems({ project }: { readonly project: Project }) {
  const { t } = useI18n()
  const navigate = useNavigate()
  const imports = project.myRoles.some((r) => r === 'lead' || r === 'engineer' || r === 'manager')
  return (
    <Empty
      title={t('overview.noItems')}
      text={t(imports ? 'overview.noItemsImport' : 'overview.noItemsWait')}
      action={
        imports && (
          <Button
            onClick={() =>
              void navigate({
                to: '/projects/$projectId/import',
                params: { projectId: project.projectId },
              })
            }
          >
            {t('overview.import')}
          </Button>
        )
      }
    />
  )
}

/** One project at a glance. */
export function OverviewScreen() {
  const { t, format } = useI18n()
  const me = useMe()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId' })
  const project = useApi('project.get', { params: { projectId } })
  const seesProgress = hasRole(me, projectId, [
    'lead',
    'manager',
    'engineer',
    'reviewer',
    'stakeholder',
  ])
  const seesForecast = hasRole(me, projectId, ['lead', 'manager', 'engineer'])
  const name =
    project.data?.name ??
    me.projects.find((p) => p.projectId === projectId)?.name ??
    t('overview.title')
  return (
    <Page
      title={name}
      sub={
        project.data &&
        (project.data.summary ||
          t('overview.made', {
            who: project.data.createdBy,
            when: format.date(project.data.createdAt),
          }))
      }
      actions={
        <>
          {project.data && <Actions project={project.data} />}
          <HeadTools />
        </>
      }
    >
      <Answer of={project}>
        {(answer) => (
          <>
            {answer.counts?.items === 0 ? (
              <NoItems project={answer} />
            ) : (
              <Counts project={answer} />
            )}
            {seesForecast && (answer.counts?.items ?? 0) > 0 && (
              <ForecastPanel projectId={projectId} />
            )}
            {seesProgress && (answer.counts?.items ?? 0) > 0 && <Progress projectId={projectId} />}
            <Instructions project={answer} />
          </>
        )}
      </Answer>
    </Page>
  )
}
