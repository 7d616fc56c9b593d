import type { WireOutput } from '@kasauti/contract'
import { Button, Switch } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Answer, CountsBar, Empty, Page } from '../../parts/index.ts'
import { useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'

type Project = WireOutput<'project.list'>['rows'][number]

function Row({ project }: { readonly project: Project }) {
  const { t, format } = useI18n()
  const { counts } = project
  return (
    <tr>
      <td>
        <Link to="/projects/$projectId" params={{ projectId: project.projectId }} dir="auto">
          <strong>{project.name}</strong>
        </Link>{' '}
        {project.archived && <span className="tag">{t('projects.archived')}</span>}
        {project.summary && (
          <div className="sub small" dir="auto">
            {project.summary}
          </div>
        )}
      </td>
      <td>{format.list(project.myRoles.map((role) => t(`parts.role.${role}`)))}</td>
      <td className="bar-cell">{counts && <CountsBar counts={counts} />}</td>
      <td className="num">{counts && format.number(counts.items)}</td>
      <td className="num">{counts && format.number(counts.accepted)}</td>
      <td className="num">{counts && format.number(counts.annotated)}</td>
      <td className="num">{counts && format.number(counts.returned)}</td>
    </tr>
  )
}

function Table({ rows }: { readonly rows: readonly Project[] }) {
  const { t } = useI18n()
  return (
    <div className="card table-frame">
      <table className="plain">
        <thead>
          <tr>
            <th>{t('projects.name')}</th>
            <th>{t('projects.myRoles')}</th>
            <th>{t('projects.progress')}</th>
            <th className="num">{t('projects.items')}</th>
            <th className="num">{t('parts.state.accepted')}</th>
            <th className="num">{t('parts.state.annotated')}</th>
            <th className="num">{t('parts.state.returned')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((project) => (
            <Row key={project.projectId} project={project} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** All my projects. */
export function ProjectsScreen() {
  const { t } = useI18n()
  const me = useMe()
  const navigate = useNavigate()
  const [archived, setArchived] = useState(false)
  const projects = useApi('project.list', { query: archived ? { archived: 'true' } : {} })
  const make = me.mayCreateProjects && (
    <Button onClick={() => void navigate({ to: '/projects/new' })}>{t('projects.new')}</Button>
  )
  return (
    <Page
      title={t('projects.title')}
      actions={
        <>
          <Switch
            label={t('projects.showArchived')}
            checked={archived}
            onChange={(event) => setArchived(event.currentTarget.checked)}
          />
          {make}
        </>
      }
    >
      <Answer of={projects}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty
              title={t('projects.none')}
              text={t(make ? 'projects.noneMake' : 'projects.noneAsk')}
              action={make}
            />
          ) : (
            <Table rows={rows} />
          )
        }
      </Answer>
    </Page>
  )
}
