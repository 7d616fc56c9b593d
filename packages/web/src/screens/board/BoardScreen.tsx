import { useParams } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { HeadTools } from '../../frame/index.ts'
import { Answer, Empty, Page } from '../../parts/index.ts'
import { client, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { Ageing } from './Ageing.tsx'
import { Batches } from './Batches.tsx'
import type { Board } from './board.ts'
import { People } from './People.tsx'
import { Stages } from './Stages.tsx'
import { Throughput } from './Throughput.tsx'
import './board.css'

type Table = 'throughput' | 'work-in-progress' | 'ageing' | 'batches' | 'people'

/** A part of the board: heading, its table as a file, content. */
function Part(props: {
  readonly table: Table
  readonly title: string
  readonly projectId: string | undefined
  readonly children: ReactNode
}) {
  const { t } = useI18n()
  const { table, title, projectId } = props
  const query = projectId === undefined ? {} : { projectId }
  return (
    <section className="card board-part" aria-labelledby={`board-${table}`}>
      <header className="line-row">
        <h2 id={`board-${table}`} className="grow">
          {title}
        </h2>
        <a
          className="small"
          href={client.url('board.table', { params: { table }, query })}
          download
          aria-label={t('board.csvOf', { table: title })}
        >
          {t('board.csv')}
        </a>
      </header>
      {props.children}
    </section>
  )
}

function Parts({ board, projectId }: { readonly board: Board; readonly projectId?: string }) {
  const { t } = useI18n()
  const of = board.projects.length > 1 ? ('several' as const) : ('one project' as const)
  const shown = { board, of }
  return (
    <div className="board">
      <Part table="batches" title={t('board.batches')} projectId={projectId}>
        <Batches {...shown} />
      </Part>
      <Part table="people" title={t('board.people')} projectId={projectId}>
        <People {...shown} />
      </Part>
      <div className="board-pair">
        <Part table="work-in-progress" title={t('board.stages')} projectId={projectId}>
          <Stages {...shown} />
        </Part>
        <Part table="throughput" title={t('board.throughput')} projectId={projectId}>
          <Throughput days={board.days} today={board.at.slice(0, 10)} />
        </Part>
      </div>
      <Part table="ageing" title={t('board.ageing')} projectId={projectId}>
        <Ageing {...shown} />
      </Part>
    </div>
  )
}

function BoardPage({ projectId, name }: { readonly projectId?: string; readonly name?: string }) {
  const { t, format } = useI18n()
  const query = projectId === undefined ? {} : { projectId }
  const board = useApi('board.get', { query })
  return (
    <Page
      title={name === undefined ? t('board.title') : t('board.titleOf', { name })}
      sub={
        board.data && (
          <span role="status">{t('board.asOf', { when: format.time(board.data.at) })}</span>
        )
      }
      actions={<HeadTools />}
    >
      <Answer of={board} lines={12}>
        {(answer) =>
          answer.projects.length === 0 ? (
            <Empty title={t('board.none')} text={t('board.noneText')} />
          ) : (
            <Parts board={answer} {...(projectId === undefined ? {} : { projectId })} />
          )
        }
      </Answer>
    </Page>
  )
}

/** Everything a lead or manager answers for, in one live page. */
export function BoardScreen() {
  return <BoardPage />
}

/** The board of one project. */
export function ProjectBoardScreen() {
  const me = useMe()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/board' })
  const name = me.projects.find((p) => p.projectId === projectId)?.name
  return <BoardPage projectId={projectId} {...(name === undefined ? {} : { name })} />
}
