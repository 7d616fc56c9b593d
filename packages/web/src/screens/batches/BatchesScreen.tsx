import { Button, SegmentedControl } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Answer, Empty, Failed, Page, Waiting } from '../../parts/index.ts'
import { client, useApi, useMe } from '../../platform/api/index.ts'
import { useT } from '../../platform/i18n/index.ts'
import { useCommands } from '../../platform/keys/index.ts'
import { type BatchesSearch, batchViews } from '../../platform/router/index.ts'
import { BatchForm } from './BatchForm.tsx'
import { BatchTable } from './BatchTable.tsx'
import { Board } from './Board.tsx'
import { type Batch, leadsBatch, makesBatches } from './batch.ts'
import { Calendar } from './Calendar.tsx'
import { DeliverDialog } from './DeliverDialog.tsx'
import { useMove } from './use-move.ts'
import './batches.css'

type ViewsProps = {
  readonly batches: readonly Batch[]
  readonly of: 'one' | 'several'
  readonly search: BatchesSearch
  readonly onSearch: (next: BatchesSearch) => void
}

function ViewSwitch({ search, onSearch }: Pick<ViewsProps, 'search' | 'onSearch'>) {
  const t = useT()
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('batches.view')}
      data={batchViews.map((view) => ({ value: view, label: t(`batches.view.${view}`) }))}
      value={search.view ?? 'board'}
      onChange={(value) => onSearch({ ...search, view: batchViews.find((v) => v === value) })}
    />
  )
}

function Views({ batches, of, search, onSearch }: ViewsProps) {
  const me = useMe()
  const mover = useMove()
  const shared = {
    batches,
    of,
    mover: (batch: Batch) => (leadsBatch(me, batch.projectId) ? mover : undefined),
  }
  return (
    <>
      {search.view === 'table' ? (
        <BatchTable {...shared} />
      ) : search.view === 'calendar' ? (
        <Calendar
          {...shared}
          month={search.month}
          onMonth={(month) => onSearch({ ...search, month })}
        />
      ) : (
        <Board {...shared} />
      )}
      {mover.delivering && (
        <DeliverDialog batch={mover.delivering} onClose={mover.stopDelivering} />
      )}
    </>
  )
}

/** Batches by pages: those of a project are some dozens, rarely some hundreds. */
function useBatches(projectId: string) {
  return useInfiniteQuery({
    queryKey: ['batch.list', { params: { projectId }, query: { limit: 200 } }, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.call('batch.list', {
        params: { projectId },
        query: { limit: 200, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
}

/** The batches of a project: board, table, calendar. */
export function BatchesScreen() {
  const t = useT()
  const me = useMe()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/batches' })
  const search = useSearch({ from: '/signed/framed/projects/$projectId/batches' })
  const navigate = useNavigate()
  const answer = useBatches(projectId)
  const [making, setMaking] = useState<'new'>()
  const batches = useMemo(() => answer.data?.pages.flatMap((p) => p.rows) ?? [], [answer.data])
  const mayMake = makesBatches(me, projectId)
  const onSearch = (next: BatchesSearch) =>
    void navigate({
      to: '/projects/$projectId/batches',
      params: { projectId },
      search: next,
      replace: true,
    })
  useCommands([
    {
      id: 'batches.new',
      title: 'batches.new',
      keys: ['KeyN'],
      run: () => setMaking('new'),
      when: () => mayMake,
    },
  ])
  const made = batches.some((b) => b.kind === 'made')
  return (
    <Page
      title={t('batches.title')}
      sub={t('batches.sub')}
      actions={
        <>
          <ViewSwitch search={search} onSearch={onSearch} />
          {mayMake && <Button onClick={() => setMaking('new')}>{t('batches.new')}</Button>}
        </>
      }
    >
      {answer.isError && <Failed error={answer.error} onRetry={() => void answer.refetch()} />}
      {answer.isPending ? (
        <Waiting lines={8} />
      ) : (
        <>
          {!made && !answer.isError && (
            <Empty title={t('batches.noneMade')} text={t('batches.noneMadeText')} />
          )}
          <Views batches={batches} of="one" search={search} onSearch={onSearch} />
          {answer.hasNextPage && (
            <div className="line-row">
              <Button
                variant="default"
                loading={answer.isFetchingNextPage}
                onClick={() => void answer.fetchNextPage()}
              >
                {t('batches.older')}
              </Button>
            </div>
          )}
        </>
      )}
      {making && <BatchForm projectId={projectId} onClose={() => setMaking(undefined)} />}
    </Page>
  )
}

/** The batches of all projects one leads or manages. */
export function MyBatchesScreen() {
  const t = useT()
  const search = useSearch({ from: '/signed/framed/batches' })
  const navigate = useNavigate()
  const answer = useApi('batch.mine', {})
  const onSearch = (next: BatchesSearch) =>
    void navigate({ to: '/batches', search: next, replace: true })
  return (
    <Page
      title={t('batches.titleAll')}
      sub={t('batches.subAll')}
      actions={<ViewSwitch search={search} onSearch={onSearch} />}
    >
      <Answer of={answer} lines={8}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={t('batches.noneAll')} text={t('batches.noneAllText')} />
          ) : (
            <Views batches={rows} of="several" search={search} onSearch={onSearch} />
          )
        }
      </Answer>
    </Page>
  )
}
