import { Button, Select } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { HeadTools } from '../../frame/index.ts'
import { Empty, Failed, Page, toast, Waiting } from '../../parts/index.ts'
import { client, useApi } from '../../platform/api/index.ts'
import { useI18n } from '../../platform/i18n/index.ts'
import { GiveDialog, type LeftOut, TakeBackDialog } from './HandOver.tsx'
import { HeldTable } from './HeldTable.tsx'

const states = ['leased', 'assigned', 'deferred', 'returned'] as const
const stages = ['annotate', 'review', 'adjudicate', 'audit'] as const
type Filter = {
  readonly userId?: string | undefined
  readonly stage?: (typeof stages)[number] | undefined
  readonly state?: (typeof states)[number] | undefined
}

function useHeld(projectId: string, filter: Filter) {
  const { userId, stage, state } = filter
  const query = {
    limit: 100,
    ...(userId ? { userId } : {}),
    ...(stage ? { stage } : {}),
    ...(state ? { state } : {}),
  }
  return useInfiniteQuery({
    queryKey: ['assignment.list', { params: { projectId }, query }, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      client.call('assignment.list', {
        params: { projectId },
        query: { ...query, ...(pageParam ? { after: pageParam } : {}) },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
    refetchInterval: 30_000,
  })
}

function Filters(props: {
  readonly projectId: string
  readonly filter: Filter
  readonly onFilter: (filter: Filter) => void
}) {
  const { t } = useI18n()
  const { filter, onFilter } = props
  const members = useApi('member.list', { params: { projectId: props.projectId } })
  const people = (members.data?.rows ?? []).map((m) => ({ value: m.userId, label: m.name }))
  const one = <T extends string>(values: readonly T[], v: string | null) =>
    values.find((x) => x === v)
  return (
    <div className="line-row">
      <Select
        size="xs"
        clearable
        searchable
        aria-label={t('inHand.person')}
        placeholder={t('inHand.everybody')}
        data={people}
        value={filter.userId ?? null}
        onChange={(v) => onFilter({ ...filter, userId: v ?? undefined })}
      />
      <Select
        size="xs"
        clearable
        aria-label={t('inHand.stage')}
        placeholder={t('inHand.everyStage')}
        data={stages.map((s) => ({ value: s, label: t(`inHand.stage.${s}`) }))}
        value={filter.stage ?? null}
        onChange={(v) => onFilter({ ...filter, stage: one(stages, v) })}
      />
      <Select
        size="xs"
        clearable
        aria-label={t('inHand.state')}
        placeholder={t('inHand.everyState')}
        data={states.map((s) => ({ value: s, label: t(`inHand.state.${s}`) }))}
        value={filter.state ?? null}
        onChange={(v) => onFilter({ ...filter, state: one(states, v) })}
      />
    </div>
  )
}

/** What was done, and how much could not be and why. */
function useTold() {
  const { t, format } = useI18n()
  return (key: 'inHand.given' | 'inHand.taken', count: number, left: LeftOut) => {
    const why = [...new Set(left.map((l) => l.why))].map((w) => t(`parts.left.${w}`))
    const text = t(key, { count })
    toast(
      left.length === 0
        ? { text }
        : {
            text: `${text} ${t('inHand.leftOut', { count: left.length, why: format.list(why) })}`,
            tone: 'bad',
          },
    )
  }
}

/** Everything in somebody's hands in this project; give it to another, or take it back. */
export function InHandScreen() {
  const { t } = useI18n()
  const { projectId } = useParams({ from: '/signed/framed/projects/$projectId/in-hand' })
  const [filter, setFilter] = useState<Filter>({})
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [dialog, setDialog] = useState<'give' | 'take'>()
  const held = useHeld(projectId, filter)
  const told = useTold()
  const rows = held.data?.pages.flatMap((p) => p.rows) ?? []
  const here = rows.filter((r) => chosen.has(r.assignmentId)).map((r) => r.assignmentId)
  const close = () => setDialog(undefined)
  const over = (key: 'inHand.given' | 'inHand.taken') => (count: number, left: LeftOut) => {
    close()
    setChosen(new Set())
    told(key, count, left)
  }
  const acting = { projectId, assignmentIds: here, onClose: close }
  return (
    <Page
      title={t('inHand.title')}
      sub={t('inHand.sub')}
      actions={
        <>
          <Button variant="default" disabled={here.length === 0} onClick={() => setDialog('take')}>
            {t('inHand.take')}
          </Button>
          <Button disabled={here.length === 0} onClick={() => setDialog('give')}>
            {t('inHand.give')}
          </Button>
          <HeadTools />
        </>
      }
    >
      <Filters projectId={projectId} filter={filter} onFilter={setFilter} />
      {held.isError && <Failed error={held.error} onRetry={() => void held.refetch()} />}
      {held.isPending && <Waiting lines={10} />}
      {held.data && rows.length === 0 && (
        <Empty title={t('inHand.nothing')} text={t('inHand.nothingText')} />
      )}
      {rows.length > 0 && (
        <HeldTable projectId={projectId} rows={rows} chosen={chosen} onChoose={setChosen} />
      )}
      {held.hasNextPage && (
        <Button
          variant="default"
          loading={held.isFetchingNextPage}
          onClick={() => void held.fetchNextPage()}
        >
          {t('inHand.more')}
        </Button>
      )}
      {dialog === 'give' && <GiveDialog {...acting} onDone={over('inHand.given')} />}
      {dialog === 'take' && <TakeBackDialog {...acting} onDone={over('inHand.taken')} />}
    </Page>
  )
}
