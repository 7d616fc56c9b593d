import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { copyText, Empty, Failed, Page, toast, Waiting } from '../../parts/index.ts'
import { client, hasRole, useApi, useMe } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import type { ItemsSearch } from '../../platform/router/index.ts'
import { AssignTo } from './AssignTo.tsx'
import { Filters } from './Filters.tsx'
import { ItemsTable } from './ItemsTable.tsx'
import type { ItemRow } from './item-row.ts'
import { MoveToBatch } from './MoveToBatch.tsx'
import { rowsAsText } from './rows-as-text.ts'
import { SavedViews } from './SavedViews.tsx'

const pageSize = 100

/** Pages by key, each fetched when one scrolls near it. */
function useItems(projectId: string, search: ItemsSearch) {
  const query = {
    limit: pageSize,
    sort: search.sort ?? ('ordinal' as const),
    direction: search.direction ?? ('asc' as const),
    ...(search.filter ? { filter: JSON.stringify(search.filter) } : {}),
  }
  return useInfiniteQuery({
    queryKey: ['item.list', { params: { projectId }, query }, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      client.call('item.list', {
        params: { projectId },
        query: { ...query, ...(pageParam === undefined ? {} : { after: pageParam }) },
        signal,
      }),
    getNextPageParam: (page) => page.next,
  })
}

/** The project's items: filtered, sorted, as long as they go. */
export function ItemsScreen() {
  const { t, format } = useI18n()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/items' })
  const search = useSearch({ from: '/signed/framed/projects/$projectId/items' })
  const navigate = useNavigate()
  const me = useMe()
  const project = useApi('project.get', { params: { projectId } })
  const items = useItems(projectId, search)
  const rows = useMemo(() => items.data?.pages.flatMap((page) => page.rows) ?? [], [items.data])
  const [pickedIds, setPicked] = useState<ReadonlySet<string>>(new Set())
  const picked = rows.filter((row) => pickedIds.has(row.itemId))
  const [moving, setMoving] = useState<'yes'>()
  const [assigning, setAssigning] = useState<'yes'>()
  const mayMove = hasRole(me, projectId, ['lead', 'manager', 'engineer'])
  const pick = (row: ItemRow) =>
    setPicked((before) => {
      const next = new Set(before)
      if (!next.delete(row.itemId)) next.add(row.itemId)
      return next
    })
  const show = (next: ItemsSearch) =>
    void navigate({
      to: '/projects/$projectId/items',
      params: { projectId },
      search: next,
      replace: true,
    })
  const copy = async (chosen: readonly ItemRow[]) => {
    if ((await copyText(rowsAsText(chosen, t))) === 'copied')
      toast({ text: t('items.copied', { count: chosen.length }) })
  }
  const filtered = search.filter !== undefined
  const total =
    project.data?.counts && !filtered ? format.number(project.data.counts.items) : undefined
  const loaded = `${format.number(rows.length)}${items.hasNextPage ? '+' : ''}`
  return (
    <div className="fill-screen">
      <Page
        title={t('items.title')}
        sub={
          total === undefined ? t('items.shown', { loaded }) : t('items.shownOf', { loaded, total })
        }
        actions={
          <>
            {picked.length > 0 && (
              <span className="sub">{t('items.pickedCount', { count: picked.length })}</span>
            )}
            {mayMove && (
              <Button
                variant="default"
                disabled={rows.length === 0}
                onClick={() => setMoving('yes')}
              >
                {t('items.moveToBatch')}
              </Button>
            )}
            {hasRole(me, projectId, ['lead', 'manager']) && (
              <Button
                variant="default"
                disabled={rows.length === 0}
                onClick={() => setAssigning('yes')}
              >
                {t('items.assign')}
              </Button>
            )}
            <SavedViews projectId={projectId} search={search} onShow={show} />
            <Button
              variant="default"
              disabled={rows.length === 0}
              onClick={() => void copy(picked.length > 0 ? picked : rows)}
            >
              {t('items.copyAll')}
            </Button>
          </>
        }
      >
        <Filters projectId={projectId} search={search} onChange={show} />
        {items.isError && <Failed error={items.error} onRetry={() => void items.refetch()} />}
        {items.isPending ? (
          <Waiting lines={10} />
        ) : rows.length === 0 ? (
          !items.isError && (
            <Empty
              title={t(filtered ? 'items.noneMatch' : 'items.none')}
              text={t(filtered ? 'items.noneMatchText' : 'items.noneText')}
              action={
                !filtered &&
                hasRole(me, projectId, ['lead', 'engineer', 'manager']) && (
                  <Button
                    onClick={() =>
                      void navigate({ to: '/projects/$projectId/import', params: { projectId } })
                    }
                  >
                    {t('items.import')}
                  </Button>
                )
              }
            />
          )
        ) : (
          <ItemsTable
            key={JSON.stringify(search)}
            projectId={projectId}
            rows={rows}
            search={search}
            onSort={show}
            picked={pickedIds}
            onPick={pick}
            onCopy={(chosen) => void copy(chosen)}
            onNearEnd={() => {
              if (items.hasNextPage && !items.isFetchingNextPage) void items.fetchNextPage()
            }}
          />
        )}
        {assigning && (
          <AssignTo
            projectId={projectId}
            picked={picked}
            filter={search.filter}
            onClose={() => setAssigning(undefined)}
            onAssigned={() => setPicked(new Set())}
          />
        )}
        {moving && (
          <MoveToBatch
            projectId={projectId}
            picked={picked}
            filter={search.filter}
            onClose={() => setMoving(undefined)}
            onMoved={() => setPicked(new Set())}
          />
        )}
      </Page>
    </div>
  )
}
